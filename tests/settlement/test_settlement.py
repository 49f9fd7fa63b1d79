"""Work and its pay: quantities that open to their visits, deductions, advances, approval; worked by hand in fen."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from settlement.conftest import CLINIC, OTHER, TOWNSHIP, Place
from taizhang.county.models import Change
from taizhang.kernel.registry import registry
from taizhang.ledger.models import LedgerVersion
from taizhang.settlement.advances import enter_advances
from taizhang.settlement.errors import SettlementError
from taizhang.settlement.excel import settlement_book
from taizhang.settlement.models import Advance, FindingReview, Reversal, SettledLine, Settlement
from taizhang.settlement.services import Service, read_services, services
from taizhang.settlement.settle import approve, fen, pay_advance, reopen, reverse, review, yuan
from taizhang.settlement.work import Reckoning

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
VISIT = 1200  # fen, a visit to a patient with hypertension


def service(code: str) -> Service:
    return next(each for each in services() if each.code == code)


def test_what_a_unit_did_is_valued_and_opens_to_its_visits(place: Place, laid_down: None) -> None:
    one, two = place.patient("样甲"), place.patient("样乙", clinic=1)
    first, second = place.visit(one, date(2026, 1, 1)), place.visit(one, MARCH)
    place.visit(one, date(2026, 4, 1))  # the day after
    place.visit(one, date(2025, 12, 31))  # the day before
    place.visit(one, date(2026, 2, 2), way="3")  # by telephone: no visit face to face
    own = place.visit(two, date(2026, 2, 3), TOWNSHIP)  # made by the township itself
    place.sync()
    reckoning = Reckoning("990101", MARCH)
    assert {bill.unit: (bill.value, bill.payable) for bill in reckoning.bills} == {
        TOWNSHIP: (VISIT, VISIT), CLINIC: (2 * VISIT, 2 * VISIT),
    }  # fmt: skip
    paid = reckoning.members(service("hypertension_visit"), CLINIC)
    assert [(m.member, m.resident, m.day) for m in paid] == [
        (first.pk, one.pk, date(2026, 1, 1)), (second.pk, one.pk, MARCH),
    ]  # fmt: skip
    assert [m.member for m in reckoning.members(service("hypertension_visit"), TOWNSHIP)] == [own.pk]  # not its clinics' again
    assert reckoning.members(service("hypertension_visit"), CLINIC, limit=1, offset=1)[0].member == second.pk
    assert Reckoning(OTHER, MARCH).bills == []


def test_a_day_to_come_cannot_be_settled(place: Place) -> None:
    place.visit(place.patient("样甲"), MARCH)
    place.sync()
    assert Reckoning("990101", JUNE).year == 2026  # the working day itself
    with pytest.raises(SettlementError, match="2026-07-01"):
        Reckoning("990101", date(2026, 7, 1))


def test_advances_and_earlier_settlements_are_taken_off(place: Place, laid_down: None) -> None:
    one = place.patient("样甲")
    for month in (1, 2, 3):
        place.visit(one, date(2026, month, 5))
    place.sync()
    pay_advance(CLINIC, 1000, paid_on=date(2026, 1, 31), document="样财社〔2026〕1号", actor="bureau")
    pay_advance(CLINIC, 500, paid_on=date(2026, 4, 1), document="样财社〔2026〕9号", actor="bureau")  # after the first settlement's day
    (bill,) = Reckoning("990101", MARCH).bills
    assert (bill.value, bill.advanced, bill.paid_before, bill.payable) == (3600, 1000, 0, 2600)
    first = approve(Reckoning("990101", MARCH), actor="bureau")
    assert LedgerVersion.objects.get(number=first.ledger_version).pinned_for.startswith("结算")
    place.visit(one, date(2026, 6, 30))
    place.visit(one, date(2026, 2, 20))  # written down late: paid by the next settlement
    place.sync()
    (bill,) = Reckoning("990101", JUNE).bills
    # 5 visits 60.00, less 15.00 in advance, less 26.00 paid: 19.00.
    assert (bill.value, bill.advanced, bill.paid_before, bill.payable) == (6000, 1500, 2600, 1900)
    frozen = first.units.get()
    assert (frozen.value, frozen.balance, frozen.lines.get().quantity) == (3600, 2600, 3)  # as it was
    again = Reckoning("990101", MARCH, version=first.ledger_version)
    assert len(again.members(service("hypertension_visit"), CLINIC)) == 3  # opens to what was paid for then


def test_what_was_advanced_beyond_the_work_is_carried(place: Place, laid_down: None) -> None:
    one = place.patient("样甲")
    place.visit(one, date(2026, 1, 5))
    place.sync()
    pay_advance(CLINIC, 3000, paid_on=date(2026, 1, 31), document="样财社〔2026〕1号", actor="bureau")
    (bill,) = Reckoning("990101", MARCH).bills
    assert (bill.balance, bill.payable) == (-1800, 0)
    approve(Reckoning("990101", MARCH), actor="bureau")
    for day in (1, 2, 3):
        place.visit(one, date(2026, 5, day))
    place.sync()
    (bill,) = Reckoning("990101", JUNE).bills
    assert (bill.value, bill.paid_before, bill.balance) == (4800, 0, 1800)  # what was carried is not paid twice, nor lost


def test_a_confirmed_finding_takes_off_what_it_is_about(place: Place, laid_down: None) -> None:
    one, two = place.patient("样甲"), place.patient("样乙")
    wrong = place.visit(one, date(2026, 1, 5), late=False)
    place.visit(one, date(2026, 2, 5))
    place.visit(two, date(2026, 2, 6))
    one.died_on = date(2026, 1, 20)
    one.save()
    place.sync()
    reckoning = Reckoning("990101", MARCH)
    (hit,) = reckoning.findings.members("hypertension.visit_after_death", "990101")
    assert (hit.resident, hit.member != wrong.pk, reckoning.findings.count(hit.check.code, CLINIC)) == (one.pk, True, 1)
    (bill,) = reckoning.bills
    assert bill.deducted == 0  # open: nothing is taken off
    review(hit.check.code, [hit.member], 2026, "confirmed", note="电话核实，家属称未随访", actor="bureau")
    (bill,) = Reckoning("990101", MARCH).bills
    (line,) = bill.deductions
    # A critical finding takes off 200% of the price of the one visit.
    assert (line.quantity, line.percent, line.amount, bill.payable) == (1, 200, 2400, bill.value - 2400)
    assert Reckoning("990101", MARCH).findings.members(hit.check.code, OTHER) == []
    review(hit.check.code, [hit.member], 2026, "dismissed", note="死亡日期登记错误", actor="bureau")
    (bill,) = Reckoning("990101", MARCH).bills
    assert bill.deducted == 0
    assert FindingReview.objects.count() == 1
    assert Change.objects.filter(table="settlement_findingreview", operation="U").count() == 1  # the first decision is kept


def test_a_review_of_last_year_takes_nothing_off_this_year(place: Place, laid_down: None) -> None:
    one = place.patient("样甲")
    made = place.visit(one, date(2026, 2, 5))
    one.died_on = date(2026, 1, 20)
    one.save()
    place.sync()
    review("hypertension.visit_after_death", [made.pk], 2025, "confirmed", note="核实", actor="bureau")
    assert all(bill.deducted == 0 for bill in Reckoning("990101", MARCH).bills)


def test_a_finding_on_a_patient_is_about_all_the_paid_visits(place: Place, laid_down: None) -> None:
    one, two = place.patient("样甲"), place.patient("样乙")
    days = [date(2026, 1, 5), date(2026, 2, 5), date(2026, 3, 5), date(2026, 3, 20)]
    for day in days:
        place.visit(one, day, systolic=130, diastolic=80)
        place.visit(two, day)
    place.sync()
    reckoning = Reckoning("990101", MARCH)
    hits = reckoning.findings.members("hypertension.always_round", "990101")
    assert [hit.resident for hit in hits] == [one.pk]
    review("hypertension.always_round", [hits[0].member], 2026, "confirmed", note="入户复测不符", actor="bureau")
    (bill,) = Reckoning("990101", MARCH).bills
    (line,) = bill.deductions
    assert (line.quantity, line.percent, line.amount) == (4, 100, 4 * VISIT)
    assert bill.payable == 4 * VISIT


def test_nothing_is_approved_by_prices_that_nobody_laid_down(place: Place) -> None:
    place.visit(place.patient("样甲"), date(2026, 1, 5))
    place.sync()
    with pytest.raises(SettlementError, match="高血压患者面对面随访单价"):
        approve(Reckoning("990101", MARCH), actor="bureau")
    assert not Settlement.objects.exists()


def test_a_unit_is_settled_once_for_a_day(place: Place, laid_down: None) -> None:
    place.visit(place.patient("样甲"), date(2026, 1, 5))
    place.sync()
    approve(Reckoning(TOWNSHIP, MARCH), actor="bureau")
    for scope, day in (("990101", MARCH), (CLINIC, date(2026, 2, 28))):
        with pytest.raises(SettlementError, match="已结算到 2026-03-31"):
            approve(Reckoning(scope, day), actor="bureau")
    approve(Reckoning("990101", date(2026, 4, 1)), actor="bureau")
    assert SettledLine.objects.count() == 2
    with pytest.raises(SettlementError, match="没有可结算"):
        approve(Reckoning(OTHER, JUNE), actor="bureau")


# -- after the approval ----------------------------------------------------------------------------------------------------------


def test_a_settlement_found_wrong_before_it_was_paid_is_reopened_and_made_anew(place: Place, laid_down: None) -> None:
    one = place.patient("样甲")
    visits = [place.visit(one, date(2026, month, 5)) for month in (1, 2, 3)]
    place.sync()
    wrong = approve(Reckoning("990101", MARCH), actor="bureau")
    with pytest.raises(SettlementError, match="没有重开原因"):
        reopen(wrong, reason=" ", actor="bureau")
    visits[0].delete()
    place.sync()
    reopen(wrong, reason="一次随访核实未做，付款前发现", actor="bureau", day=JUNE)
    right = approve(Reckoning("990101", MARCH), actor="bureau")  # the same day once more
    assert (wrong.units.get().value, right.units.get().value, right.units.get().paid_before) == (3600, 2400, 0)
    wrong.refresh_from_db()
    assert (wrong.reopened_on, wrong.reopened_by) == (JUNE, "bureau")
    with pytest.raises(SettlementError, match="没有再次重开"):
        reopen(wrong, reason="再开", actor="bureau")
    place.visit(one, JUNE)
    place.sync()
    later = approve(Reckoning("990101", JUNE), actor="bureau")
    assert later.units.get().paid_before == 2400  # what was reopened was not paid
    with pytest.raises(SettlementError, match=f"第{later.pk}号结算"):
        reopen(right, reason="再开", actor="bureau")


def test_what_an_earlier_year_paid_wrongly_is_taken_off_this_year(place: Place, laid_down: None) -> None:
    one = place.patient("样甲")
    for day in (date(2025, 3, 5), date(2025, 6, 5), date(2025, 9, 5), date(2026, 1, 5), date(2026, 2, 5)):
        place.visit(one, day)
    place.sync()
    first = approve(Reckoning("990101", date(2025, 6, 30)), actor="bureau")
    last = approve(Reckoning("990101", date(2025, 12, 31)), actor="bureau")
    (line,) = last.units.get().lines.all()
    with pytest.raises(SettlementError, match="最后一次结算"):
        reverse(first.units.get().lines.get(), 1, reason="核实未做", actor="bureau", day=MARCH)
    for quantity in (0, 4):
        with pytest.raises(SettlementError, match="1至3之间"):
            reverse(line, quantity, reason="核实未做", actor="bureau", day=MARCH)
    made = reverse(line, 1, reason="6月随访核实未做，已更正", actor="bureau", day=MARCH)
    assert (made.amount, made.organisation_id) == (VISIT, CLINIC)
    with pytest.raises(SettlementError, match="1至2之间"):
        reverse(line, 3, reason="核实未做", actor="bureau", day=MARCH)
    (before,) = Reckoning("990101", date(2026, 3, 30)).bills
    (bill,) = Reckoning("990101", MARCH).bills
    assert (before.reversed, bill.value, bill.reversed, bill.payable) == (0, 2400, VISIT, VISIT)
    now = approve(Reckoning("990101", MARCH), actor="bureau")
    assert now.units.get().reversed == VISIT
    with pytest.raises(SettlementError, match="自动多退少补"):
        reverse(now.units.get().lines.get(), 1, reason="核实未做", actor="bureau", day=JUNE)
    with pytest.raises(SettlementError, match="已有冲销"):
        reopen(last, reason="重开", actor="bureau")
    assert Reversal.objects.count() == 1


HEAD = ["机构代码", "机构", "金额（元）", "拨付日期", "拨付文件"]


@pytest.mark.usefixtures("county")
def test_a_list_of_advances_is_entered_whole_or_not_at_all() -> None:
    good = [(1, ["2026年预拨清单"]), (2, HEAD), (3, [CLINIC, "", "1,000.00", "2026-03-18", "样财社〔2026〕1号"])]
    named = (4, ["", "山口村卫生室", "800", "2026/3/18", "样财社〔2026〕1号"])
    total = (5, ["合计", "", "1800", "", ""])
    wrong = [
        *good,
        (4, ["990101-CDC", "", "5", "2026-03-18", "文"]),
        (5, [CLINIC, "山口村卫生室", "5", "2026-03-18", "文"]),
        (6, [CLINIC, "", "五", "2026-03-18", "文"]),
        (7, [CLINIC, "", "5", "2026-02-30", "文"]),
        (8, [OTHER, "", "5", "2026-03-18", ""]),
    ]
    with pytest.raises(SettlementError) as caught:
        enter_advances(wrong, actor="bureau")
    told = str(caught.value)
    assert all(f"第{row}行" in told for row in (4, 5, 6, 7, 8))
    assert "第3行" not in told
    assert not Advance.objects.exists()
    with pytest.raises(SettlementError, match="没有找到表头"):
        enter_advances([(1, ["单位", "钱"])], actor="bureau")
    with pytest.raises(SettlementError, match="不在您的权限范围"):
        enter_advances(good, actor="township", may=lambda code: False)
    entered = enter_advances([*good, named, total], actor="bureau")
    assert (entered.made, entered.amount, entered.unchanged) == (2, 180_000, 0)
    assert enter_advances([*good, named, total], actor="bureau").unchanged == 2
    assert Advance.objects.count() == 2


# -- advances and money ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("written", "amount"), [("12", 1200), ("12.3", 1230), ("1,234.56", 123456), ("-5.00", -500)])
def test_yuan_become_fen_exactly(written: str, amount: int) -> None:
    assert fen(written) == amount
    assert yuan(amount) == Decimal(written.replace(",", ""))


@pytest.mark.parametrize("written", ["", "十二", "1.234", "NaN", "1e20", "Infinity"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(SettlementError, match="元数"):
        fen(written)


@pytest.mark.usefixtures("county")
def test_an_advance_is_entered_once_and_only_for_a_unit_that_is_paid() -> None:
    paid = {"paid_on": MARCH, "document": "样财社〔2026〕1号", "actor": "bureau"}
    pay_advance(CLINIC, 1000, **paid)  # type: ignore[arg-type]
    with pytest.raises(SettlementError, match="已经登记"):
        pay_advance(CLINIC, 1000, **paid)  # type: ignore[arg-type]
    with pytest.raises(SettlementError, match="不是"):
        pay_advance("990101-CDC", 1000, **paid)  # type: ignore[arg-type]
    with pytest.raises(SettlementError, match="拨付文件"):
        pay_advance(CLINIC, 1000, paid_on=MARCH, document=" ", actor="bureau")
    with pytest.raises(SettlementError, match="还没有到"):
        pay_advance(CLINIC, 1000, paid_on=date(2026, 7, 1), document="样", actor="bureau")
    assert Advance.objects.count() == 1


# -- the price list --------------------------------------------------------------------------------------------------------------


def test_every_shipped_service_has_a_price_and_what_it_pays() -> None:
    shipped = services()
    assert len(shipped) == len({each.code for each in shipped}) >= 15
    for each in shipped:
        assert each.price(JUNE), each.code
        assert each.programme in registry.programmes, each.code


def test_records_of_a_table_can_be_paid_by_a_condition(place: Place, laid_down: None, tmp_path: Path) -> None:
    file = tmp_path / "list.yaml"
    file.write_text(
        """
hypertension_visit:
  programme: hypertension
  name: {zh: 电话随访, en: Calls}
  unit: 人次
  pays: {table: hypertension_follow_up, day: visited_on, where: {way: ["3"]}}
""",
        encoding="utf-8",
    )
    one = place.patient("样甲")
    place.visit(one, date(2026, 2, 1))
    call = place.visit(one, date(2026, 2, 2), way="3")
    place.sync()
    reckoning = Reckoning("990101", MARCH)
    reckoning.services = read_services(file)
    (bill,) = reckoning.bills
    assert (bill.work[0].quantity, bill.value) == (1, VISIT)
    assert [m.member for m in reckoning.members(reckoning.services[0], CLINIC)] == [call.pk]


@pytest.mark.parametrize(
    ("pays", "told"),
    [
        ("{indicator: no.such}", "no.such"),
        ("{indicator: hypertension.standard}", "不能据以付费"),  # how it stands against a rule
        ("{indicator: supervision.coverage}", "只有报表数"),
        ("{table: no_table, day: visited_on}", "no_table"),
        ("{table: hypertension_follow_up, day: no_day}", "no_day"),
    ],
)
def test_a_service_that_pays_for_nothing_is_refused(tmp_path: Path, pays: str, told: str) -> None:
    file = tmp_path / "list.yaml"
    file.write_text(
        f"hypertension_visit:\n  programme: hypertension\n  name: {{zh: 甲, en: A}}\n  unit: 次\n  pays: {pays}\n", encoding="utf-8"
    )
    with pytest.raises(SettlementError, match=told):
        read_services(file)


# -- every check, and files ------------------------------------------------------------------------------------------------------


def test_every_declared_check_can_be_evaluated(place: Place) -> None:
    place.visit(place.patient("样甲"), date(2026, 1, 5))
    place.sync()
    reckoning = Reckoning("990101", MARCH)
    for code in registry.checks:
        assert reckoning.findings.count(code, "990101") == len(reckoning.findings.members(code, "990101")), code


def test_the_workbook_holds_the_bills_and_every_paid_record(place: Place, laid_down: None) -> None:
    one = place.patient("样甲")
    visits = [place.visit(one, date(2026, month, 5)) for month in (1, 2, 3)]
    place.sync()
    pay_advance(CLINIC, 1000, paid_on=date(2026, 1, 31), document="样财社〔2026〕1号", actor="bureau")
    book = CalamineWorkbook.from_filelike(BytesIO(settlement_book(Reckoning("990101", MARCH), details=True)))
    summary = book.get_sheet_by_name("结算汇总").to_python()
    assert summary[3] == [CLINIC, "河湾村卫生室", 36.0, 0.0, 10.0, 0.0, 0.0, 0.0, 26.0, 0.0]
    assert summary[4][0] == "合计"
    assert summary[4][2:] == summary[3][2:]
    assert book.get_sheet_by_name("工作量").to_python()[3][:6] == ["河湾村卫生室", "高血压患者面对面随访", 3.0, "人次", 12.0, 36.0]
    details = book.get_sheet_by_name("付费明细").to_python()[3:]
    assert [row[2] for row in details] == [visit.pk for visit in visits]
    assert sum(row[6] for row in details) == 36.0
    assert "样甲" not in str(summary + details)


def test_queries_do_not_grow_with_units(place: Place, laid_down: None, django_assert_max_num_queries: Callable[..., object]) -> None:
    for number in range(3):
        place.visit(place.patient(f"样{number}", clinic=number), MARCH, place.county.clinics[number])
    place.sync()
    with django_assert_max_num_queries(13):  # type: ignore[attr-defined]
        assert len(Reckoning("990101", MARCH).bills) == 3


def test_what_was_paid_too_much_is_carried_over_the_year_s_end(place: Place, laid_down: None) -> None:
    one = place.patient("样甲")
    for day in (date(2025, 3, 5), date(2026, 1, 5), date(2026, 2, 5)):
        place.visit(one, day)
    place.sync()
    pay_advance(CLINIC, 3 * VISIT, paid_on=date(2025, 2, 1), document="样财社〔2025〕1号", actor="bureau", day=MARCH)
    last = approve(Reckoning("990101", date(2025, 12, 31)), actor="bureau")
    settled = last.units.get()
    assert (settled.balance, settled.payable, settled.carried) == (-2 * VISIT, 0, 0)
    (bill,) = Reckoning("990101", date(2026, 1, 31)).bills  # one visit, less the two that last year paid too much
    assert (bill.value, bill.carried, bill.balance, bill.payable) == (VISIT, 2 * VISIT, -VISIT, 0)
    now = approve(Reckoning("990101", MARCH), actor="bureau")
    assert [(unit.carried, unit.balance) for unit in now.units.all()] == [(2 * VISIT, 0)]
    with pytest.raises(SettlementError, match=f"第{now.pk}号结算"):
        reopen(last, reason="重开", actor="bureau")  # this year was reckoned upon it
    # What is paid back of last year's advance is owed no more.
    pay_advance(CLINIC, -VISIT, paid_on=date(2026, 4, 1), document="样财社〔2026〕9号", actor="bureau", year=2025, day=JUNE)
    place.visit(one, JUNE)
    place.sync()
    (bill,) = Reckoning("990101", JUNE).bills
    assert (bill.carried, bill.balance) == (VISIT, 2 * VISIT)
