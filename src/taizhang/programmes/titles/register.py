"""The register of titles and reviews."""

from taizhang.kernel.registers import Register
from taizhang.kernel.text import Text
from taizhang.programmes.registering import columns_of
from taizhang.programmes.titles.models import Application
from taizhang.programmes.titles.records import APPLICATION

TITLES = Register(
    code="titles",
    name=Text("创建评审", "Titles and reviews"),
    model=APPLICATION.model,
    table=APPLICATION.table,
    natural_key=("organisation", "title", "applied_on"),
    order=("-applied_on", "-id"),
    columns=columns_of(Application, in_list=("title", "level", "stage", "applied_on", "score", "named_on", "expires_on")),
)
