"""Stored patrols and clues of supervision assistance 卫生监督协管, by township hospitals and village clinics."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from taizhang.county.fields import element_field, worded
from taizhang.county.recording import UnitRecord
from taizhang.kernel.registry import registry
from taizhang.programmes.supervision_assistance import elements as e
from taizhang.programmes.supervision_assistance import rules
from taizhang.programmes.supervision_assistance.records import CLUE, PATROL


class Patrol(UnitRecord):
    """卫生监督协管巡查登记: one place looked at. When the place is next due, and when it was next patrolled, is derived."""

    CONTRACT = PATROL
    DAY = "patrolled_on"

    patrolled_on = element_field(e.PATROLLED_ON, required=True)
    domain = element_field(e.PATROL_DOMAIN, required=True)
    place = element_field(e.PLACE_NAME, required=True)
    address = element_field(e.PLACE_ADDRESS)
    content = element_field(e.PATROL_CONTENT, required=True, max_length=500)
    chlorine = element_field(e.CHLORINE)
    problem_found = element_field(e.PROBLEM_FOUND, required=True, default=False)
    problem = element_field(e.PROBLEM, max_length=500)
    action = element_field(e.PATROL_ACTION)
    ceased = element_field(e.CEASED, required=True, default=False)
    patrolled_by = element_field(e.PATROLLED_BY)
    note = element_field(e.PATROL_NOTE)

    next_due_on = worded(models.DateField("下次应巡查日期", null=True, editable=False), e.NEXT_PATROL_ON)
    answered_on = models.DateField("下次巡查实际日期", null=True, editable=False)

    class Meta:
        verbose_name = "卫生监督协管巡查"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "patrolled_on", "domain", "place"], name="assistance_one_patrol_a_day")
        ]
        indexes: ClassVar = [models.Index(fields=["-patrolled_on", "-id"], name="assistance_patrols_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        months = registry.parameters["supervision_assistance.patrol_months"]
        following: dict[tuple[str, str], date] = {}
        for patrol in reversed(history):
            place = (patrol.domain, patrol.place.strip())
            patrol.next_due_on = rules.next_patrol(patrol.patrolled_on, patrol.ceased, months.at(patrol.patrolled_on)).on
            patrol.answered_on = following.get(place)
            following[place] = patrol.patrolled_on


class Clue(UnitRecord):
    """卫生监督协管信息报告登记: an event or a clue that was found, and its report."""

    CONTRACT = CLUE
    DAY = "found_on"

    found_on = element_field(e.FOUND_ON, required=True)
    kind = element_field(e.CLUE_KIND, required=True)
    place = element_field(e.CLUE_PLACE)
    content = element_field(e.CLUE_CONTENT, required=True, max_length=500)
    source = element_field(e.CLUE_SOURCE)
    reported_on = element_field(e.REPORTED_ON)
    reported_to = element_field(e.REPORTED_TO)
    reporter = element_field(e.REPORTER)
    result = element_field(e.CLUE_RESULT)

    reported_in = worded(models.IntegerField("报告用时（日）", null=True, editable=False), e.REPORTED_IN)

    class Meta:
        verbose_name = "卫生监督协管信息"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "found_on", "kind", "content"], name="assistance_one_clue_a_day")
        ]
        indexes: ClassVar = [models.Index(fields=["-found_on", "-id"], name="assistance_clues_by_day")]

    @classmethod
    def derive(cls, history: list[Self]) -> None:
        for clue in history:
            clue.reported_in = rules.reported_in(clue.found_on, clue.reported_on)
