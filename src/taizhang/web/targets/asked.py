"""Which year's tasks a page is about, and who may set them."""

from dataclasses import replace
from decimal import Decimal

from django.http import HttpRequest

from taizhang.county.models import Role, Staff
from taizhang.figures.compute import Board
from taizhang.figures.model import Figure
from taizhang.figures.present import grouped
from taizhang.figures.targets import Forecast, forecast, year_so_far
from taizhang.kernel.arithmetic import round_half_away
from taizhang.kernel.indicators import Better
from taizhang.web.asking import Asked, asked
from taizhang.web.discretion import withheld
from taizhang.web.shown import Shown
from taizhang.web.units import change_unit_in

_POINTS = {"%": "个百分点", "‰": "个千分点"}
OFFICE = (Role.BUREAU_OFFICE, Role.ADMINISTRATOR)


def asked_year(request: HttpRequest, organisation: str | None = None) -> Asked:
    """The year so far: of a year that is over, all of it. A year that is none, or lies more than one ahead, is this year."""
    ask = asked(request, organisation)
    written = request.GET.get("year", "")
    year = int(written) if written.isascii() and written.isdigit() and len(written) == 4 else ask.day.year
    if not 1990 <= year <= ask.day.year:
        year = ask.day.year
    return replace(ask, period=year_so_far(year, ask.day), note="")


def may_set(staff: Staff, ask: Asked, organisation: str) -> bool:
    """The bureau's office sets every task; a township's office those of the units below it."""
    if staff.role in OFFICE:
        return organisation in ask.viewable
    own = ask.tree.present(staff.organisation_id)
    return staff.role == Role.TOWNSHIP_OFFICE and own is not None and organisation != own and organisation in ask.tree.descendants(own)


def may_name(staff: Staff) -> bool:
    """Who lays down the leader and the department."""
    return staff.role in OFFICE


def time_progress(ask: Asked) -> Decimal:
    """时间进度 in percent."""
    return round_half_away(ask.period.time_progress * 100, 2)


class Row:
    """A task and where it stands."""

    def __init__(self, figure: Figure, ask: Asked, *, leader: str = "", department: str = "") -> None:
        self.figure = figure
        self.shown = Shown(figure, ask.language, withheld(figure, ask.staff, ask.tree))
        self.leader, self.department = leader, department
        self._language = ask.language
        self.forecast: Forecast | None = None if self.shown.hidden else forecast(figure)

    @property
    def forecast_value(self) -> str:
        return "—" if self.forecast is None else grouped(self.forecast.value, self.figure.indicator.unit, self._language)

    @property
    def lacking(self) -> str:
        """差额: what is still missing to the task; nothing where it is reached."""
        aim, value = self.figure.target, self.figure.value
        if aim is None or value is None or self.shown.hidden or self.figure.indicator.better is Better.LOWER or value >= aim.value:
            return ""
        left = aim.value - value
        if self.figure.indicator.unit not in _POINTS:
            return grouped(left, self.figure.indicator.unit, self._language)
        return f"{grouped(left, '', self._language)}{change_unit_in(_POINTS[self.figure.indicator.unit], self._language)}"

    @property
    def state(self) -> str:
        """done, on, behind or none: whether it is reached, in pace, or behind."""
        if self.figure.target is None or self.figure.value is None or self.shown.hidden:
            return "none"
        if self.figure.completion is not None and self.figure.completion >= 100:
            return "done"
        on_pace = self.figure.on_pace
        return "none" if on_pace is None else "on" if on_pace else "behind"


def figures_for(board: Board, codes: list[str], organisation: str) -> list[Figure]:
    return [board.figure(indicator, organisation) for indicator in board.definitions(codes)]
