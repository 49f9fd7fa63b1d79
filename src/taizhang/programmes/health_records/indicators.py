"""Indicators of resident health records.

Whose: a record counts with the organisation that manages its resident on the cut-off; opening a record and examining count where they
took place. A record is open from the day it was opened to the day before it was closed.
"""

from taizhang.county.vocabulary import BY_AGE, BY_SEX, lives_here, managing_organisation
from taizhang.kernel.contracts import RecordContract
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
from taizhang.kernel.query.words import Expression, always, any_of, cutoff, parameter, person, records
from taizhang.kernel.registry import registry
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.health_records.records import EXAMINATION, HEALTH_RECORD, SERVICE
from taizhang.programmes.health_records.rules import SPECIFICATION

CONTENT = Source(SPECIFICATION, "居民健康档案管理服务规范 二、服务内容")
TARGETS = Source(SPECIFICATION, "居民健康档案管理服务规范 五、工作指标")

PERFORMANCE = Source("国家基本公共卫生服务项目绩效评价指标体系", "居民规范化电子健康档案覆盖率（口径未核对）")
FIRST_VISIT = Source(SPECIFICATION, "高血压患者健康管理服务规范 二、服务内容（一）筛查")

FORM = "health_records"

record = person(HEALTH_RECORD)

# -- populations ------------------------------------------------------------------------------------------------------------------

open_on_cutoff = (
    (record.opened_on <= cutoff).named(
        "截止日前已建立健康档案",
        "health record opened by the cut-off",
        unmet=Text("截止日前没有建立健康档案，建档即可", "no health record by the cut-off; opening one will mend it"),
        source=CONTENT,
    )
    & (record.closed_on.is_missing | (record.closed_on > cutoff)).named(
        "档案截止日未终止",
        "record not closed by the cut-off",
        unmet=Text("健康档案已终止；仍在本辖区居住的应恢复建档", "the record was closed; who still lives here needs it opened again"),
        source=CONTENT,
    )
)  # fmt: skip

HOLDERS = residents_where(
    "health_record_holders",
    Text("有健康档案的常住居民", "Residents with a health record"),
    lives_here & open_on_cutoff,
    organisation=managing_organisation,
    breakdowns=(BY_SEX, BY_AGE),
)

_records = records(HEALTH_RECORD)

OPENINGS = Population(
    name="health_record_openings",
    label=Text("新建健康档案", "Health records opened"),
    attribution=Attribution.SERVED_BY,
    rows=_records.where(_records.opened_on.in_period).node,
    organisation=_records.organisation.node,
    breakdowns=(BY_SEX, BY_AGE),
)

_examinations = records(EXAMINATION)

EXAMINATIONS = Population(
    name="examinations",
    label=Text("健康体检", "Health examinations"),
    attribution=Attribution.SERVED_BY,
    rows=_examinations.where(_examinations.examined_on.in_period).node,
    organisation=_examinations.organisation.node,
    breakdowns=(BY_SEX, BY_AGE),
)

_services = records(SERVICE)

# 35岁首诊测血压: the first consultation of the calendar year, by who consulted; a person has one a year, so these rows are people.
FIRST_CONSULTATIONS = Population(
    name="first_consultations",
    label=Text("35岁及以上居民本年首诊", "First consultations of the year, 35 and over"),
    attribution=Attribution.SERVED_BY,
    rows=_services.where(
        _services.served_on.in_period
        & _services.first_of_year
        & (_services.age_at_service >= parameter("hypertension.screening_age"))
    ).node,
    organisation=_services.organisation.node,
    breakdowns=(BY_SEX, BY_AGE),
)

# -- parts --------------------------------------------------------------------------------------------------------------------------


def _served_lately(contract: RecordContract) -> Expression:
    """Any record of the table within the last 12 months: after the same day a year ago, up to the cut-off."""
    rows = records(contract)
    when = getattr(rows, contract.served_on)
    return (
        rows.where((when > cutoff.minus(parameter("health_records.active_months"), "month")) & (when <= cutoff))
        .exist()
        .named(f"近12个月有{contract.label.zh}记录", f"{contract.label.en.lower()} in the last 12 months", source=TARGETS)
    )


# 有动态记录的档案: 1年内与医疗记录相关联，或有符合各项服务规范要求的服务记录. All lines that serve persons, but the sensitive ones: the
# reasons why somebody is counted are shown, and must not tell of a mental illness or of tuberculosis. Their patients' yearly
# examinations and consultations count.
_in_use = any_of(*map(_served_lately, registry.serving())).named(
    "近12个月有服务记录",
    "served in the last 12 months",
    unmet=Text(
        "近12个月没有体检、接诊、会诊、转诊、随访或接种记录，下次服务时记入档案即可",
        "no examination, consultation, transfer, visit or dose in the last 12 months; write the next service into the record",
    ),
    source=TARGETS,
)

_complete = record.complete.named(
    "个人基本信息填写完整",
    "personal information complete",
    unmet=Text("个人基本信息表有必填项未填，补填即可", "boxes of the personal information form are empty; filling them in will mend it"),
    source=CONTENT,
)
_electronic = record.electronic.named(
    "已建立电子健康档案",
    "kept electronically",
    unmet=Text("仍是纸质档案，录入系统即可", "still on paper; entering it into the system will mend it"),
    source=TARGETS,
)
_form_complete = _examinations.complete.named(
    "体检表必填项完整",
    "examination form complete",
    unmet=Text("体检表有必填项未填，对照原始单据补填即可", "boxes of the examination form are empty; fill them in from the slips"),
    source=CONTENT,
)

# -- indicators ---------------------------------------------------------------------------------------------------------------------

TOTAL = Indicator(
    code="health_records.total",
    name=Text("居民健康档案数", "Health records"),
    unit="份",
    counting_unit="份",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=CONTENT,
    why=Text("一人一档，是各项公共卫生服务的底册。", "One record a resident: the base that every public health service stands on."),
    population=HOLDERS,
    numerator=always.node,
    reported=Reported(numerator=Cell(FORM, "total")),
)

COVERAGE = Indicator(
    code="health_records.coverage",
    name=Text("居民健康档案建档率", "Residents with a health record"),
    unit="%",
    places=2,
    counting_unit="份",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=TARGETS,
    why=Text(
        "看常住居民中有多少已建档；分母用统计部门公布的常住人口，避免自建自算。",
        "How many of those who live here have a record; over the statistics bureau's population, so that nobody counts their own base.",
    ),
    population=HOLDERS,
    numerator=always.node,
    denominator=RESIDENT_POPULATION,
    reported=Reported(numerator=Cell(FORM, "total"), denominator=Cell(FORM, "residents")),
)

ELECTRONIC = Indicator(
    code="health_records.electronic",
    name=Text("居民电子健康档案数", "Electronic health records"),
    unit="份",
    counting_unit="份",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=TARGETS,
    why=Text("电子档案才能随人、随诊调用。", "Only an electronic record can follow its person from one doctor to the next."),
    population=HOLDERS,
    numerator=_electronic.node,
)

ELECTRONIC_COVERAGE = Indicator(
    code="health_records.electronic_coverage",
    name=Text("电子健康档案建档率", "Residents with an electronic health record"),
    unit="%",
    places=2,
    counting_unit="份",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=TARGETS,
    why=Text(
        "国家规范的工作指标：常住居民中已建立电子健康档案的比例。",
        "A measure of the national specification: the share of residents whose record is electronic.",
    ),
    population=HOLDERS,
    numerator=_electronic.node,
    denominator=RESIDENT_POPULATION,
)

STANDARD_COVERAGE = Indicator(
    code="health_records.standard_coverage",
    name=Text("居民规范化电子健康档案覆盖率", "Residents with a complete electronic health record"),
    unit="%",
    places=2,
    counting_unit="份",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=PERFORMANCE,
    why=Text(
        "绩效评价看的不是建了多少，而是又是电子的、又是填全的有多少。",
        "The yearly evaluation asks not how many were opened, but how many are both electronic and complete.",
    ),
    population=HOLDERS,
    numerator=(_electronic & _complete).node,
    denominator=RESIDENT_POPULATION,
)

OPENED = Indicator(
    code="health_records.opened",
    name=Text("新增居民健康档案数", "Health records opened"),
    unit="份",
    counting_unit="份",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=CONTENT,
    why=Text("反映时段内建档的工作量。", "The work of opening records in the period."),
    population=OPENINGS,
    numerator=always.node,
    reported=Reported(numerator=Cell(FORM, "opened")),
)

OPENED_RATE = Indicator(
    code="health_records.opened_rate",
    name=Text("新增建档率", "Health records opened, share of residents"),
    unit="%",
    places=2,
    counting_unit="份",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=CONTENT,
    why=Text(
        "把新增建档放到常住人口里比，便于大小不同的单位之间比较。",
        "Sets new records against the population, so that places of unlike size can be compared.",
    ),
    population=OPENINGS,
    numerator=always.node,
    denominator=RESIDENT_POPULATION,
    reported=Reported(numerator=Cell(FORM, "opened"), denominator=Cell(FORM, "residents")),
)

ACTIVE = Indicator(
    code="health_records.active",
    name=Text("健康档案动态使用率", "Health records in use"),
    unit="%",
    places=2,
    counting_unit="份",
    time_base=TimeBase.ROLLING,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=TARGETS,
    why=Text(
        "建而不用的档案是死档；近一年有一次服务记录才算用起来。",
        "A record that nobody writes in is dead; one service in the last year shows it is used.",
    ),
    population=HOLDERS,
    numerator=_in_use.node,
    denominator=always.node,
)

COMPLETE = Indicator(
    code="health_records.complete",
    name=Text("健康档案规范率", "Health records filled in completely"),
    unit="%",
    places=2,
    counting_unit="份",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=CONTENT,
    why=Text("缺项的档案在抽查时按不合格处理，也影响后续服务。", "A record with gaps fails an inspection and hampers later care."),
    population=HOLDERS,
    numerator=_complete.node,
    denominator=always.node,
)

EXAMINED = Indicator(
    code="health_records.examinations",
    name=Text("健康体检人次", "Health examinations"),
    unit="人次",
    counting_unit="人次",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.NEITHER,
    source=CONTENT,
    why=Text(
        "反映体检工作量，含老年人和慢性病患者的年度体检。",
        "The work of examining, yearly examinations of elders and patients included.",
    ),
    population=EXAMINATIONS,
    numerator=always.node,
)

EXAMINATION_COMPLETE = Indicator(
    code="health_records.examination_complete",
    name=Text("健康体检表完整率", "Examination forms filled in completely"),
    unit="%",
    places=2,
    counting_unit="人次",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=CONTENT,
    why=Text(
        "缺项的体检不算完成了一次体检，老年人和慢性病的考核都以完整的体检表为准。",
        "An examination with gaps is no examination; the measures of elders and patients ask for a complete form.",
    ),
    population=EXAMINATIONS,
    numerator=_form_complete.node,
    denominator=always.node,
)

FIRST_VISITS = Indicator(
    code="health_records.first_visits",
    name=Text("35岁及以上居民首诊人数", "People of 35 and over who consulted for the first time this year"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.NEITHER,
    source=FIRST_VISIT,
    why=Text("首诊测血压率的分母，取自接诊记录：每人每年第一次接诊。", "Each person's first consultation of the year."),
    population=FIRST_CONSULTATIONS,
    numerator=always.node,
)

FIRST_VISIT_MEASURED = Indicator(
    code="health_records.first_visit_measured",
    name=Text("35岁首诊测血压率", "Pressure measured at the first consultation of the year, 35 and over"),
    unit="%",
    places=2,
    counting_unit="人",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=FIRST_VISIT,
    why=Text(
        "首诊测血压是发现高血压的第一道关；只看来看病的人，不用全部居民作分母。",
        "The first gate at which hypertension is found; over those who came, not over everybody who lives here.",
    ),
    population=FIRST_CONSULTATIONS,
    numerator=_services.systolic.is_present.named(
        "首诊时测了血压",
        "pressure measured at it",
        unmet=Text("首诊接诊记录没有血压，下次就诊时补测", "no pressure in the record of it; measure at the next visit"),
        source=FIRST_VISIT,
    ).node,
    denominator=always.node,
)
