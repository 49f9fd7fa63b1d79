"""Checks on vaccinations, stock and cold chain."""

from taizhang.county.vocabulary import resident
from taizhang.kernel.checks import Check, Severity
from taizhang.kernel.query.words import parameter, records
from taizhang.kernel.text import Text
from taizhang.programmes.immunisation.elements import COUNTED, RECEIVED
from taizhang.programmes.immunisation.indicators import EVENTS, MOVEMENTS, READINGS, SCHOOLS, VACCINATIONS
from taizhang.programmes.immunisation.records import ADVERSE_EVENT, SCHOOL_CHECK, STOCK, TEMPERATURE, VACCINATION
from taizhang.programmes.immunisation.rules import handled_by_the_rules, in_range
from taizhang.programmes.immunisation.schedule.plan import TOO_NEAR_LIVE, TOO_SOON, TOO_YOUNG

_dose, _stock, _reading = records(VACCINATION), records(STOCK), records(TEMPERATURE)
_event, _school = records(ADVERSE_EVENT), records(SCHOOL_CHECK)

INVALID_DOSE = Check(
    code="immunisation.invalid_dose",
    name=Text("接种早于最小月龄或最短间隔", "A dose below its minimum age or interval"),
    severity=Severity.WARNING,
    population=VACCINATIONS,
    condition=_dose.verdict.is_in(TOO_YOUNG, TOO_SOON, TOO_NEAR_LIVE).node,
    explanation=Text(
        "提前接种的剂次无效，也可能是日期登记有误。", "A dose given too early does not count; or a day was written down wrongly."
    ),
    remedy=Text("核对接种日期；确属提前的，到期后重种。", "Check the day; if it was too early, give the dose again when it is due."),
)
AFTER_DEATH = Check(
    code="immunisation.vaccinated_after_death",
    name=Text("死亡后仍有接种", "A vaccination after the death"),
    severity=Severity.CRITICAL,
    population=VACCINATIONS,
    condition=(_dose.given_on > resident.died_on).node,
    explanation=Text("接种记录可能是虚构的，或死亡日期登记有误。", "The vaccination may be made up, or the date of death may be wrong."),
    remedy=Text(
        "核对死亡日期；接种不实的删除记录并追查录入人。",
        "Check the date of death; remove a record that is not true and ask who entered it.",
    ),
)
WITHOUT_LOT = Check(
    code="immunisation.without_lot",
    name=Text("接种记录没有批号", "A vaccination without a lot"),
    severity=Severity.WARNING,
    population=VACCINATIONS,
    condition=(_dose.lot == "").node,
    explanation=Text("没有批号就不能追溯，也无法召回。", "Without a lot nothing can be traced or recalled."),
    remedy=Text(
        "查接种台账或追溯码，补填批号和有效期。", "Look it up in the unit's book or by the tracing code, and fill in lot and expiry."
    ),
)
COUNT_DIFFERS = Check(
    code="immunisation.stock_differs",
    name=Text("疫苗盘点账实不符", "Stock counted differs from the books"),
    severity=Severity.WARNING,
    population=MOVEMENTS,
    condition=((_stock.movement == COUNTED) & ~(_stock.difference == 0)).node,
    explanation=Text(
        "入库数应等于接种、调出、报废和结存之和，差额说明有漏记或流失。",
        "What was received is given, passed on, discarded or on hand; a difference was not written down, or is lost.",
    ),
    remedy=Text(
        "逐批核对接种记录和出入库单，查明差额后更正并说明。",
        "Compare the lot's vaccinations and slips, find the difference and correct it.",
    ),
)
BOOKS_BELOW_NOUGHT = Check(
    code="immunisation.stock_below_nought",
    name=Text("疫苗账面结存为负", "Stock below nought by the books"),
    severity=Severity.CRITICAL,
    population=MOVEMENTS,
    condition=(_stock.on_hand < 0).node,
    explanation=Text(
        "用去的比入库的多，入库漏记或批号填错。", "More was used than received: a delivery was not entered, or a lot is wrong."
    ),
    remedy=Text("补记入库或更正批号。", "Enter the delivery, or correct the lot."),
)
WARM_ARRIVAL = Check(
    code="immunisation.warm_arrival",
    name=Text("到货温度超出2～8℃仍入库", "Received out of 2 to 8 ℃"),
    severity=Severity.CRITICAL,
    population=MOVEMENTS,
    condition=(
        (_stock.movement == RECEIVED)
        & (
            (_stock.arrival_temperature < parameter("immunisation.cold_lowest"))
            | (_stock.arrival_temperature > parameter("immunisation.cold_highest"))
        )
    ).node,
    explanation=Text("途中断链的疫苗可能失效。", "A vaccine that was warm on its way may have lost its power."),
    remedy=Text("封存该批疫苗并报告，由县级疾控机构评估。", "Lock the lot and report it; the county CDC judges it."),
)
OUT_OF_RANGE = Check(
    code="immunisation.cold_chain_out_of_range",
    name=Text("冷链温度超出2～8℃", "Cold chain out of 2 to 8 ℃"),
    severity=Severity.CRITICAL,
    population=READINGS,
    condition=(~in_range(_reading)).node,
    explanation=Text("设备故障、停电或开门过久。", "A broken refrigerator, a power cut, or a door left open."),
    remedy=Text(
        "封存疫苗，查明超温时长并报告评估，修复设备。", "Lock the vaccines, find out for how long, have them judged, mend the refrigerator."
    ),
)
NOT_HANDLED = Check(
    code="immunisation.adverse_event_late",
    name=Text("异常反应报告或调查超时", "An adverse event reported or investigated late"),
    severity=Severity.WARNING,
    population=EVENTS,
    condition=(~handled_by_the_rules(_event)).node,
    explanation=Text(
        "报告、开始调查或完成个案调查表超过时限，或尚未填写。", "Report, investigation or case form came late, or is not written down."
    ),
    remedy=Text("尽快完成调查和个案表；补填漏填的日期。", "Finish investigation and case form; fill in the days left out."),
)
SCHOOL_LATE = Check(
    code="immunisation.school_check_late",
    name=Text("补种后没有复核", "No second check after catching up"),
    severity=Severity.WARNING,
    population=SCHOOLS,
    condition=((_school.to_catch_up >= 1) & _school.rechecked_on.is_missing).node,
    explanation=Text(
        "查出需补种的，年底前应复核补种情况。", "Where children had to catch up, the school checks again by the end of the year."
    ),
    remedy=Text("复核补种情况，补填复核日期和补种人数。", "Check again, and fill in the day and how many have caught up."),
)
