"""Rules over one application for a title. No Django, no clock."""

from taizhang.kernel.query.words import Expression, records
from taizhang.kernel.rules import EntryRule
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.titles.elements import NAMED, REVIEWED
from taizhang.programmes.titles.records import APPLICATION

REGISTER = Source("台账登记口径说明", "《创建评审》", verified=True)

_title = records(APPLICATION)


def _rule(name: str, holds: Expression, zh: str, en: str, *fields: str) -> EntryRule:
    return EntryRule(
        name=f"title_application.{name}", table=APPLICATION.table, holds=holds.node, refusal=Text(zh, en), fields=fields, source=REGISTER
    )


ENTRY_RULES = (
    _rule(
        "named_after_applied",
        _title.named_on.is_missing | (_title.named_on >= _title.applied_on),
        "命名日期{named_on}早于申报日期{applied_on}。请核对。",
        "Named on {named_on}, before it was applied for on {applied_on}. Check both days.",
        "named_on",
    ),
    _rule(
        "expires_after_named",
        _title.expires_on.is_missing | (_title.named_on.is_present & (_title.expires_on > _title.named_on)),
        "有效期{expires_on}须晚于命名日期（{named_on}）。请补填命名日期，或核对有效期。",
        "It expires on {expires_on}, which must come after it was named ({named_on}). Check both days.",
        "expires_on",
    ),
    _rule(
        "stage_agrees_with_naming",
        (_title.named_on.is_present & _title.stage.is_in(NAMED, REVIEWED))
        | (_title.named_on.is_missing & ~_title.stage.is_in(NAMED, REVIEWED)),
        "阶段与命名日期（{named_on}）不一致：命名、复审须有命名日期，其他阶段不应有。请核对。",
        "Stage and day of naming ({named_on}) disagree: named or reviewed needs the day, other stages have none. Check both.",
        "stage",
    ),
    _rule(
        "ended_after_applied",
        _title.ended_on.is_missing | (_title.ended_on >= _title.applied_on),
        "终止日期{ended_on}早于申报日期{applied_on}。请核对。",
        "Ended on {ended_on}, before it was applied for on {applied_on}. Check both days.",
        "ended_on",
    ),
)
