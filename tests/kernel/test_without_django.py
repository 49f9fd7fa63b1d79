"""The kernel is a language of its own: it must work where Django is not installed."""

import subprocess
import sys

PROGRAM = """
import importlib, pkgutil, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("django", "pandas", "numpy", "pyarrow"):
            raise ImportError(name + " is not there")

sys.meta_path.insert(0, Blocker())
import taizhang.kernel
found = [m.name for m in pkgutil.walk_packages(taizhang.kernel.__path__, "taizhang.kernel.")]
for name in found:
    importlib.import_module(name)
outside = [n for n in sys.modules if n.startswith("taizhang.") and not n.startswith("taizhang.kernel")]
print(len(found), outside)
"""


def test_the_kernel_imports_without_django_and_without_the_rooms_above_it():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    number, outside = done.stdout.split(maxsplit=1)
    assert int(number) > 20
    assert outside.strip() == "[]"
