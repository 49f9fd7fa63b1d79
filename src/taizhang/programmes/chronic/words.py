"""Expressions that the definitions of the chronic diseases share."""

from taizhang.county.vocabulary import lives_here, resident
from taizhang.kernel.query.words import (
    Expression,
    PersonRow,
    RowSet,
    choose,
    cutoff,
    larger_of,
    months_between,
    parameter,
    records,
    smaller_of,
    year_start,
)
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import ManagedDisease
from taizhang.programmes.chronic.screening import NOT_MEASURED
from taizhang.programmes.chronic.visits import NOT_ASSESSED
from taizhang.programmes.elements import FACE_TO_FACE, REACHED


def case_on_cutoff(disease: ManagedDisease) -> PersonRow:
    """The case that is open on the cut-off; the day of closing is the first day without management."""
    cases = records(disease.case)
    return cases.where((cases.enrolled_on <= cutoff) & (cases.closed_on.is_missing | (cases.closed_on > cutoff))).last_by("enrolled_on")


def under_management(disease: ManagedDisease) -> Expression:
    """Lives here and has an open case on the cut-off."""
    return lives_here & case_on_cutoff(disease).exists.named(
        "截止日在管", "under management at the cut-off",
        unmet=Text("截止日没有在管专档：尚未纳入管理，或已终止管理", "no open case at the cut-off: not enrolled yet, or closed"),
    )  # fmt: skip


def not_under_management(disease: ManagedDisease) -> Expression:
    """Has no open case on the cut-off: whoever has one is visited, not screened."""
    return (~case_on_cutoff(disease).exists).named(
        "截止日不在管", "not under management at the cut-off",
        unmet=Text("已建专档在管，按期随访，不再列入筛查", "has an open case: visited on schedule, no longer screened"),
    )  # fmt: skip


def face_to_face_this_year(disease: ManagedDisease) -> RowSet:
    """Visits of the cut-off's year, up to the cut-off, at which doctor and patient met."""
    visits = records(disease.follow_up)
    return visits.where(visits.visited_on.in_year & visits.way.is_in(*FACE_TO_FACE) & (visits.outcome == REACHED))


def last_visit_this_year(disease: ManagedDisease) -> PersonRow:
    """The last visit of the cut-off's year, up to the cut-off, whatever came of it."""
    visits = records(disease.follow_up)
    return visits.where(visits.visited_on.in_year).last_by("visited_on")


def last_screening(disease: ManagedDisease) -> PersonRow:
    """The last screening up to the cut-off at which something was judged."""
    rows = records(disease.screening)
    return rows.where((rows.screened_on <= cutoff) & (rows.result != NOT_MEASURED)).last_by("screened_on")


def visits_due_by(day: Expression, disease: ManagedDisease) -> Expression:
    """How many visits of the year are due by the end of `day`: one for each full span of months under management in the year, never more
    than the year's number. The span runs to the end of the day, so that all are due on 31 December."""
    months = months_between(larger_of(year_start, case_on_cutoff(disease).enrolled_on), day.plus(1, "day"))
    return smaller_of(disease.parameter("visits_per_year"), months // disease.parameter("months_per_visit"))


def next_visit_due(disease: ManagedDisease) -> Expression:
    """When the next visit is due, as known on the cut-off: as the last judged visit under this case says, else counted from enrolment."""
    case, visits = case_on_cutoff(disease), records(disease.follow_up)
    last = visits.where((visits.visited_on <= cutoff) & visits.next_due_on.is_present).last_by("visited_on")
    return choose(
        (last.visited_on >= case.enrolled_on, last.next_due_on),
        otherwise=case.enrolled_on.plus(disease.parameter("routine_months"), "month"),
    )


def early_deadline(disease: ManagedDisease) -> Expression:
    """The last day on which the visit that follows this one still counts as made within two weeks."""
    return records(disease.follow_up).next_due_on.plus(disease.parameter("on_time_grace_days"), "day")


def body_mass_index(row: RowSet) -> Expression:
    """体质指数 in tenths of kg/m², halves up, of a row with weight in tenths of kg and height in tenths of cm."""
    square = row.height * row.height
    return (row.weight * 2_000_000 + square) // (square * 2)


def too_heavy(row: RowSet) -> Expression:
    """超重、肥胖或腹型肥胖, of a row with weight, height and waist. Where the sex is not known the higher limit of the waist holds."""
    waist_limit = choose((resident.sex == "2", parameter("health_records.waist_women")), otherwise=parameter("health_records.waist_men"))
    return (body_mass_index(row) >= parameter("health_records.bmi_overweight")) | (row.waist >= waist_limit)


def judged(visits: RowSet) -> Expression:
    """The visit was one a class could be given for."""
    return visits.visit_class != NOT_ASSESSED
