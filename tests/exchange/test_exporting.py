"""A register exported and brought back changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from taizhang.county.models import AuditEntry
from taizhang.exchange.exporting import export_register
from taizhang.exchange.reading import open_file
from taizhang.kernel.elements import Element, ElementType
from taizhang.kernel.registers import Register
from taizhang.kernel.registry import registry

from .conftest import numbers, reasons

pytestmark = pytest.mark.django_db


# What rules over several columns ask for: a visit in person measures, a birth has a child, a contract runs for a year.
MEASURED = {
    "hypertension_follow_ups": {"收缩压": "150", "舒张压": "92"},
    "hypertension_screenings": {"收缩压": "150", "舒张压": "92"},
    "diabetes_follow_ups": {"空腹血糖": "6.5"},
    "copd_follow_ups": {"与上次相比症状": "1", "上次随访以来急性加重次数": "0"},
    "contract_services": {"本次履约项目": "1"},
    "family_contracts": {"协议终止日期": "2027-02-28"},
    "deliveries": {"活产数": "1"},
    "mental_illness_follow_ups": {
        "精神症状程度": "1", "自知力": "1", "个人生活料理": "1", "家务劳动": "1", "生产劳动及工作": "1", "学习能力": "1",
        "社会人际交往": "1",
    },
    "tuberculosis_follow_ups": {"督导人员选择": "1", "治疗阶段": "1"},
}  # fmt: skip


MOST_ASKED = 12


def sample(element: Element | None) -> str:
    """A value that any column of this kind takes."""
    if element is None:
        return "样"
    match element.type:
        case ElementType.NUMBER:
            assert element.high is not None
            return str(element.high)
        case ElementType.DATE:
            return "2026-03-01"
        case ElementType.YES_NO:
            return "是"
        case ElementType.CODE | ElementType.CODES:
            return element.codes[0][0]
    return "样"


def required_row(register: Register) -> dict[str, str]:
    fixed = {"resident": "99010110120100001", "organisation": "990101101201"}
    asked = (c for c in register.columns if c.required or c.field in register.natural_key)
    return {c.label.zh: fixed.get(c.field) or sample(c.element) for c in asked}


def test_visits_come_back_unchanged_with_every_kind_of_value(bring: Any, csv_file: Any, county: Any, tmp_path: Path) -> None:
    county.resident(record_number="99010110120100001")
    row = {
        "档案编号": "99010110120100001", "机构": "990101101201", "随访日期": "2026-03-01", "随访方式": "家庭", "随访结果": "已随访",
        "收缩压": "150", "舒张压": "92", "体重": "60.5", "症状": "2,3", "药物不良反应": "无", "随访医生签名": "王试样",
    }  # fmt: skip
    kind = "hypertension_follow_ups"
    first = bring(kind, csv_file([list(row), list(row.values())]))
    assert numbers(first) == (1, 1, 0, 0, 0), reasons(first)
    path = tmp_path / "导出.xlsx"
    staff = county.staff("doctor")
    assert export_register(registry.registers[kind], apps.get_model("hypertension.FollowUp").objects.all(), path, staff=staff) == 1
    again = bring(kind, path)
    assert numbers(again) == (1, 0, 1, 0, 0)
    assert [sheet.name for sheet in open_file(path)] == ["高血压患者随访", "填写说明"]
    entry = AuditEntry.objects.get(action="export")
    assert (entry.staff, entry.detail) == (staff, {"register": kind, "count": 1, "file": "导出.xlsx"})


@pytest.mark.parametrize("code", sorted(registry.registers))
def test_every_register_comes_back_unchanged(code: str, bring: Any, csv_file: Any, county: Any, tmp_path: Path) -> None:
    county.resident(record_number="99010110120100001")
    register = registry.registers[code]
    row = required_row(register)
    row |= MEASURED.get(code, {})
    first = bring(code, csv_file([list(row), list(row.values())]))
    for _ in range(MOST_ASKED):  # what a rule asks for beyond the required columns is filled in as it asks
        asked = reasons(first) if first.refused else []
        told = [pair for r in asked for pair in zip(r["退回的列"].split("\n"), r["退回的值"].split("\n"), strict=True)]
        missing = [column for column, value in told if value == "未填"]
        if not missing:
            break
        row |= {label: sample(next(c.element for c in register.columns if c.label.zh == label)) for label in missing}
        first = bring(code, csv_file([list(row), list(row.values())]))
    assert numbers(first)[:2] == (1, 1), reasons(first)
    path = tmp_path / "导出.xlsx"
    export_register(register, apps.get_model(register.model).objects.all(), path, staff=None)
    again = bring(code, path)
    assert numbers(again) == (1, 0, 1, 0, 0), reasons(again)
