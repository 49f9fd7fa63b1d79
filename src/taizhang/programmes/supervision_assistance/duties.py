"""What supervision assistance owes: a place its next patrol, and what was found its report."""

from collections.abc import Mapping
from typing import Any

from taizhang.kernel.duties import UnitDuty, Urgency
from taizhang.kernel.periods import day_zh
from taizhang.kernel.text import Text
from taizhang.programmes.supervision_assistance import elements as e


def _patrol(row: Mapping[str, Any]) -> Text:
    domain = dict(e.PATROL_DOMAIN.codes)[row["domain"]]
    return Text(
        f"{row['place']}（{domain.zh}）上次巡查{day_zh(row['patrolled_on'])}，每季度一次，应于{day_zh(row['next_due_on'])}前巡查",
        f"{row['place']} ({domain.en}), last seen on {row['patrolled_on']}, once a quarter: by {row['next_due_on']}",
    )


def _next_patrol(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The place as it was last written down; what is seen there is seen anew."""
    return {name: row[name] for name in ("organisation_id", "domain", "place", "address")}


def _report(row: Mapping[str, Any]) -> Text:
    kind = dict(e.CLUE_KIND.codes)[row["kind"]]
    return Text(f"{day_zh(row['found_on'])}发现{kind.zh}线索，尚未报告", f"{kind.en}, found on {row['found_on']}, not yet reported")


NEXT_PATROL = UnitDuty(
    code="supervision_assistance.patrol", name=Text("卫生监督协管巡查", "Patrol"), register="assistance_patrols",
    where={}, done="answered_on", due_on="next_due_on", ahead=30, reason=_patrol, urgency=Urgency.ROUTINE,
    following=_next_patrol,
)  # fmt: skip
REPORT_OF_CLUE = UnitDuty(
    code="supervision_assistance.report", name=Text("报告卫生监督协管信息", "Reporting what was found"), register="assistance_clues",
    where={}, done="reported_on", due_on="", reason=_report,
)  # fmt: skip
