"""Checks on deeds."""

from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import cutoff, days_between, parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.deeds.elements import DOCUMENT
from taizhang.programmes.deeds.indicators import ALL_DEEDS
from taizhang.programmes.deeds.records import DEED

_deed = records(DEED)

REGISTERED_LATE = Check(
    code="deeds.registered_late",
    name=Text("超过时限登记", "Registered too late"),
    severity=Severity.WARNING,
    population=ALL_DEEDS,
    condition=(_deed.registered_in > parameter("deeds.days_to_register")).node,
    explanation=Text("办完后超过规定工作日才登记，内容可能是回忆补写。", "Registered after the days allowed; it may be from memory."),
    remedy=Text("对照签到表、文件等附件核实，并注明补录。", "Compare it with the sign-in sheet or document, and mark it as recorded late."),
)
NOT_CHECKED = Check(
    code="deeds.not_checked",
    name=Text("登记后一直未审核", "Never checked"),
    severity=Severity.INFO,
    population=ALL_DEEDS,
    condition=(_deed.checked_on.is_missing & (days_between(_deed.registered_on, cutoff) > parameter("deeds.days_to_check"))).node,
    explanation=Text("未审核的工作不进入数字和总结。", "What nobody has checked stands in no figure and no summary."),
    remedy=Text("请主办科室审核，不实的删除。", "Have the host's office check it, or delete it."),
)
DOCUMENT_WITHOUT_NUMBER = Check(
    code="deeds.document_without_number",
    name=Text("文件没有文号", "A document without its number"),
    severity=Severity.INFO,
    population=ALL_DEEDS,
    condition=((_deed.kind == DOCUMENT) & _deed.document_number.is_missing).node,
    explanation=Text("可能还没有印发，或登记时漏填。", "It may not have been issued yet, or the number was left out."),
    remedy=Text("补填文号；未印发的删除，印发后再登记。", "Fill the number in; if it was not issued, delete it until it is."),
)
