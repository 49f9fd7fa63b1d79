"""Checks on family doctor contracts."""

from taizhang.county.vocabulary import resident
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import records
from taizhang.kernel.text import Text
from taizhang.programmes.family_doctor.indicators import RUNNING, SERVED, SIGNED
from taizhang.programmes.family_doctor.records import CONTRACT, SERVICE
from taizhang.programmes.family_doctor.rules import ITEMS_DONE, ITEMS_DUE

_contracts, _services = records(CONTRACT), records(SERVICE)

SIGNED_AFTER_DEATH = Check(
    code="family_doctor.signed_after_death",
    name=Text("死亡后签约", "A contract signed after the death"),
    severity=Severity.CRITICAL,
    population=SIGNED,
    condition=(_contracts.signed_on > resident.died_on).node,
    explanation=Text("签约可能是虚构的，或死亡日期登记有误。", "The contract may be made up, or the date of death may be wrong."),
    remedy=Text(
        "核对死亡日期；签约不实的删除并追查录入人。",
        "Check the date of death; delete a contract that was not signed and ask who entered it.",
    ),
)
SERVED_AFTER_DEATH = Check(
    code="family_doctor.served_after_death",
    name=Text("死亡后仍有履约服务", "A service under contract after the death"),
    severity=Severity.CRITICAL,
    population=SERVED,
    condition=(_services.visited_on > resident.died_on).node,
    explanation=Text("服务记录可能是虚构的，或死亡日期登记有误。", "The service may be made up, or the date of death may be wrong."),
    remedy=Text(
        "核对死亡日期；服务不实的删除并追查录入人。", "Check the date of death; delete a service that was not given and ask who entered it."
    ),
)
SIGNED_WITHOUT_SERVICE = Check(
    code="family_doctor.signed_without_service",
    name=Text("签而不约：到期一项也没有履约", "Signed, and nothing given"),
    severity=Severity.WARNING,
    population=RUNNING,
    condition=((ITEMS_DUE >= 1) & (ITEMS_DONE == 0)).node,
    explanation=Text(
        "协议已有到期项目，却一次服务也没有，可能只为完成签约率。",
        "Services are due and none was given; it may have been signed for the rate alone.",
    ),
    remedy=Text(
        "电话核实居民是否知道自己签了约；补做服务，不知情的解约。",
        "Ask the person whether they know of it; give what is due, or end the contract.",
    ),
)
