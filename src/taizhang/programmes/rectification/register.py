"""The register of problems."""

from taizhang.kernel.registers import Register
from taizhang.kernel.text import Text
from taizhang.programmes.rectification.models import Problem
from taizhang.programmes.rectification.records import PROBLEM
from taizhang.programmes.registering import columns_of

PROBLEMS = Register(
    code="problems",
    name=Text("问题整改台账", "Problems"),
    model=PROBLEM.model,
    table=PROBLEM.table,
    natural_key=("organisation", "found_on", "source", "clause", "description"),
    order=("-found_on", "-id"),
    columns=columns_of(Problem, in_list=("line", "source", "clause", "grade", "found_on", "owner", "due_on", "mended_on", "closed_on")),
)
