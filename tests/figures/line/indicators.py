from datetime import date

from figures.line.records import VISIT
from figures.line.returns import FORM, SOURCE
from taizhang.county.vocabulary import BY_SEX, age_on_cutoff, lives_here, managing_organisation, resident
from taizhang.kernel.indicators import (
    RESIDENT_POPULATION,
    Attribution,
    Better,
    Cell,
    Indicator,
    Population,
    Reported,
    TimeBase,
    residents_where,
)
from taizhang.kernel.query.words import always, cutoff, parameter, period_start, records
from taizhang.kernel.reporting import reported, reported_rate
from taizhang.kernel.text import Text

visits = records(VISIT)
seen = visits.where(visits.visited_on.in_period).count() >= parameter("line.visits_wanted")

PEOPLE = residents_where("line_people", Text("居民", "People"), lives_here, organisation=managing_organisation, breakdowns=(BY_SEX,))
VISITS = Population(
    name="line_visits", label=Text("走访", "Visits"), attribution=Attribution.SERVED_BY,
    rows=visits.where(visits.visited_on.in_period).node, organisation=visits.organisation.node, breakdowns=(BY_SEX,),
)


def _indicator(code: str, numerator, denominator=None, *, population=PEOPLE, unit="%", base=TimeBase.FLOW, **more) -> Indicator:  # type: ignore[no-untyped-def]
    return Indicator(
        code=f"line.{code}", name=Text(f"指标{code}", f"Indicator {code}"), unit=unit, counting_unit=more.pop("counting_unit", "人"),
        time_base=base, attribution=population.attribution, better=more.pop("better", Better.HIGHER), source=SOURCE,
        why=Text("测试", "For the test"), population=population, numerator=numerator.node,
        denominator=denominator.node if hasattr(denominator, "node") else denominator,
        places=more.pop("places", 2 if unit in "%‰" else 0), **more,
    )


born_this_period = resident.birth_date.in_period & (resident.birth_date >= period_start)
month_old = born_this_period & (resident.birth_date.plus(28, "day") <= cutoff)

DECLARED = (
    _indicator("people", always, unit="人", base=TimeBase.STOCK),
    _indicator("seen", seen, always),
    _indicator("old_seen", seen & (age_on_cutoff >= 65), age_on_cutoff >= 65),
    _indicator("unseen", ~seen, always, better=Better.LOWER),
    _indicator("per_thousand", seen, RESIDENT_POPULATION, unit="‰"),
    _indicator("matured", month_old & seen, month_old, base=TimeBase.MATURED),
    _indicator("annual", seen, always, base=TimeBase.ANNUAL),
    _indicator("ruled", visits.count() >= parameter("line.repealed"), always),
    _indicator("visits", always, population=VISITS, unit="人次", counting_unit="人次"),
    _indicator("cost", visits.cost, population=VISITS, unit="元", counting_unit="元", places=2),
    _indicator("changed", seen & (age_on_cutoff >= 65), always, valid_to=date(2025, 12, 31)),
    _indicator("changed", seen & (age_on_cutoff >= 60), always, valid_from=date(2026, 1, 1)),
    _indicator(
        "both", seen, always, reported=Reported(numerator=Cell("line_area", "seen"), denominator=Cell("line_area", "all"))
    ),
    reported(FORM, "held", why=("测试", "Test"), prefix="line", by_row=True, better=Better.HIGHER),
    reported(FORM, "content", why=("测试", "Test"), prefix="line"),
    reported(FORM, "people", why=("测试", "Test"), prefix="line", code="to_visit"),
    reported_rate(FORM, "spent", "planned", code="spending", name=("支出进度", "Spending"), why=("测试", "Test"), prefix="line"),
    reported_rate(
        FORM, "held", RESIDENT_POPULATION, code="held_rate", name=("走访率", "Visit rate"), why=("测试", "Test"), prefix="line", unit="‰"
    ),
)
