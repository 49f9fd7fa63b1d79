"""Let the environment named on the command line see the packages of the one that runs this, after its own."""

import subprocess
import sys
import sysconfig
from pathlib import Path

where = [str(Path(sys.argv[1]) / "bin" / "python"), "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"]
packages = Path(subprocess.run(where, capture_output=True, text=True, check=True).stdout.strip())
here = sysconfig.get_paths()["purelib"]
(packages / "beside.pth").write_text(f"import site; site.addsitedir({here!r})\n", encoding="utf-8")
