"""What every page knows: the language, who reads it, and what kind of home it is."""

from typing import Any

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject

from taizhang.config import home
from taizhang.county.models import Role
from taizhang.kernel.text import Text
from taizhang.web.navigation import doors, help_page

ROLES = {
    Role.VILLAGE_DOCTOR: Text("村医", "village doctor"),
    Role.TOWNSHIP_OFFICE: Text("卫生院公卫科", "township public-health office"),
    Role.LINE_OFFICE: Text("县级业务机构", "county line office"),
    Role.BUREAU_OFFICE: Text("局办公室", "bureau office"),
    Role.LEADER: Text("局领导", "bureau leader"),
    Role.ADMINISTRATOR: Text("系统管理员", "administrator"),
}


def site(request: HttpRequest) -> dict[str, Any]:
    place = home.current()
    return {
        "language": getattr(request, "language", "zh"),
        "simulated": place.exists and place.kind == "simulated",
        "working_day": place.working_day(),
        "doors": doors(request),
        "help_page": help_page(request.path),
        # Once a page: forty forms of a list would each have a token of their own, which is work, and does not compress.
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
    }
