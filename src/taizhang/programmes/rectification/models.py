"""Stored problems 问题整改."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field
from taizhang.county.recording import UnitRecord
from taizhang.kernel.registry import registry
from taizhang.programmes.lines import LINE
from taizhang.programmes.rectification import elements as e
from taizhang.programmes.rectification import rules
from taizhang.programmes.rectification.records import PROBLEM


class Problem(UnitRecord):
    """One problem, from its finding to 销号. `organisation` is the unit that has it. The last two fields are derived."""

    CONTRACT = PROBLEM
    DAY = "found_on"

    line = element_field(LINE, required=True, max_length=40, choices=None)
    source = element_field(e.SOURCE, required=True)
    clause = element_field(e.CLAUSE, required=True)
    description = element_field(e.DESCRIPTION, required=True)
    grade = element_field(e.GRADE, required=True, default="1")
    found_on = element_field(e.FOUND_ON, required=True)
    assigned_on = element_field(e.ASSIGNED_ON)
    owner = element_field(e.OWNER)
    due_on = element_field(e.DUE_ON, required=True)
    started_on = element_field(e.STARTED_ON)
    measures = element_field(e.MEASURES)
    mended_on = element_field(e.MENDED_ON)
    evidence = element_field(e.EVIDENCE)
    verified_on = element_field(e.VERIFIED_ON)
    verified_by = element_field(e.VERIFIED_BY)
    closed_on = element_field(e.CLOSED_ON)
    returned_on = element_field(e.RETURNED_ON)
    returned_times = element_field(e.RETURNED_TIMES, required=True, default=0)

    repeated = models.BooleanField("重复发生", editable=False, default=False)
    state = models.CharField("状态", max_length=1, editable=False, default=rules.FOUND)

    class Meta:
        verbose_name = "问题整改"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "found_on", "source", "clause", "description"], name="rectification_one_problem_a_day"
            )
        ]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        earlier: dict[str, list[date]] = {}
        months = registry.parameters["rectification.repeat_months"]
        for problem in history:
            before = earlier.setdefault(problem.clause, [])
            problem.repeated = rules.is_repeated(problem.found_on, before, months.at(problem.found_on))
            before.append(problem.found_on)
            problem.state = rules.state_of(
                rules.Dates(
                    problem.assigned_on, problem.started_on, problem.mended_on, problem.verified_on, problem.closed_on, problem.returned_on
                )
            )
