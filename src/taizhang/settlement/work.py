"""The reckoning 核算: what each unit did from 1 January to a day, valued by the year's prices, less what findings take off and what was
paid. From membership alone, so that every line opens to the members it pays for. Nothing is stored here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from taizhang.config import home
from taizhang.county.models import OrganisationKind
from taizhang.figures.compute import Board
from taizhang.figures.counting import Laid
from taizhang.figures.findings import Finding, Findings
from taizhang.figures.membership import CODES, KEYS, listed, reading
from taizhang.figures.placing import Trees
from taizhang.kernel.arithmetic import round_half_away
from taizhang.kernel.checks import Check
from taizhang.kernel.indicators import Status
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.settlement.errors import SettlementError
from taizhang.settlement.models import Advance, FindingReview, Reversal, ReviewState, SettledUnit
from taizhang.settlement.services import Service, services

# Who is paid for public-health work; hospitals, institutes and the bureau are not.
PAID = (
    OrganisationKind.TOWNSHIP_HOSPITAL, OrganisationKind.COMMUNITY_CENTRE, OrganisationKind.VILLAGE_CLINIC,
    OrganisationKind.COMMUNITY_STATION,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorkLine:
    """So many of a service by a unit. price in fen; amount = quantity × price, whole fen without rounding."""

    unit: str
    service: Service
    quantity: int
    price: int

    @property
    def amount(self) -> int:
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class DeductionLine:
    """Paid work that bears a confirmed finding. amount: rounded once, to the fen."""

    unit: str
    service: Service
    check: Check
    quantity: int
    price: int
    percent: int

    @property
    def amount(self) -> int:
        return int(round_half_away(Fraction(self.quantity * self.price * self.percent, 100), 0))


@dataclass(frozen=True, slots=True)
class UnitBill:
    """What a unit has earned and been paid, in fen. carried: what earlier years paid it too much and it has not paid back (below nought:
    what it has paid back too much)."""

    unit: str
    name: Text
    kind: str
    work: tuple[WorkLine, ...]
    deductions: tuple[DeductionLine, ...]
    advanced: int
    paid_before: int
    reversed: int = 0
    carried: int = 0

    @property
    def value(self) -> int:
        return sum(line.amount for line in self.work)

    @property
    def deducted(self) -> int:
        return sum(line.amount for line in self.deductions)

    @property
    def balance(self) -> int:
        """Above nought: to be paid now. Below: paid too much so far, carried to the next settlement (of the next year too) or paid back."""
        return self.value - self.deducted - self.advanced - self.paid_before - self.reversed - self.carried

    @property
    def payable(self) -> int:
        return max(0, self.balance)


@dataclass(frozen=True, slots=True)
class PaidMember:
    """One that is paid for: a record (visit, examination, lecture), or a resident where the service pays one a person."""

    member: int
    resident: int | None
    organisation: str
    quantity: int
    day: date | None


class Reckoning:
    """The work of a year up to `through`, for an organisation and those below it, at one ledger version."""

    def __init__(
        self, organisation: str, through: date, *, version: int | None = None, day: date | None = None, trees: Trees | None = None
    ) -> None:
        today = day or home.current().working_day()
        if through > today:
            raise SettlementError(f"{through} 还没有到，不能结算。请选 {today} 或以前的日期。")
        self.through = through
        self.year = through.year
        self.board = Board(Period(date(through.year, 1, 1), through, through), version=version, day=today, trees=trees)
        self.tree = self.board.tree
        self.organisation = organisation
        self.units = tuple(u for u in self.tree.descendants(organisation) if self.tree.kind(u) in PAID)
        self.services = services()
        self.findings = Findings(self.board)

    @property
    def ledger_version(self) -> int:
        return self.board.ledger.number

    @property
    def period(self) -> Period:
        return self.board.period

    # -- bills -----------------------------------------------------------------------------------------------------------------

    @cached_property
    def bills(self) -> list[UnitBill]:
        """A bill for each unit that worked, was paid, or owes: in the order of the tree."""
        advances = self._at_units(
            Advance.objects.filter(year=self.year, paid_on__lte=self.through).values_list("organisation_id", "amount")
        )
        earlier = SettledUnit.objects.filter(
            settlement__year=self.year, settlement__through__lt=self.through, settlement__reopened_on__isnull=True
        )
        taken_back = self._at_units(
            Reversal.objects.filter(decided_on__year=self.year, decided_on__lte=self.through).values_list("organisation_id", "amount")
        )
        before = self._at_units((unit.organisation_id, unit.payable) for unit in earlier)
        carried = self._at_units(self._carried())
        work: dict[str, list[WorkLine]] = {}
        for service in self.services:
            price = service.price(self.through)
            if price is None:
                continue
            for code, quantity in self._quantities(service).items():
                work.setdefault(code, []).append(WorkLine(code, service, quantity, price))
        taken: dict[str, list[DeductionLine]] = {}
        for line in self.deductions:
            taken.setdefault(line.unit, []).append(line)
        return [
            UnitBill(
                unit, self.tree.name(unit), self.tree.kind(unit), tuple(work.get(unit, ())), tuple(taken.get(unit, ())),
                advances.get(unit, 0), before.get(unit, 0), taken_back.get(unit, 0), carried.get(unit, 0),
            )
            for unit in self.units
            if unit in work or unit in advances or unit in before or unit in taken_back or carried.get(unit)
        ]  # fmt: skip

    def _carried(self) -> Iterator[tuple[str, int]]:
        """上年结转: of each unit's last settlement before this year, what it was paid too much, with what that year's advances have
        added or taken back since."""
        settled = SettledUnit.objects.filter(settlement__year__lt=self.year, settlement__reopened_on__isnull=True)
        last = {unit.organisation_id: unit for unit in settled.select_related("settlement").order_by("settlement__through", "pk")}
        since: dict[str, int] = {}
        for code, year, paid_on, amount in Advance.objects.filter(year__lt=self.year, paid_on__lte=self.through).values_list(
            "organisation_id", "year", "paid_on", "amount"
        ):
            unit = last.get(code)
            if unit is not None and year == unit.settlement.year and paid_on > unit.settlement.through:
                since[code] = since.get(code, 0) + amount
        for code, unit in last.items():
            yield code, since.get(code, 0) - min(0, unit.balance)

    def _at_units(self, paid: Iterable[tuple[str, int]]) -> dict[str, int]:
        """Sums by the unit of today: what a unit that has since merged was paid stands with its successor."""
        found: dict[str, int] = {}
        for organisation, amount in paid:
            unit = self._unit_of(organisation)
            if unit in self.units:
                found[unit] = found.get(unit, 0) + amount
        return found

    def bill(self, unit: str) -> UnitBill | None:
        return next((bill for bill in self.bills if bill.unit == unit), None)

    def _quantities(self, service: Service) -> dict[str, int]:
        """What each unit itself did, without those below it; units that did nothing are left out."""
        laid = self._laid(service)
        if laid is None:
            return {}
        column = _column(service) or "members"
        found = {}
        for unit in self.units:
            own = laid.sum(unit, column) - sum(laid.sum(child, column) for child in self.tree.children(unit))
            if own:
                found[unit] = own
        return found

    def _laid(self, service: Service) -> Laid | None:
        """None where no such rule is in force."""
        if not service.indicator:
            return self.board.now.laid(service.population)
        indicator = service.in_force(self.through)
        if indicator is None or indicator.population is None:
            return None
        if self.board.now.of(indicator, self.organisation).status is Status.NO_RULE:
            return None
        return self.board.now.laid(indicator.population)

    # -- deductions ------------------------------------------------------------------------------------------------------------

    @cached_property
    def deductions(self) -> list[DeductionLine]:
        """Every paid member that bears confirmed findings is taken off once, at the highest rate among them."""
        found: dict[tuple[str, str, str, int], int] = {}
        by_service = {service.code: service for service in self.services}
        for service in self.services:
            worst: dict[tuple[int, str], tuple[int, str, int]] = {}
            for member, percent, check in self._bearing(service):
                unit = self._unit_of(member.organisation)
                key = (member.member, unit)
                if unit in self.units and percent > worst.get(key, (0, "", 0))[0]:
                    worst[key] = (percent, check, member.quantity)
            for (_, unit), (percent, check, quantity) in worst.items():
                found[unit, service.code, check, percent] = found.get((unit, service.code, check, percent), 0) + quantity
        lines = []
        for (unit, code, check, percent), quantity in sorted(found.items()):
            service = by_service[code]
            price = service.price(self.through)
            if price:
                lines.append(DeductionLine(unit, service, registry.checks[check], quantity, price, percent))
        return lines

    @cached_property
    def _confirmed(self) -> list[tuple[Finding, int]]:
        """Findings confirmed for the year that still hold, with the percent they take off."""
        reviewed: dict[str, list[int]] = {}
        for check, member in FindingReview.objects.filter(year=self.year, state=ReviewState.CONFIRMED).values_list("check_code", "member"):
            reviewed.setdefault(check, []).append(member)
        found = []
        for code, members in sorted(reviewed.items()):
            check = registry.checks.get(code)
            percent = None if check is None else deduction_parameter(check).at(self.through)
            if check is not None and percent:
                found += [(finding, percent) for finding in self.findings.members(code, self.organisation, only=members)]
        return found

    def _bearing(self, service: Service) -> list[tuple[PaidMember, int, str]]:
        """The paid members of a service that confirmed findings are about, with the percent and the check: the record itself; of a finding
        on a resident, all paid work of that line of work for the resident; of a finding on a record, the resident that a service of the
        same line pays for."""
        laid = self._laid(service)
        if laid is None or not service.price(self.through):
            return []
        wanted: dict[str, dict[int, list[tuple[int, str]]]] = {"member": {}, "resident": {}}
        for finding, percent in self._confirmed:
            rows, code = finding.check.population.rows, finding.check.code
            if rows is not None and service.table:
                if rows.contract.table == service.table:
                    wanted["member"].setdefault(finding.member, []).append((percent, code))
            elif finding.resident is not None and code.partition(".")[0] == service.programme:
                wanted["resident"].setdefault(finding.resident, []).append((percent, code))
        return [
            (paid, percent, code)
            for column, those in wanted.items()
            if those
            for paid in self._select(service, laid, f"{column} IN ({KEYS})", [listed(sorted(those))])
            for percent, code in those[paid.member if column == "member" else paid.resident or 0]
        ]

    # -- what a line pays for ----------------------------------------------------------------------------------------------------

    def members(self, service: Service, unit: str, *, limit: int | None = None, offset: int = 0) -> list[PaidMember]:
        """Those that a unit's line pays for, by resident and record."""
        laid = self._laid(service)
        if laid is None:
            return []
        below = {code for child in self.tree.children(unit) for code in laid.organisations(child)}
        own = [code for code in laid.organisations(unit) if code not in below]
        found = self._select(service, laid, f"organisation IN ({CODES})", [listed(own)], limit, offset)
        return self._dated(service, found)

    def _select(
        self, service: Service, laid: Laid, where: str, values: list[str], limit: int | None = None, offset: int = 0
    ) -> list[PaidMember]:
        column = _column(service)
        indicator = service.in_force(self.through)
        whole = indicator is not None and indicator.numerator is not None and indicator.numerator.type == "int"
        amount = f'"{column}"' if whole else "1"
        condition = "" if not column else f' AND "{column}" <> 0' if whole else f' AND "{column}"'
        limited = "" if limit is None else f" LIMIT {max(0, int(limit))} OFFSET {max(0, int(offset))}"
        with reading() as connection:
            lines = connection.execute(
                f"SELECT member, resident, organisation, {amount} FROM {laid.membership.relation} WHERE {where}{condition} "
                f"ORDER BY resident, member{limited}",
                values,
            ).fetchall()
        return [PaidMember(member, resident, place, quantity, None) for member, resident, place, quantity in lines]

    def _dated(self, service: Service, members: list[PaidMember]) -> list[PaidMember]:
        """The same with the day of each record, by the first day its table holds."""
        day = self._day_column(service)
        if not day or not members:
            return members
        connection = self.board.ledger.connect()
        try:
            days = dict(
                connection.execute(
                    f'SELECT id, "{day}" FROM "{service.table}" WHERE id IN ({KEYS})', [listed(m.member for m in members)]
                ).fetchall()
            )
        finally:
            connection.close()
        return [PaidMember(m.member, m.resident, m.organisation, m.quantity, days.get(m.member)) for m in members]

    @staticmethod
    def _day_column(service: Service) -> str:
        contract = registry.contracts.get(service.table)
        return next((c.name for c in contract.columns if c.type == "date"), "") if contract is not None else ""

    def _unit_of(self, organisation: str) -> str:
        return self.board.now.placing.node_of(organisation)

    # -- what is not settled yet ---------------------------------------------------------------------------------------------------

    @cached_property
    def unverified(self) -> list[Parameter]:
        """Prices and rates of deduction in use that no document of the county lays down."""
        used = {line.service.price_parameter.name for bill in self.bills for line in bill.work}
        used |= {deduction_parameter(line.check).name for line in self.deductions}
        return [registry.parameters[name] for name in sorted(used) if not registry.parameters[name].source.verified]


def deduction_parameter(check: Check) -> Parameter:
    """The percent of a price that a confirmed finding of this severity takes off."""
    return registry.parameters[f"settlement.deduct_{check.severity.value}"]


def _column(service: Service) -> str:
    return f"{service.indicator}.n" if service.indicator else ""
