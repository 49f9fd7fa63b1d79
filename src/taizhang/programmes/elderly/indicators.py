"""Indicators of the health management of people of 65 and over.

Whom: residents who live here on the cut-off and reach 65 by 31 December of its year, under the organisation that manages them; so
everyone's duty of a year is known on 1 January.

The yearly duty is: an open health record, an assessment with all five self-care items and guidance, and an examination whose form and
tests are complete, all in the calendar year. Its part-year form, 按进度: the service is due twelve months after the last one of an
earlier year, so on that anniversary; who has had none before is due at the latest on 31 December. Whoever is not yet due counts as
met, whoever is due must have had the whole service in the year. On 31 December everyone is due, and both forms are one.
"""

from taizhang.county.vocabulary import BY_AGE, BY_SEX, age_in_year, lives_here, managing_organisation, resident
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
from taizhang.kernel.query import nodes
from taizhang.kernel.query.words import Expression, all_of, always, any_of, cutoff, parameter, person, records, year_end, year_start
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.elderly.records import ASSESSMENT
from taizhang.programmes.elderly.rules import CONTENT, FORM, POSITIVE, SELF_CARE_LEVELS, SPECIFICATION, self_care_level
from taizhang.programmes.health_records.records import EXAMINATION, HEALTH_RECORD

SERVED = Source(SPECIFICATION, "老年人健康管理服务规范 一、服务对象")
TARGETS = Source(SPECIFICATION, "老年人健康管理服务规范 五、工作指标")
PACE = Source(SPECIFICATION, "老年人健康管理服务规范 二、服务内容（每年提供1次），按进度口径由本系统明确")

RETURN = "elderly_management"

# -- populations ------------------------------------------------------------------------------------------------------------------

of_age = (age_in_year >= parameter("elderly.age")).named("本年内达到服务年龄", "reaches the age served within the year", source=SERVED)

ELDERS = residents_where(
    "elders",
    Text("65岁及以上常住居民", "Residents of 65 and over"),
    lives_here & of_age,
    organisation=managing_organisation,
    breakdowns=(BY_SEX, BY_AGE),
)

_assessments = records(ASSESSMENT)
_examinations = records(EXAMINATION)

_last_assessment = _assessments.where(_assessments.assessed_on.in_period & _assessments.self_care_score.is_present).last_by("assessed_on")
_level = self_care_level(_last_assessment)
_assessed = _last_assessment.exists.named(
    "时段内完成生活自理能力评估",
    "self-care assessed in the period",
    unmet=Text(
        "时段内没有完整的生活自理能力评估，五项都评分即可",
        "no complete self-care assessment in the period; scoring all five items will mend it",
    ),
    source=FORM,
)

BY_SELF_CARE = Breakdown("self_care", Text("生活自理能力", "Self-care"), _level.node, tuple(SELF_CARE_LEVELS.items()))

ASSESSED_ELDERS = residents_where(
    "assessed_elders",
    Text("时段内完成自理能力评估的65岁及以上常住居民", "Residents of 65 and over assessed in the period"),
    lives_here & of_age & _assessed,
    organisation=managing_organisation,
    breakdowns=(BY_SEX, BY_AGE, BY_SELF_CARE),
)

SERVICES = Population(
    name="elderly_services",
    label=Text("老年人健康管理服务", "Services to the elderly"),
    attribution=Attribution.SERVED_BY,
    rows=_assessments.where(_assessments.assessed_on.in_period).node,
    organisation=_assessments.organisation.node,
    breakdowns=(BY_SEX, BY_AGE),
)

# -- parts --------------------------------------------------------------------------------------------------------------------------

_record = person(HEALTH_RECORD)
_has_record = ((_record.opened_on <= cutoff) & (_record.closed_on.is_missing | (_record.closed_on > cutoff))).named(
    "有健康档案",
    "has a health record",
    unmet=Text("健康档案：没有建档或已终止，建档即可", "health record: none or closed; opening it will mend it"),
    source=TARGETS,
)
_assessed_and_guided = (
    _assessments.where(_assessments.assessed_on.in_year & _assessments.self_care_score.is_present & _assessments.guidance_given)
    .exist()
    .named(
        "本年已完成评估并作健康指导",
        "assessed and guided this year",
        unmet=Text(
            "健康状况评估和指导：本年尚未完成（五项自理能力评分并作健康指导），补做一次即可",
            "assessment and guidance: not done this year (all five self-care items and guidance); doing it once will mend it",
        ),
        source=CONTENT,
    )
)


def _is_complete_examination() -> Expression:
    return _examinations.complete & _examinations.tests_complete


_examined_this_year = (
    _examinations.where(_examinations.examined_on.in_year & _is_complete_examination())
    .exist()
    .named(
        "本年已完成健康体检和辅助检查",
        "examined and tested this year",
        unmet=Text(
            "健康体检：本年没有必填项和辅助检查都齐全的体检，做一次或补齐缺项即可",
            "examination: none this year with all boxes and tests; one examination, or what is missing of it, will mend it",
        ),
        source=CONTENT,
    )
)

_managed_this_year = _has_record & _assessed_and_guided & _examined_this_year

_last_of_earlier_years = _assessments.where(_assessments.assessed_on < year_start).last_by("assessed_on")
_not_yet_due = (
    ~any_of(
        cutoff >= year_end,
        _last_of_earlier_years.assessed_on.plus(parameter("elderly.interval_months"), "month") <= cutoff,
    )
).named("截止日尚未到应做的日子", "not yet due at the cut-off", source=PACE)


def _or_not_yet_due(part: Expression, zh: str, en: str) -> Expression:
    """The part is there, or the person is not yet due; named one by one, so that the explanation says which part is missing."""
    named = part.node
    assert isinstance(named, nodes.Named)
    return (_not_yet_due | part).named(f"{zh}（或尚未到期）", f"{en} (or not yet due)", unmet=named.unmet, source=PACE)


_by_pace = all_of(
    _or_not_yet_due(_has_record, "有健康档案", "has a health record"),
    _or_not_yet_due(_assessed_and_guided, "本年已完成评估并作健康指导", "assessed and guided this year"),
    _or_not_yet_due(_examined_this_year, "本年已完成健康体检和辅助检查", "examined and tested this year"),
)

_examined_in_period = (
    _examinations.where(_examinations.examined_on.in_period & _is_complete_examination())
    .exist()
    .named(
        "时段内已完成健康体检",
        "examined in the period",
        unmet=Text("时段内没有必填项和辅助检查都齐全的健康体检", "no examination with all boxes and tests in the period"),
        source=CONTENT,
    )
)

_last_evaluated = _examinations.where(_examinations.examined_on.in_period & _examinations.evaluation.is_present).last_by("examined_on")
_evaluated = _last_evaluated.exists.named(
    "时段内体检有健康评价",
    "evaluated by an examination in the period",
    unmet=Text("时段内没有体检，或体检表没有填健康评价", "not examined in the period, or the examination holds no evaluation"),
    source=CONTENT,
)
_abnormal = (_last_evaluated.evaluation == "2").named(
    "最近一次体检有异常",
    "abnormal at the last examination",
    unmet=Text("最近一次体检未见异常", "nothing abnormal at the last one"),
    source=CONTENT,
)

# -- indicators ---------------------------------------------------------------------------------------------------------------------

POPULATION = Indicator(
    code="elderly.population",
    name=Text("65岁及以上常住居民数", "Residents of 65 and over"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.NEITHER,
    source=SERVED,
    why=Text("年度健康管理的应服务人数，年初即可知道。", "How many people the year's service is owed to; known on 1 January."),
    population=ELDERS,
    numerator=always.node,
)

MANAGED = Indicator(
    code="elderly.managed",
    name=Text("本年累计接受健康管理的老年人数", "Elders managed so far this year"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=TARGETS,
    why=Text(
        "建档、体检、评估、指导四项齐全才算管理到位；从1月1日累计到截止日，可与全年任务比进度。",
        "Record, examination, assessment and guidance together make the service; counted from 1 January to be set against the year's task.",
    ),
    population=ELDERS,
    numerator=_managed_this_year.node,
)

MANAGEMENT = Indicator(
    code="elderly.management",
    name=Text("老年人健康管理率", "Elders under health management"),
    unit="%",
    places=2,
    counting_unit="人",
    time_base=TimeBase.ANNUAL,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=TARGETS,
    why=Text(
        "国家规范的考核指标：全年接受了完整健康管理的老年人所占比例。",
        "The national measure: the share of elders who had the whole service in the year.",
    ),
    population=ELDERS,
    numerator=_managed_this_year.node,
    denominator=always.node,
)

MANAGEMENT_BY_PACE = Indicator(
    code="elderly.management_by_pace",
    name=Text("老年人按进度健康管理率", "Elders under health management, by pace"),
    unit="%",
    places=2,
    counting_unit="人",
    time_base=TimeBase.DUE_TO_DATE,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=PACE,
    why=Text(
        "年中就能看出谁落在后面：上次健康管理满12个月的应已再做一次，到12月31日与全年健康管理率相同。",
        "Shows in mid-year who lags: twelve months after the last service the next must be done; on 31 December it equals the yearly rate.",
    ),
    population=ELDERS,
    numerator=_by_pace.node,
    denominator=always.node,
)

EXAMINED = Indicator(
    code="elderly.examined",
    name=Text("完成健康体检的老年人数", "Elders examined"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.FLOW,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=CONTENT,
    why=Text(
        "一年一次免费体检是老年人最看得见的服务；一人多次只计一次。",
        "The free yearly examination is what elders see of the service; a person examined twice counts once.",
    ),
    population=ELDERS,
    numerator=_examined_in_period.node,
)

SERVICE_CONTACTS = Indicator(
    code="elderly.services",
    name=Text("老年人健康管理服务人次", "Services to the elderly"),
    unit="人次",
    counting_unit="人次",
    time_base=TimeBase.FLOW,
    attribution=Attribution.SERVED_BY,
    better=Better.NEITHER,
    source=CONTENT,
    why=Text("反映服务工作量，每次评估计一人次。", "The work done: each assessment is one."),
    population=SERVICES,
    numerator=always.node,
    reported=Reported(numerator=Cell(RETURN, "served")),
)

OVERDUE = Indicator(
    code="elderly.overdue",
    name=Text("年度健康管理到期未完成的老年人数", "Elders whose yearly service is overdue"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.STOCK,
    attribution=Attribution.MANAGED_BY,
    better=Better.LOWER,
    source=PACE,
    why=Text("这些人应尽快约来体检和评估，是村医的预约名单。", "These people should be called in soon: the village doctor's list."),
    population=ELDERS,
    numerator=(~_by_pace)
    .named("到期未完成", "due and not complete", unmet=Text("各项服务已按进度完成", "all services done by pace"), source=PACE)
    .node,
)

ASSESSED = Indicator(
    code="elderly.assessed",
    name=Text("完成生活自理能力评估的老年人数", "Elders assessed for self-care"),
    unit="人",
    counting_unit="人",
    time_base=TimeBase.LAST,
    attribution=Attribution.MANAGED_BY,
    better=Better.HIGHER,
    source=FORM,
    why=Text("按最近一次评估看老年人的自理能力构成。", "How elders can care for themselves, by the last assessment."),
    population=ASSESSED_ELDERS,
    numerator=always.node,
)


def _dependence(code: str, name: Text, level: str, why: Text) -> Indicator:
    wording = SELF_CARE_LEVELS[level]
    return Indicator(
        code=code,
        name=name,
        unit="人",
        counting_unit="人",
        time_base=TimeBase.LAST,
        attribution=Attribution.MANAGED_BY,
        better=Better.NEITHER,
        source=FORM,
        why=why,
        population=ASSESSED_ELDERS,
        numerator=(_level == level)
        .named(
            f"最近一次评估为{wording.zh}",
            f"{wording.en.lower()} at the last assessment",
            unmet=Text("最近一次评估属于其他等级", "another level at the last assessment"),
            source=FORM,
        )
        .node,
    )


MILD = _dependence(
    "elderly.mildly_dependent",
    Text("轻度依赖的老年人数", "Elders mildly dependent"),
    "2",
    Text("早期衰退，健康指导和康复最有用的人群。", "The first decline, where guidance and rehabilitation help most."),
)
MODERATE = _dependence(
    "elderly.moderately_dependent",
    Text("中度依赖的老年人数", "Elders moderately dependent"),
    "3",
    Text("需要家人或机构经常照料，是上门服务的对象。", "Needs regular care; to be served at home."),
)
SEVERE = _dependence(
    "elderly.unable",
    Text("不能自理的老年人数", "Elders unable to care for themselves"),
    "4",
    Text(
        "不能自理的老年人应优先上门服务，并衔接长期照护。",
        "Those who cannot care for themselves come first for home visits and long-term care.",
    ),
)

DEPENDENCE = Indicator(
    code="elderly.dependence",
    name=Text("老年人失能（依赖）比例", "Dependent elders"),
    unit="%",
    places=2,
    counting_unit="人",
    time_base=TimeBase.LAST,
    attribution=Attribution.MANAGED_BY,
    better=Better.NEITHER,
    source=FORM,
    why=Text(
        "完成评估的老年人中轻度依赖及以上的比例，是安排上门服务的依据。",
        "The share of assessed elders who depend on others at least mildly; home services are planned on it.",
    ),
    population=ASSESSED_ELDERS,
    numerator=_level.is_in("2", "3", "4")
    .named(
        "最近一次评估为轻度依赖及以上",
        "dependent at the last assessment",
        unmet=Text("最近一次评估为可自理", "independent at the last assessment"),
        source=FORM,
    )
    .node,
    denominator=always.node,
)

ABNORMAL = Indicator(
    code="elderly.abnormal",
    name=Text("老年人体检异常比例", "Elders with abnormal findings"),
    unit="%",
    places=2,
    counting_unit="人",
    time_base=TimeBase.LAST,
    attribution=Attribution.MANAGED_BY,
    better=Better.NEITHER,
    source=CONTENT,
    why=Text(
        "体检发现的异常要有人跟进；比例过低时应怀疑体检走过场。",
        "What an examination finds must be followed; a very low share suggests that nobody looked.",
    ),
    population=ELDERS,
    numerator=(_evaluated & _abnormal).node,
    denominator=_evaluated.node,
)


# -- screens and feedback -----------------------------------------------------------------------------------------------------------

_feedback_by = _assessments.assessed_on.plus(parameter("elderly.feedback_days"), "day")

FEEDBACK_DUTIES = Population(
    name="elderly_feedback_duties",
    label=Text("应反馈结果的老年人评估（期限已满）", "Assessments of the elderly whose results were to be given back"),
    attribution=Attribution.SERVED_BY,
    rows=_assessments.where(_feedback_by.in_period).node,
    organisation=_assessments.organisation.node,
    breakdowns=(BY_SEX, BY_AGE),
)

_alive = (resident.died_on.is_missing | (resident.died_on > _feedback_by)).named(
    "期限届满时在世", "alive when the time was up", unmet=Text("期限届满前已经去世", "died before the time was up")
)
FEEDBACK_ON_TIME = Indicator(
    code="elderly.feedback_on_time",
    name=Text("老年人体检结果反馈及时率", "Results given back to the elderly in time"),
    unit="%",
    places=2,
    counting_unit="人次",
    time_base=TimeBase.MATURED,
    attribution=Attribution.SERVED_BY,
    better=Better.HIGHER,
    source=CONTENT,
    why=Text(
        "体检不反馈等于没有体检；期限已满的才计入，期限内的不算未反馈。",
        "An examination nobody is told about is none; only those whose time is up count.",
    ),
    population=FEEDBACK_DUTIES,
    numerator=(
        _alive
        & ((_assessments.told_on <= cutoff) & (_assessments.told_on <= _feedback_by)).named(
            "期限内已反馈",
            "given back within the time",
            unmet=Text("期限内没有反馈记录，把结果告诉老人或家属并补记", "no feedback within the time; tell the person or the family"),
            source=CONTENT,
        )
    ).node,
    denominator=_alive.node,
)

_screened = _assessments.where(_assessments.assessed_on.in_period & _assessments.cognition_screen.is_present).last_by("assessed_on")
_mood = _assessments.where(_assessments.assessed_on.in_period & _assessments.emotion_screen.is_present).last_by("assessed_on")


def _positive(code: str, name: Text, screened: Expression, positive: Expression, why: Text) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        unit="人",
        counting_unit="人",
        time_base=TimeBase.LAST,
        attribution=Attribution.MANAGED_BY,
        better=Better.NEITHER,
        source=CONTENT,
        why=why,
        population=ELDERS,
        numerator=(screened & positive).node,
    )


COGNITION_POSITIVE = _positive(
    "elderly.cognition_positive",
    Text("认知功能粗筛阳性的老年人数", "Elders positive for cognition"),
    _screened.exists.named(
        "时段内作过认知粗筛",
        "screened for cognition in the period",
        unmet=Text("时段内没有作过认知粗筛", "not screened for cognition in the period"),
        source=CONTENT,
    ),
    (_screened.cognition_screen == POSITIVE).named("认知粗筛阳性", "positive for cognition", source=CONTENT),
    Text("早发现失智，早告知家属，早转诊。", "Dementia found early can be told and referred early."),
)
MOOD_POSITIVE = _positive(
    "elderly.mood_positive",
    Text("情感状态粗筛阳性的老年人数", "Elders positive for mood"),
    _mood.exists.named(
        "时段内作过情感粗筛",
        "screened for mood in the period",
        unmet=Text("时段内没有作过情感粗筛", "not screened for mood in the period"),
        source=CONTENT,
    ),
    (_mood.emotion_screen == POSITIVE).named("情感粗筛阳性", "positive for mood", source=CONTENT),
    Text("老年抑郁常被当作身体不适，筛查出来才能得到帮助。", "Depression in age is taken for aches; screening brings help."),
)
