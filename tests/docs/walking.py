"""docs/walk.py, which stands outside the packages that tests import."""

import importlib.util
import sys
from pathlib import Path

_file = Path(__file__).parents[2] / "docs" / "walk.py"
_spec = importlib.util.spec_from_file_location("docs_walk", _file)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules["docs_walk"] = _module  # its dataclass looks itself up
_spec.loader.exec_module(_module)

walk, stops, TOUR, README_PAGES = _module.walk, _module.stops, _module.TOUR, _module.READMES
