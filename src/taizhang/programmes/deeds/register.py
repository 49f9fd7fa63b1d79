"""The register of deeds."""

from taizhang.kernel.registers import Register
from taizhang.kernel.text import Text
from taizhang.programmes.deeds.models import Deed
from taizhang.programmes.deeds.records import DEED
from taizhang.programmes.registering import columns_of

DEEDS = Register(
    code="deeds",
    name=Text("工作纪实", "Deeds"),
    model=DEED.model,
    table=DEED.table,
    natural_key=("organisation", "held_on", "kind", "title"),
    order=("-held_on", "-id"),
    columns=columns_of(Deed, in_list=("line", "kind", "title", "held_on", "units", "persons", "result", "checked_on")),
)
