"""居民健康档案管理."""

from taizhang.kernel.registry import Programme
from taizhang.kernel.text import Text

PROGRAMME = Programme(code="health_records", name=Text("居民健康档案管理", "Resident health records"), order=210, row=2)
