"""Figures of community health services as reported."""

from taizhang.kernel.reporting import HIGHER, reported
from taizhang.programmes.community_health.returns import FORM

STATIONS = reported(
    FORM,
    "stations",
    better=HIGHER,
    why=("服务站布点决定城市居民就近获得服务的程度。", "Where stations stand decides who finds a service nearby."),
)
STAFF = reported(
    FORM,
    "staff",
    better=HIGHER,
    name=("社区卫生服务站工作人员", "Staff of community health stations"),
    why=("有站有人，服务才能开展。", "A station serves nobody without staff."),
)
