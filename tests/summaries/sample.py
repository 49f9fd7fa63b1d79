"""An invented county's figures, made by hand: no database, no ledger."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from taizhang.figures.model import Aim, Change, Figure, Missing, Reading, accumulates
from taizhang.kernel import arithmetic
from taizhang.kernel.forms import Category, Form, FormElement
from taizhang.kernel.indicators import Attribution, Better, Cell, DataSource, Indicator, Reported, Status, TimeBase
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import Programme, Registry
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.summaries import templates

HALF = Period.parse("2026H1")
BUREAU = ("990101", Text("甲县卫生健康局", "Health Bureau of Jia County"))
SOURCE = Source("示例规范", "第一条", True)
FORM = Form(
    code="sample",
    name=Text("示例报表", "Sample return"),
    source=SOURCE,
    total="",
    elements=(FormElement("n", Text("分子数", "numerator"), "人"), FormElement("d", Text("分母数", "denominator"), "人")),
    categories=(Category("new", Text("新发", "new")), Category("old", Text("复治", "retreated"))),
)


def indicator(
    code: str,
    zh: str,
    en: str,
    unit: str,
    *,
    counting: str = "",
    base: TimeBase = TimeBase.FLOW,
    better: Better = Better.HIGHER,
    places: int = 0,
    programme: str = "",
) -> Indicator:
    rate = unit in ("%", "‰")
    return Indicator(
        code=code,
        name=Text(zh, en),
        unit=unit,
        counting_unit=counting or unit,
        time_base=base,
        attribution=Attribution.REPORTED_BY,
        better=better,
        source=SOURCE,
        why=Text("为何重要", "why it matters"),
        places=2 if rate else places,
        programme=programme or code.partition(".")[0],
        reported=Reported(numerator=Cell("sample", "n"), denominator=Cell("sample", "d") if rate else None, by_category=True),
    )


STOCK, DUE = TimeBase.STOCK, TimeBase.DUE_TO_DATE
INDICATORS = [
    indicator("records.total", "居民电子健康档案数", "electronic health records", "份", base=STOCK),
    indicator("records.coverage", "居民健康档案建档率", "health record coverage", "%", counting="份", base=STOCK),
    indicator("records.opened", "新增居民健康档案数", "health records opened", "份"),
    indicator("records.active", "健康档案动态使用率", "share of records in use", "%", counting="份", base=TimeBase.ROLLING),
    indicator("elders.examined", "老年人健康体检人数", "elders examined", "人"),
    indicator("pressure.managed", "在管高血压患者数", "hypertension patients under management", "人", base=STOCK),
    indicator("pressure.by_pace", "高血压患者按进度规范管理率", "hypertension management by pace", "%", counting="人", base=DUE),
    indicator("pressure.controlled", "高血压患者血压达标率", "blood pressure in range", "%", counting="人", base=TimeBase.LAST),
    indicator("pressure.overdue", "高血压随访逾期人数", "hypertension visits overdue", "人", base=STOCK, better=Better.LOWER),
    indicator("tuberculosis.found", "发现肺结核病人数", "tuberculosis patients found", "例", better=Better.NEITHER),
    indicator("malaria.cases", "疟疾病例数", "malaria cases", "例", better=Better.LOWER),
    indicator("medicines.bought", "基本药物采购金额", "essential medicines purchased", "万元", places=2),
    indicator("medicines.delivery", "基本药物配送率", "delivery rate of essential medicines", "%", counting="万元"),
    indicator("complaints.received", "受理投诉件数", "complaints accepted", "件"),
    indicator("complaints.closing", "投诉办结率", "complaints closed", "%", counting="件"),
]
PROGRAMMES = [
    Programme(code="records", name=Text("居民健康档案管理", "Health records"), order=210, row=2),
    Programme(code="elders", name=Text("老年人健康管理", "Health of the elderly"), order=260, row=7),
    Programme(code="pressure", name=Text("高血压患者健康管理", "Hypertension"), order=270, row=7),
    Programme(code="tuberculosis", name=Text("肺结核防治", "Tuberculosis control"), order=310, row=9),
    Programme(code="malaria", name=Text("疟疾防治", "Malaria control"), order=320, row=9),
    Programme(code="medicines", name=Text("基本药物制度", "Essential medicines"), order=500, row=19),
    Programme(code="complaints", name=Text("投诉举报", "Complaints"), order=900, row=26),
]
AGE = Parameter("elders.age", Text("老年人年龄", "age of the elderly"), "岁", SOURCE, ((date(2009, 1, 1), 65), (date(2030, 1, 1), None)))

TEMPLATES = {
    "records": """
# 用好健康档案 | Health records put to use
截至{cutoff}，{area}累计建立居民电子健康档案{records.total:wan}份，建档率{records.coverage}{records.coverage:points}；
> By {cutoff}, {area} held {records.total:wan} electronic health records, a coverage of {records.coverage}{records.coverage:points};
{period}新增{records.opened}份{records.opened:growth}[，近一年有服务记录的档案占{records.active}]。
> {records.opened} were opened in {period}{records.opened:growth}[, and {records.active} were used within the last year].
""",
    "elders": """
# 做好老年人健康管理 | The elderly looked after
{period}为{elders.examined}名{parameter:elders.age}岁及以上老年人完成健康体检{elders.examined:completion}。
> {elders.examined} people of {parameter:elders.age} and over were examined in {period}{elders.examined:completion}.
""",
    "pressure": """
# 管好慢性病患者 | Chronic disease under management
在管高血压患者{pressure.managed}人，按进度规范管理率{pressure.by_pace}{pressure.by_pace:completion}。
> {pressure.managed} hypertension patients were under management, {pressure.by_pace} of them by pace{pressure.by_pace:completion}.
最近一次血压达标的{pressure.controlled:numerator}人，占{pressure.controlled}{pressure.controlled:points}。
> {pressure.controlled:numerator} had their last blood pressure in range, {pressure.controlled}{pressure.controlled:points}.
""",
    "tuberculosis": """
# 加强结核病防治 | Tuberculosis control strengthened
**parts** 发现肺结核病人{tuberculosis.found}例，其中新发{tuberculosis.found@new}例、复治{tuberculosis.found@old}例。
> {tuberculosis.found} patients were found, {tuberculosis.found@new} new and {tuberculosis.found@old} retreated.
""",
    "malaria": """
# 巩固疟疾防治成果 | Malaria kept down
**zero** {period}，{area}报告疟疾病例{malaria.cases}例。
> {period}: {malaria.cases} malaria cases were reported in {area}.
**nonzero** {period}，{area}报告疟疾病例{malaria.cases}例{malaria.cases:growth}，均已规范处置。
> {period}: {malaria.cases} malaria cases were reported in {area}{malaria.cases:growth}, all handled as prescribed.
""",
    "medicines": """
# 基本药物制度有序推进 | The essential medicines scheme carried forward
{period}，网上集中采购基本药物{medicines.bought:wanyuan}，配送率{medicines.delivery}。
> {period}: essential medicines for {medicines.bought:wanyuan} were purchased, {medicines.delivery} delivered.
""",
    "complaints": """
# 认真办理群众投诉 | Complaints attended to
**full** {period}，{area}受理投诉{complaints.received}件，办结率{complaints.closing}，全部办结。
> {period}: {area} accepted {complaints.received} complaints and closed them all, {complaints.closing}.
**notfull** {period}，{area}受理投诉{complaints.received}件，办结率{complaints.closing}。
> {period}: {area} accepted {complaints.received} complaints, {complaints.closing} closed.
""",
}


def registry() -> Registry:
    known = Registry()
    known.programmes = {p.code: p for p in PROGRAMMES}
    known.indicators = {i.code: (i,) for i in INDICATORS}
    known.forms = {FORM.code: FORM}
    known.parameters = {AGE.name: AGE}
    return known


def read_templates() -> list[templates.Template]:
    return [templates.read(code, f"{code}/summary.md", text) for code, text in TEMPLATES.items()]


def figure(
    code: str,
    numerator: int | None,
    denominator: int | None = None,
    *,
    last: tuple[int, int | None] | None = None,
    before: int | None = None,
    target: str | None = None,
    status: Status = Status.OK,
    missing: tuple[str, ...] = (),
    category: str = "",
    organisation: tuple[str, Text] = BUREAU,
    period: Period = HALF,
    source: DataSource = DataSource.REPORTED,
) -> Figure:
    """A figure with its derived parts worked out as the figures room does: value, changes, completion, pace."""
    made = next(i for i in INDICATORS if i.code == code)

    def value(n: int | None, d: int | None) -> Decimal | None:
        if n is None:
            return None
        return arithmetic.rate(n, d or 0, made.unit, made.places) if made.is_rate else Decimal(n).scaleb(-made.places)

    def text(v: Decimal | None) -> str:
        return "—" if v is None else f"{v}{made.unit if made.is_rate else ''}"

    def reading(n: int, d: int | None, when: Period) -> Reading:
        return Reading(
            period=when,
            numerator=n,
            denominator=d,
            places=0 if made.is_rate else made.places,
            value=value(n, d),
            printed=text(value(n, d)),
            status=Status.OK,
        )

    now = value(numerator, denominator)
    aim = Aim(year=period.year, value=Decimal(target), unit=made.unit, source="年度任务书") if target else None
    done = arithmetic.round_half_away(Fraction(now) / Fraction(aim.value) * 100, 2) if aim and now is not None else None
    progress = arithmetic.round_half_away(period.time_progress * 100, 2)
    last_year = reading(*last, period.same_period_last_year()) if last else None
    return Figure(
        indicator=made,
        organisation=organisation[0],
        organisation_name=organisation[1],
        category=category,
        category_name=next((c.name for c in FORM.categories if c.code == category), None),
        period=period,
        numerator=numerator,
        denominator=denominator,
        places=0 if made.is_rate else made.places,
        value=now,
        printed=text(now),
        status=status,
        source=source,
        missing=tuple(Missing(f"9901011{m}", Text(f"{m}镇卫生院", f"hospital {m}"), Text("示例报表", "Sample return")) for m in missing),
        reported_by=("990101101", "990101102"),
        cells=(),
        previous=reading(before, None, period.previous()) if before is not None else None,
        last_year=last_year,
        change_previous=None,
        change_last_year=Change(now - last_year.value, "个百分点")
        if made.is_rate and last_year and now is not None and last_year.value
        else None,
        target=aim,
        completion=done,
        pace=done - progress if done is not None and accumulates(made) else None,
        rank=None,
        ledger_version=7,
        definition="0123456789ab",
    )


def figures() -> list[Figure]:
    return [
        figure("records.total", 439800),
        figure("records.coverage", 439800, 486200, last=(431120, 482700)),
        figure("records.opened", 8642, last=(8001, None)),
        figure("records.active", 268704, 439800),
        figure("elders.examined", 26274, target="47894"),
        figure("pressure.managed", 41370),
        figure("pressure.by_pace", 32186, 41370, target="80"),
        figure("pressure.controlled", 27914, 41370, last=(27500, 41000)),
        figure("tuberculosis.found", 60),
        figure("tuberculosis.found", 41, category="new"),
        figure("tuberculosis.found", 19, category="old"),
        figure("malaria.cases", 0),
        figure("medicines.bought", 305510),
        figure("medicines.delivery", 257350, 305510),
        figure("complaints.received", 5),
        figure("complaints.closing", 5, 5),
    ]


def below() -> list[Figure]:
    """Six township hospitals' figures of three rates."""
    made = []
    for index, (n, d) in enumerate([(900, 1000), (850, 1000), (790, 1000), (700, 1000), (760, 1000), (714, 1000)]):
        unit = (f"99010110{index + 1}", Text(f"{'乙丙丁戊己庚'[index]}镇卫生院", f"Township Hospital {index + 1}"))
        made.append(figure("pressure.by_pace", n, d, organisation=unit))
        made.append(figure("records.coverage", 950 - 10 * index, 1000, organisation=unit))
        made.append(figure("records.active", 500 + 60 * index, 1000, organisation=unit))
    return made


def with_status(made: Figure, status: Status, **changes: object) -> Figure:
    return replace(made, status=status, **changes)  # type: ignore[arg-type]
