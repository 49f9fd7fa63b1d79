"""Figures of immunisation: from the doses due of each child, from what was written down, and from returns where records are kept elsewhere.

A dose is due from its 应种日期 (schedule/plan.py). 应种剂次 of a period are the doses that fell due in it and those carried over, without
contraindicated and deferred ones and without children who have moved away; 实种剂次 those of them given in it. The matured form,
及时接种率, counts only doses whose time to be given in has run out in the period.
"""

from functools import partial

from taizhang.county.vocabulary import BY_SEX, age_in_year, age_on_cutoff, lives_here, managing_organisation, resident
from taizhang.kernel.indicators import (
    Attribution,
    Better,
    Breakdown,
    Cell,
    Indicator,
    Population,
    Reported,
    TimeBase,
    residents_where,
)
from taizhang.kernel.query.words import (
    Expression,
    always,
    any_of,
    choose,
    cutoff,
    days_between,
    parameter,
    period_end,
    period_start,
    records,
)
from taizhang.kernel.reporting import RATE_PLACES
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.immunisation import elements as e
from taizhang.programmes.immunisation import returns as r
from taizhang.programmes.immunisation.records import (
    ADVERSE_EVENT,
    CERTIFICATE,
    DOSE_DUE,
    SCHOOL_CHECK,
    STOCK,
    TEMPERATURE,
    VACCINATION,
)
from taizhang.programmes.immunisation.rules import MANAGEMENT, handled_by_the_rules, in_range
from taizhang.programmes.immunisation.schedule.tables import editions
from taizhang.programmes.immunisation.vaccines import PROGRAMME_VACCINES, ROWS, SERIES, dose_name

TARGETS = Source("国家基本公共卫生服务规范（第三版）", "预防接种服务规范 四、工作指标")
MATURED = Source("预防接种工作规范（2023年版）", "接种率监测：及时接种率")
COHORT = Source("预防接种工作规范（2023年版）", "接种率调查：12～23月龄儿童基础免疫")

# -- doses due ---------------------------------------------------------------------------------------------------------

_due = records(DOSE_DUE)

_SLOTS = sorted(
    {
        (s, n)
        for edition in editions()
        for doses in (edition.doses, *(d for _, d in edition.instead.values()))
        for s in doses
        for n in doses[s]
    }
)
BY_VACCINE = Breakdown(
    "vaccine",
    Text("疫苗", "Vaccine"),
    choose(*((_due.series.is_in(*series), row) for row, series in ROWS.items()), otherwise="").node,
    tuple((c.code, c.name) for c in r.DOSES.categories if c.code != r.DOSES.total),
)
BY_DOSE = Breakdown(
    "dose", Text("剂次", "Dose"), _due.slot.node, tuple((f"{s}_{n}", dose_name(s, n)) for s in SERIES for t, n in _SLOTS if s == t)
)
_COHORTS = (*((str(n), Text(f"{n}年前出生" if n else "本年出生", f"born {n} years ago" if n else "born this year")) for n in range(7)),)
BY_COHORT = Breakdown(
    "cohort",
    Text("出生队列", "Birth cohort"),
    choose(*((age_in_year <= n, str(n)) for n in range(7)), otherwise="7").node,
    (*_COHORTS, ("7", Text("7年及以前出生", "born 7 years ago or earlier"))),
)
# A child who lives here no more has no organisation to manage it and is counted nowhere.
_managed_by = choose((managing_organisation.is_present, managing_organisation), otherwise="")
_held_back = (
    _due.exempt.is_in("1", "2") & (_due.exempt_from <= cutoff) & (_due.exempt_until.is_missing | (_due.exempt_until >= cutoff))
).named("截止日属禁忌或延期", "prohibited or deferred at the cut-off")
_counted_here = lives_here & ~_held_back

DUE_DOSES = Population(
    name="doses_due",
    label=Text("时段内应种的免疫规划疫苗剂次", "Doses of the programme due in the period"),
    attribution=Attribution.MANAGED_BY,
    rows=_due.where(
        (_due.due_on <= cutoff) & (_due.counted_until >= period_start) & (_due.given_on.is_missing | (_due.given_on >= period_start))
    ).node,
    organisation=_managed_by.node,
    breakdowns=(BY_VACCINE, BY_DOSE, BY_COHORT),
)
_is_given = _due.given_on.in_period.named(
    "时段内已有效接种",
    "given in the period, and counting",
    unmet=Text(
        "该剂次到期未种（或接种无效），补种即可", "the dose is due and not given (or what was given does not count); giving it will mend it"
    ),
    source=TARGETS,
)
_owed = (_counted_here & ((_due.counted_until > cutoff) | _due.given_on.in_period)).named(
    "在本辖区居住、到期应种、无禁忌或延期",
    "lives here, due, and not held back",
    unmet=Text("不在本辖区居住、还没到接种时间，或有禁忌、延期", "lives elsewhere, not yet due, or held back"),
    source=TARGETS,
)

CLOSED_DOSES = Population(
    name="doses_matured",
    label=Text("时段内完成期限届满的剂次", "Doses whose time runs out in the period"),
    attribution=Attribution.MANAGED_BY,
    rows=_due.where((_due.in_time_until >= period_start) & (_due.in_time_until <= period_end)).node,
    organisation=_managed_by.node,
    breakdowns=(BY_VACCINE, BY_DOSE, BY_COHORT),
)
_closed = (_counted_here & (_due.in_time_until <= cutoff)).named(
    "期限已满、在本辖区居住、无禁忌或延期",
    "its time has run out, lives here, not held back",
    unmet=Text("期限还没满、不在本辖区居住，或有禁忌、延期", "its time is not over, lives elsewhere, or held back"),
    source=MATURED,
)
_in_time = (_due.given_on <= _due.in_time_until).named(
    "在完成期限内有效接种",
    "given in time",
    unmet=Text("超过完成期限未种，仍应补种", "not given in time; to be given still"),
    source=MATURED,
)


_indicator = partial(Indicator, attribution=Attribution.MANAGED_BY, better=Better.HIGHER, source=TARGETS)
_doses = partial(_indicator, counting_unit="剂次", population=DUE_DOSES)

DUE = _doses(
    code="immunisation.due",
    name=Text("免疫规划疫苗应种剂次", "Doses due"),
    unit="剂次",
    time_base=TimeBase.FLOW,
    better=Better.NEITHER,
    why=Text("应种剂次是接种率的分母，须含上期未种的。", "Doses due are what rates stand on; those carried over belong to them."),
    numerator=_owed.node,
    reported=Reported(numerator=Cell(r.DOSES.code, "due"), by_category=True),
)
GIVEN = _doses(
    code="immunisation.given",
    name=Text("免疫规划疫苗实种剂次", "Doses given"),
    unit="剂次",
    time_base=TimeBase.FLOW,
    why=Text("每一剂次都是一道免疫屏障。", "Every dose is part of the barrier."),
    numerator=(_owed & _is_given).node,
    reported=Reported(numerator=Cell(r.DOSES.code, "given"), by_category=True),
)
RATE = _doses(
    code="immunisation.rate",
    name=Text("免疫规划疫苗接种率", "Doses given, of those due"),
    unit="%",
    places=RATE_PLACES,
    time_base=TimeBase.DUE_TO_DATE,
    why=Text("接种率低的疫苗和地方就是免疫空白。", "Where the rate is low the barrier has a gap."),
    numerator=(_owed & _is_given).node,
    denominator=_owed.node,
    reported=Reported(numerator=Cell(r.DOSES.code, "given"), denominator=Cell(r.DOSES.code, "due"), by_category=True),
)


def _rate_of(row: str) -> Indicator:
    name = next(c.name for c in r.DOSES.categories if c.code == row)
    own = _owed & _due.series.is_in(*ROWS[row]).named(
        f"应种的是{name.zh}",
        f"a dose of {name.en}",
        unmet=Text(f"应种的是其他疫苗，不是{name.zh}", f"the dose due is of another vaccine, not {name.en}"),
        source=TARGETS,
    )
    return _doses(
        code=f"immunisation.rate_{row}",
        name=Text(f"{name.zh}接种率", f"{name.en}: doses given, of those due"),
        unit="%",
        places=RATE_PLACES,
        time_base=TimeBase.DUE_TO_DATE,
        why=Text(f"{name.zh}接种率低于90%的乡镇要查漏补种。", f"Where {name.en} stays below 90 % the gaps are to be found and filled."),
        numerator=(own & _is_given).node,
        denominator=own.node,
        reported=Reported(numerator=Cell(r.DOSES.code, "given", row), denominator=Cell(r.DOSES.code, "due", row)),
    )


RATES = tuple(_rate_of(row) for row in ROWS)

_matured = partial(
    _indicator, unit="%", places=RATE_PLACES, counting_unit="剂次", time_base=TimeBase.MATURED, population=CLOSED_DOSES, source=MATURED
)
TIMELY = _matured(
    code="immunisation.timely_rate",
    name=Text("免疫规划疫苗及时接种率", "Doses given in time"),
    why=Text(
        "按免疫程序的完成期限看是否及时；期限未满的尚不计入。",
        "Whether doses were given before the age the schedule names; those whose time still runs are not counted yet.",
    ),
    numerator=(_closed & _in_time).node,
    denominator=_closed.node,
)
_is_birth_dose = (_due.slot == "hepb_1").named(
    "乙肝疫苗第1剂",
    "first dose of hepatitis B",
    unmet=Text("不是乙肝疫苗第1剂", "another dose, not the first of hepatitis B"),
    source=MATURED,
)
BIRTH_DOSE = _matured(
    code="immunisation.birth_dose_rate",
    name=Text("乙肝疫苗首针及时接种率", "Hepatitis B birth dose in time"),
    why=Text(
        "首针在出生后24小时内接种才能阻断母婴传播；登记只到日，出生当日和次日接种的计为及时。",
        "Only a dose within 24 hours of birth stops transmission from the mother; by days, the birthday and the next count.",
    ),
    numerator=(_closed & _is_birth_dose & _in_time).node,
    denominator=(_closed & _is_birth_dose).node,
)

# -- children ----------------------------------------------------------------------------------------------------------

# 基础免疫: what the schedule gives in the first year.
BASIC = (
    "hepb_1", "hepb_2", "hepb_3", "bcg_1", "polio_1", "polio_2", "polio_3", "dtap_1", "dtap_2", "dtap_3",
    "mmr_1", "je_1", "mena_1", "mena_2",
)  # fmt: skip
_one_year_old = (resident.birth_date.plus(12, "month") <= cutoff) & (resident.birth_date.plus(24, "month") > cutoff)
ONE_YEAR_OLDS = residents_where(
    "one_year_olds",
    Text("截止日12～23月龄常住儿童", "Children of 12 to 23 months"),
    lives_here
    & _one_year_old.named(
        "12～23月龄", "of 12 to 23 months", unmet=Text("不满12个月，或已满2岁", "under 12 months, or 2 years old already"), source=COHORT
    ),
    organisation=managing_organisation,
    breakdowns=(BY_SEX,),
)
_basic = _due.where(_due.slot.is_in(*BASIC))
_lacking = _basic.where((_due.given_on.is_missing | (_due.given_on > cutoff)) & ~_held_back)
FULLY = _indicator(
    code="immunisation.basic_rate",
    name=Text("12～23月龄儿童基础免疫全程接种率", "Children of 12 to 23 months with all doses of the first year"),
    unit="%",
    places=RATE_PLACES,
    counting_unit="人",
    time_base=TimeBase.STOCK,
    source=COHORT,
    why=Text("每个孩子是否种齐，单苗接种率看不出来。", "Whether each child has them all; rates by vaccine do not show that."),
    population=ONE_YEAR_OLDS,
    numerator=(_basic.exist() & ~_lacking.exist())
    .named(
        "基础免疫各剂次均已有效接种（禁忌和延期除外）",
        "all doses of the first year given, but for those held back",
        unmet=Text("基础免疫还有剂次未种，补种即可", "doses of the first year are missing; giving them will mend it"),
        source=COHORT,
    )
    .node,
    denominator=always.node,
)

_certificate = records(CERTIFICATE).first_by("issued_on")
_is_issued = _certificate.issued_on.in_period.named(
    "时段内建证",
    "certificate issued in the period",
    unmet=Text("尚未建证，建证即可", "no certificate yet; issuing one will mend it"),
    source=TARGETS,
)
CHILDREN = residents_where(
    "children_vaccinated",
    Text("0～6岁常住儿童", "Children of 0 to 6"),
    lives_here & (age_on_cutoff < parameter("immunisation.under_age")).named("不满7周岁", "below seven", source=TARGETS),
    organisation=managing_organisation,
    breakdowns=(BY_SEX,),
)
_to_be_certified = any_of(
    _certificate.issued_on.in_period,
    (_certificate.issued_on.is_missing | (_certificate.issued_on > cutoff))
    & (resident.birth_date.plus(parameter("immunisation.certificate_months"), "month") <= cutoff),
).named(
    "时段内建证或已满1个月尚未建证",
    "issued in the period, or a month old without one",
    unmet=Text("还不满1个月，暂不要求建证", "not yet a month old: no certificate is asked for"),
    source=TARGETS,
)
CERTIFIED = _indicator(
    code="immunisation.certified",
    name=Text("新建预防接种证儿童", "Children given a vaccination certificate"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.FLOW,
    why=Text("出生后及时建证，接种才不脱漏。", "A certificate soon after birth keeps a child from being missed."),
    population=CHILDREN,
    numerator=_is_issued.node,
    reported=Reported(numerator=Cell(r.CERTIFICATES.code, "certified")),
)
CERTIFICATE_RATE = _indicator(
    code="immunisation.certificate_rate",
    name=Text("预防接种证建证率", "Children given a certificate, of those due"),
    unit="%",
    places=RATE_PLACES,
    counting_unit="人",
    time_base=TimeBase.DUE_TO_DATE,
    why=Text("建证率是免疫规划管理的起点。", "Certificates are where the programme begins."),
    population=CHILDREN,
    numerator=_is_issued.node,
    denominator=_to_be_certified.node,
    reported=Reported(numerator=Cell(r.CERTIFICATES.code, "certified"), denominator=Cell(r.CERTIFICATES.code, "children")),
)

# -- what was done -----------------------------------------------------------------------------------------------------


def _served(name: str, label: Text, rows: Expression, contract: object, breakdowns: tuple[Breakdown, ...] = ()) -> Population:
    own = records(contract)  # type: ignore[arg-type]
    return Population(
        name=name,
        label=label,
        attribution=Attribution.SERVED_BY,
        rows=own.where(rows).node,
        organisation=own.organisation.node,
        breakdowns=breakdowns,
    )


_vaccinations = records(VACCINATION)
VACCINATIONS = _served(
    "vaccinations", Text("时段内的预防接种", "Vaccinations of the period"), _vaccinations.given_on.in_period, VACCINATION,
    (Breakdown("product", Text("疫苗品种", "Vaccine"), _vaccinations.vaccine.node, e.VACCINE.codes),),
)  # fmt: skip
_work = partial(Indicator, attribution=Attribution.SERVED_BY)
SERVICES = _work(
    code="immunisation.vaccinations",
    name=Text("预防接种剂次", "Vaccinations given"),
    unit="剂次",
    counting_unit="剂次",
    time_base=TimeBase.FLOW,
    better=Better.NEITHER,
    source=TARGETS,
    why=Text("接种单位的工作量，含非免疫规划疫苗和补种。", "The work of the units, voluntary and catch-up doses included."),
    population=VACCINATIONS,
    numerator=always.node,
)
VOLUNTARY = _work(
    code="immunisation.voluntary",
    name=Text("非免疫规划疫苗接种", "Doses outside the programme"),
    unit="剂次",
    counting_unit="剂次",
    time_base=TimeBase.FLOW,
    better=Better.NEITHER,
    source=TARGETS,
    why=Text("反映群众自愿接种的需求。", "What people ask for of their own accord."),
    population=VACCINATIONS,
    numerator=(~_vaccinations.vaccine.is_in(*PROGRAMME_VACCINES))
    .named("非免疫规划疫苗", "a vaccine outside the programme", unmet=Text("接种的是免疫规划疫苗", "a vaccine of the programme"))
    .node,
    reported=Reported(numerator=Cell(r.CERTIFICATES.code, "voluntary")),
)

_events = records(ADVERSE_EVENT)
EVENTS = _served(
    "vaccination_adverse_events", Text("时段内发生的疑似预防接种异常反应", "Adverse events of the period"),
    _events.happened_on.in_period, ADVERSE_EVENT,
    (Breakdown("class", e.CLASSIFICATION.label, _events.classification.node, e.CLASSIFICATION.codes),),
)  # fmt: skip
_event = partial(_work, counting_unit="例", source=r.ADVERSE_SOURCE, population=EVENTS)
ADVERSE_EVENTS = _event(
    code="immunisation.adverse_events",
    name=Text("报告疑似预防接种异常反应", "Adverse events following immunisation reported"),
    unit="例",
    time_base=TimeBase.FLOW,
    better=Better.NEITHER,
    why=Text("主动报告才能及时发现疫苗和接种问题。", "Only what is reported shows trouble with vaccines in time."),
    numerator=always.node,
    reported=Reported(numerator=Cell(r.ADVERSE.code, "events")),
)
SEVERE_REACTIONS = _event(
    code="immunisation.severe_reactions",
    name=Text("严重异常反应", "Severe reactions to vaccination"),
    unit="例",
    time_base=TimeBase.FLOW,
    better=Better.LOWER,
    why=Text("严重反应须逐例调查、及时救治。", "Each is inquired into and treated at once."),
    numerator=_events.severe.named("严重", "severe", unmet=Text("不属于严重反应", "not severe")).node,
    reported=Reported(numerator=Cell(r.ADVERSE.code, "severe")),
)
ADVERSE_HANDLED_RATE = _event(
    code="immunisation.adverse_handled_rate",
    name=Text("异常反应规范处置率", "Adverse events handled by the rules"),
    unit="%",
    places=RATE_PLACES,
    time_base=TimeBase.FLOW,
    better=Better.HIGHER,
    why=Text("规范处置维护群众对疫苗的信任。", "Handling by the rules keeps people's trust in vaccines."),
    numerator=handled_by_the_rules(_events).node,
    denominator=always.node,
    reported=Reported(numerator=Cell(r.ADVERSE.code, "investigated"), denominator=Cell(r.ADVERSE.code, "events")),
)

_stock = records(STOCK)
MOVEMENTS = _served(
    "vaccine_movements", Text("时段内的疫苗出入库", "Stock movements of the period"), _stock.moved_on.in_period, STOCK,
    (Breakdown("product", Text("疫苗品种", "Vaccine"), _stock.vaccine.node, e.VACCINE.codes),),
)  # fmt: skip
WASTAGE = _work(
    code="immunisation.wastage_rate",
    name=Text("疫苗报废率", "Doses discarded, of those used or discarded"),
    unit="%",
    places=RATE_PLACES,
    counting_unit="剂",
    time_base=TimeBase.FLOW,
    better=Better.LOWER,
    source=MANAGEMENT,
    why=Text("报废多说明领苗计划或冷链有问题。", "Much waste tells of bad planning or a broken cold chain."),
    population=MOVEMENTS,
    numerator=choose((_stock.movement == e.WASTED, _stock.doses), otherwise=0).node,
    denominator=choose((_stock.movement.is_in(e.WASTED, e.USED), _stock.doses), otherwise=0).node,
)
_readings = records(TEMPERATURE)
READINGS = _served(
    "cold_chain_readings", Text("时段内的冷链测温", "Cold chain readings of the period"), _readings.read_on.in_period, TEMPERATURE
)
COLD_CHAIN = _work(
    code="immunisation.cold_chain_rate",
    name=Text("冷链温度合格率", "Cold chain readings within range"),
    unit="%",
    places=RATE_PLACES,
    counting_unit="次",
    time_base=TimeBase.FLOW,
    better=Better.HIGHER,
    source=MANAGEMENT,
    why=Text("温度超出2～8℃的疫苗可能失效。", "Vaccines kept out of 2 to 8 ℃ may have lost their power."),
    population=READINGS,
    numerator=in_range(_readings).node,
    denominator=always.node,
)

# -- schools -----------------------------------------------------------------------------------------------------------

_checks = records(SCHOOL_CHECK)
SCHOOLS = _served(
    "school_certificate_checks", Text("时段内开学的学校和托幼机构", "Schools whose term began in the period"),
    _checks.term_started_on.in_period,
    SCHOOL_CHECK, (Breakdown("kind", e.SCHOOL_KIND.label, _checks.kind.node, e.SCHOOL_KIND.codes),),
)  # fmt: skip
_school = partial(_work, time_base=TimeBase.FLOW, source=r.SCHOOL_SOURCE, population=SCHOOLS, better=Better.HIGHER)
_is_checked = (
    (_checks.children_checked >= _checks.children_new)
    & (days_between(_checks.term_started_on, _checks.checked_on) <= parameter("immunisation.catch_up_days"))
).named(
    "开学后30日内查验了全部新入儿童", "all new children checked within 30 days",
    unmet=Text("未查验全部新入儿童，或查验超过30日", "not all new children checked, or later than 30 days"), source=r.SCHOOL_SOURCE,
)  # fmt: skip


def _cells(numerator: str, denominator: str = "") -> Reported:
    form = r.SCHOOLS.code
    return Reported(numerator=Cell(form, numerator), denominator=Cell(form, denominator) if denominator else None)


SCHOOLS_CHECKED = _school(
    code="immunisation.schools_checked",
    name=Text("开展接种证查验的学校和托幼机构", "Schools and kindergartens that checked certificates"),
    unit="所",
    counting_unit="所",
    why=Text("入托入学是发现漏种儿童的关口。", "School entry is where children missed are found."),
    numerator=_is_checked.node,
    reported=_cells("schools_checked"),
)
CHILDREN_CHECKED = _school(
    code="immunisation.children_checked",
    name=Text("查验接种证儿童", "Children whose certificates were checked"),
    unit="人",
    counting_unit="人",
    why=Text("查验要覆盖所有新入和转入儿童。", "Every new child is to be checked."),
    numerator=_checks.children_checked.node,
    reported=_cells("children_checked"),
)
TO_CATCH_UP = _school(
    code="immunisation.to_catch_up",
    name=Text("查验发现需补种儿童", "Children found to need doses"),
    unit="人",
    counting_unit="人",
    better=Better.LOWER,
    why=Text("需补种人数反映平时接种的脱漏。", "Their number shows what routine vaccination missed."),
    numerator=_checks.to_catch_up.node,
    reported=_cells("to_catch_up"),
)
CAUGHT_UP = _school(
    code="immunisation.caught_up",
    name=Text("查验后补种儿童", "Children who caught up after the check"),
    unit="人",
    counting_unit="人",
    why=Text("查到的漏种须在期限内补上。", "What was missed has to be made up in time."),
    numerator=_checks.caught_up.node,
    reported=_cells("caught_up"),
)
SCHOOLS_RATE = _school(
    code="immunisation.schools_rate",
    name=Text("学校和托幼机构查验率", "Schools and kindergartens that checked"),
    unit="%",
    places=RATE_PLACES,
    counting_unit="所",
    why=Text("法律要求逐校查验。", "The law requires it of every school."),
    numerator=_is_checked.node,
    denominator=always.node,
    reported=_cells("schools_checked", "schools"),
)
CATCH_UP_RATE = _school(
    code="immunisation.catch_up_rate",
    name=Text("漏种儿童补种率", "Children who caught up, of those found"),
    unit="%",
    places=RATE_PLACES,
    counting_unit="人",
    why=Text("补种率说明查验是否见到实效。", "It shows whether checking led to anything."),
    numerator=_checks.caught_up.node,
    denominator=_checks.to_catch_up.node,
    reported=_cells("caught_up", "to_catch_up"),
)
