"""The checker works where Django is not installed: it is a library beside the kernel."""

import subprocess
import sys

PROGRAM = """
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("django", "pandas", "numpy", "pyarrow"):
            raise ImportError(name + " is not there")

sys.meta_path.insert(0, Blocker())
from taizhang.textcheck import check, files, marked, word
print(len(check.check("应检1000人，实检952人，检查率92.5%。").relations))
rooms = {n.split(".")[1] for n in sys.modules if n.startswith("taizhang.")}
print(sorted(rooms))
"""


def test_the_checker_imports_without_django_and_knows_the_kernel_only() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["1", "['kernel', 'textcheck']"]
