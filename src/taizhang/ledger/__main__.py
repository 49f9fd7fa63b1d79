"""`python -m taizhang.ledger`: the consumer until its standard input closes. `taizhang serve` starts it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")

from taizhang.ledger.process import main

main()
