"""Rules over one record: what holds vaccines back, the books of a lot, whether an adverse event was handled in time, entry rules.

No Django, no clock.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from taizhang.kernel.periods import add_months
from taizhang.kernel.query.words import Expression, RowSet, days_between, parameter, records
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.sources import Source
from taizhang.kernel.text import Text
from taizhang.programmes.immunisation import vaccines as v
from taizhang.programmes.immunisation.elements import COUNTED, LOCKED, RECEIVED, WASTED
from taizhang.programmes.immunisation.records import (
    ADVERSE_EVENT,
    CERTIFICATE,
    HEALTH_STATE,
    SCHOOL_CHECK,
    STOCK,
    TEMPERATURE,
    VACCINATION,
)
from taizhang.programmes.immunisation.schedule.plan import DEFERRED, PROHIBITED, TO_BE_JUDGED, Restriction

SCHEDULE = "国家免疫规划疫苗儿童免疫程序及说明（2026年版）"
GENERAL = Source(SCHEDULE, "一般原则")
SPECIAL = Source(SCHEDULE, "常见特殊健康状态儿童接种原则")
LAW = Source("中华人民共和国疫苗管理法", "第四十五、四十六条")
MANAGEMENT = Source("预防接种工作规范（2023年版）", "疫苗使用管理、冷链管理")
ADVERSE = Source("全国疑似预防接种异常反应监测方案", "报告与调查")
ENTRY = Source("儿童入托、入学预防接种证查验办法（2021年）", "查验与补种")

# -- what holds vaccines back ------------------------------------------------------------------------------------------

_ALL = frozenset(v.VACCINES)
_LIVE = frozenset(v.LIVE)
_LIVE_AGAINST_HIV = frozenset({v.BCG, v.BOPV, v.JE_LIVE, v.HEPA_LIVE})
IMMUNOGLOBULIN_MONTHS = 3
_NOTHING: frozenset[str] = frozenset()

# State of health -> what follows, for which vaccines; None: the vaccines that the doctor names.
STATES: dict[str, tuple[str, frozenset[str] | None]] = {
    "1": (PROHIBITED, None),
    "2": (DEFERRED, _ALL),
    "3": (TO_BE_JUDGED, _LIVE),
    "4": (PROHIBITED, _LIVE_AGAINST_HIV),
    "5": (DEFERRED, frozenset({v.BCG})),
    "6": (DEFERRED, frozenset(v.LIVE_INJECTED)),
    "7": (PROHIBITED, _LIVE),
    "8": (PROHIBITED, frozenset({v.DTAP, v.FIVE_IN_ONE})),
}


def restriction_of(state: str, start: date, until: date | None, vaccines: str | None, conclusion: str | None) -> Restriction:
    """What a state of health holds back: prohibited (禁忌), deferred to a day (延期), or to be judged by a doctor before each
    dose (评估). The doctor's own conclusion and vaccines stand where the state leaves them open."""
    named = frozenset(filter(None, (vaccines or "").split(",")))
    kind, concerned = STATES.get(state, (conclusion or TO_BE_JUDGED, None))
    if state == "6" and until is None:
        until = add_months(start, IMMUNOGLOBULIN_MONTHS)
    if state not in ("2", "5", "6", "7", "9"):  # what does not pass by itself
        until = None
    if kind == DEFERRED and until is None and state in ("2", "9"):  # an illness without an end named is asked about again in a week
        until = date.fromordinal(start.toordinal() + 7)
    return Restriction(named if concerned is None else concerned, kind, start, until)


# -- the books of a lot ------------------------------------------------------------------------------------------------


def balances(movements: Iterable[tuple[str, int]]) -> list[tuple[int, int | None]]:
    """After each movement of a lot: doses on hand by the books, and, on counting, how many more (less) there are than the books say. A
    count sets the books right. Received = given + passed on + discarded + on hand, or the difference shows."""
    found: list[tuple[int, int | None]] = []
    on_hand = 0
    for movement, doses in movements:
        difference = None
        if movement == RECEIVED:
            on_hand += doses
        elif movement == COUNTED:
            difference, on_hand = doses - on_hand, doses
        elif movement != LOCKED:
            on_hand -= doses
        found.append((on_hand, difference))
    return found


# -- adverse events ----------------------------------------------------------------------------------------------------

_event = records(ADVERSE_EVENT)


def handled_by_the_rules(event: RowSet) -> Expression:
    """Reported within 48 hours of being found, 2 where it is death, severe disability or a cluster; investigated within 48 hours of the
    report; the case form within 7 days."""
    in_time = (~event.urgent & (event.report_hours <= parameter("immunisation.report_hours"))) | (
        event.urgent & (event.report_hours <= parameter("immunisation.urgent_report_hours"))
    )
    begun = days_between(event.reported_on, event.investigated_on) <= parameter("immunisation.investigation_days")
    written = days_between(event.investigated_on, event.case_form_on) <= parameter("immunisation.case_form_days")
    return (in_time & begun & written).named(
        "按时报告、调查并完成个案调查表",
        "reported, investigated and written up in time",
        unmet=Text("没有按时报告、没有按时调查，或个案调查表没有完成", "not reported or investigated in time, or not written up"),
        source=ADVERSE,
    )


HANDLED = handled_by_the_rules(_event).node

# -- cold chain --------------------------------------------------------------------------------------------------------


def in_range(reading: RowSet) -> Expression:
    """2 to 8 ℃, both inclusive."""
    return (
        (reading.temperature >= parameter("immunisation.cold_lowest")) & (reading.temperature <= parameter("immunisation.cold_highest"))
    ).named("温度在规定范围内", "temperature within range", unmet=Text("温度超出规定范围", "temperature out of range"), source=MANAGEMENT)


# -- entry rules -------------------------------------------------------------------------------------------------------

_dose, _state, _certificate = records(VACCINATION), records(HEALTH_STATE), records(CERTIFICATE)
_stock, _reading, _school = records(STOCK), records(TEMPERATURE), records(SCHOOL_CHECK)


def _rule(table: str, name: str, holds: Expression, zh: str, en: str, fields: Sequence[str], source: Source) -> EntryRule:
    return EntryRule(name=f"{table}.{name}", table=table, holds=holds.node, refusal=Text(zh, en), fields=tuple(fields), source=source)


ENTRY_RULES = (
    _rule(
        "vaccination", "not_expired", _dose.expires_on.is_missing | (_dose.given_on <= _dose.expires_on),
        "接种日期{given_on}时疫苗已过有效期（{expires_on}）。请核对批号和有效期；确已接种过期疫苗的按接种事故报告。",
        "The vaccine had expired ({expires_on}) on {given_on}. Check lot and date; if it was given, report it as a fault.",
        ("expires_on",), LAW,
    ),
    _rule(
        "vaccination", "oral_by_mouth", _dose.way.is_missing | ~(_dose.vaccine == v.BOPV) | (_dose.way == "4"),
        "二价脊灰减毒活疫苗应口服。请核对疫苗或接种途径。",
        "Live polio vaccine is given by mouth. Check the vaccine or the way.",
        ("way",), GENERAL,
    ),
    _rule(
        "vaccination", "bcg_into_the_skin", _dose.way.is_missing | ~(_dose.vaccine == v.BCG) | (_dose.way == "3"),
        "卡介苗应皮内注射，严禁皮下或肌内注射。请核对疫苗或接种途径；确有误种的按接种事故报告。",
        "BCG is given into the skin only. Check the vaccine or the way; if it was given otherwise, report it as a fault.",
        ("way",), GENERAL,
    ),
    _rule(
        "vaccination", "programme_is_free",
        _dose.fee.is_missing | (_dose.fee == "1") | _dose.vaccine.is_in(v.FIVE_IN_ONE, *(c for c, x in v.VACCINES.items() if not x.free))
        | ~_dose.vaccine.is_in(*v.PROGRAMME_VACCINES),
        "免疫规划疫苗免费接种，费用类别不能填自费。请核对。",
        "Vaccines of the programme are free. Check who pays.",
        ("fee",), LAW,
    ),
    _rule(
        "vaccination_restriction", "ends_after_it_starts", _state.until.is_missing | (_state.until >= _state.started_on),
        "截止日期{until}早于起始日期{started_on}。请核对。",
        "It ends on {until}, before it starts on {started_on}. Check both days.",
        ("until",), SPECIAL,
    ),
    _rule(
        "vaccination_restriction", "names_its_vaccines", ~_state.state.is_in("1", "9") | _state.vaccines.is_present,
        "严重过敏和其他情形须写明涉及哪些疫苗。请补填。",
        "An allergy, or another state, must name the vaccines concerned. Fill them in.",
        ("vaccines",), SPECIAL,
    ),
    _rule(
        "vaccination_restriction", "other_is_concluded", ~(_state.state == "9") | _state.conclusion.is_present,
        "其他情形须由医生填写接种建议（禁忌、延期或评估后接种）。请补填。",
        "Another state needs a doctor's conclusion: prohibited, deferred or to be judged. Fill it in.",
        ("conclusion",), SPECIAL,
    ),
    _rule(
        "vaccination_adverse_event", "after_the_dose", _event.happened_on >= _event.dose_on,
        "反应发生日期{happened_on}早于接种日期{dose_on}。请核对。",
        "The reaction ({happened_on}) came before the vaccination ({dose_on}). Check both days.",
        ("happened_on",), ADVERSE,
    ),
    _rule(
        "vaccination_adverse_event", "found_after_it_happened", _event.found_on >= _event.happened_on,
        "发现日期{found_on}早于反应发生日期{happened_on}。请核对。",
        "Found on {found_on}, before it happened on {happened_on}. Check both days.",
        ("found_on",), ADVERSE,
    ),
    _rule(
        "vaccination_adverse_event", "reported_after_it_was_found", _event.reported_on.is_missing | (_event.reported_on >= _event.found_on),
        "报告日期{reported_on}早于发现日期{found_on}。请核对。",
        "Reported on {reported_on}, before it was found on {found_on}. Check both days.",
        ("reported_on",), ADVERSE,
    ),
    _rule(
        "vaccine_stock", "received_with_its_temperatures", ~(_stock.movement == RECEIVED) | _stock.transport_record,
        "没有运输全程温度记录的疫苗不得接收。请索取记录；确不能提供的拒收并报告。",
        "A delivery without its temperature record is refused. Ask for the record, or refuse the delivery and report it.",
        ("transport_record",), Source("中华人民共和国疫苗管理法", "第三十九条"),
    ),
    _rule(
        "vaccine_stock", "waste_has_a_reason", ~(_stock.movement == WASTED) | _stock.waste_reason.is_present,
        "报废疫苗须填报废原因。请补填。",
        "Doses discarded need a reason. Fill it in.",
        ("waste_reason",), MANAGEMENT,
    ),
    _rule(
        "school_certificate_check", "checked_within_new", _school.children_checked <= _school.children_new,
        "已查验{children_checked}人，多于新入（转）儿童{children_new}人。请核对。",
        "{children_checked} children were checked, more than the {children_new} who came. Check both.",
        ("children_checked",), ENTRY,
    ),
    _rule(
        "school_certificate_check", "catch_up_within_checked", _school.to_catch_up <= _school.children_checked,
        "需补种{to_catch_up}人，多于已查验{children_checked}人。请核对。",
        "{to_catch_up} are to catch up, more than the {children_checked} checked. Check both.",
        ("to_catch_up",), ENTRY,
    ),
    _rule(
        "school_certificate_check", "caught_up_within_found", _school.caught_up <= _school.to_catch_up,
        "已补种{caught_up}人，多于需补种{to_catch_up}人。请核对。",
        "{caught_up} have caught up, more than the {to_catch_up} found. Check both.",
        ("caught_up",), ENTRY,
    ),
)  # fmt: skip

# -- notices -----------------------------------------------------------------------------------------------------------

NOTICES = (
    Notice(
        name="vaccination.too_short_observation", table="vaccination",
        when=(_dose.observed_minutes < parameter("immunisation.observation_minutes")).node,
        text=Text("留观{observed_minutes}分钟，接种后须在现场留观30分钟。", "Observed for {observed_minutes} minutes; it must be 30."),
        source=MANAGEMENT,
    ),
    Notice(
        name="vaccination.not_asked", table="vaccination", when=(~_dose.informed).node,
        text=Text("接种前须告知并询问健康状况和接种禁忌。", "Inform, and ask about health and contraindications, before the injection."),
        urgent=True, source=LAW,
    ),
    Notice(
        name="certificate.mother_positive", table="vaccination_certificate",
        when=((_certificate.mother_hbsag == "2") & _certificate.immunoglobulin_on.is_missing).node,
        text=Text(
            "母亲乙肝表面抗原阳性：首针乙肝疫苗应在出生后12小时内接种，并在不同部位注射乙肝免疫球蛋白100IU。",
            "The mother is HBsAg positive: first dose within 12 hours, and 100 IU of immunoglobulin at another site.",
        ),
        urgent=True, source=SPECIAL,
    ),
    Notice(
        name="adverse.urgent", table="vaccination_adverse_event", when=_event.urgent.node,
        text=Text("死亡、严重残疾、群体性或有重大社会影响的，应在2小时内报告县级疾控机构。", "Report to the county CDC within 2 hours."),
        urgent=True, source=ADVERSE,
    ),
    Notice(
        name="cold_chain.out_of_range", table="cold_chain_reading", when=(~in_range(_reading)).node,
        text=Text(
            "温度{temperature}℃超出2～8℃：立即封存疫苗、查明超温时长并报告，未经评估不得使用。",
            "{temperature} ℃ is out of 2 to 8 ℃: lock the vaccines, find out for how long, report; do not use them before they are judged.",
        ),
        urgent=True, source=MANAGEMENT,
    ),
)  # fmt: skip
