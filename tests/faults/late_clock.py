"""The consumer on a machine whose clock has jumped: `python late_clock.py -400` runs it 400 days in the past."""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")

from django.utils import timezone

told = timezone.now
timezone.now = lambda: told() + timedelta(days=int(sys.argv[1]))  # before any model takes it as its default

from taizhang.ledger.process import main  # noqa: E402

main()
