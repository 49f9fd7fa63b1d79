"""Checks on titles."""

from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import cutoff, records
from taizhang.kernel.text import Text
from taizhang.programmes.titles.indicators import APPLICATIONS
from taizhang.programmes.titles.records import APPLICATION

_title = records(APPLICATION)

LAPSED = Check(
    code="titles.lapsed",
    name=Text("称号已过有效期", "A title past its term"),
    severity=Severity.WARNING,
    population=APPLICATIONS,
    condition=((_title.expires_on < cutoff) & _title.ended_on.is_missing).node,
    explanation=Text("有效期已过，既没有复审也没有终止。", "Its term is over, and it was neither reviewed nor ended."),
    remedy=Text("已通过复审的补登新有效期；未复审的登记终止。", "Enter the new term if it was reviewed; otherwise enter its end."),
)
NAMED_WITHOUT_CERTIFICATE_TERM = Check(
    code="titles.without_term",
    name=Text("命名后没有有效期", "Named without a term"),
    severity=Severity.INFO,
    population=APPLICATIONS,
    condition=(_title.named_on.is_present & _title.expires_on.is_missing).node,
    explanation=Text("多数称号有复审期限，可能漏填。", "Most titles have a term; it may have been left out."),
    remedy=Text("核对命名文件；确无期限的不必处理。", "Look at the letter of naming; nothing to do where it states no term."),
)
