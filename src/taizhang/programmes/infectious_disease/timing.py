"""Moments to the minute, as the forms ask for them, and the minutes between two. County time has no summer time: the minutes between two
moments are those of the calendar."""

from datetime import date, datetime, time, timedelta

from taizhang.kernel.query.words import Expression, RowSet
from taizhang.kernel.registry import registry

Moment = tuple[date | None, int | None, int | None]  # day, hour, minute, as the forms ask for them


def moment(day: date | None, hour: int | None, minute: int | None) -> datetime | None:
    return None if day is None or hour is None or minute is None else datetime.combine(day, time(hour, minute))


def minutes_between(first: Moment, last: Moment) -> int | None:
    """Whole minutes from one moment to another; None while either is not known to the minute."""
    start, end = moment(*first), moment(*last)
    return None if start is None or end is None else int((end - start) // timedelta(minutes=1))


def in_force(name: str, day: date) -> int | None:
    """The number of a parameter of this line of work on a day."""
    return registry.parameters[f"infectious_disease.{name}"].at(day)


def day_of_limit(start: datetime | None, minutes: int | None) -> date | None:
    """The day on which so many minutes run out."""
    return None if start is None or minutes is None else (start + timedelta(minutes=minutes)).date()


def _minute(row: RowSet, name: str) -> Expression:
    hour: Expression = getattr(row, f"{name}_hour")
    minute: Expression = getattr(row, f"{name}_minute")
    return hour * 60 + minute


def not_before(row: RowSet, later: str, earlier: str) -> Expression:
    """To the minute."""
    on: Expression = getattr(row, f"{later}_on")
    since: Expression = getattr(row, f"{earlier}_on")
    return on.is_missing | (on > since) | ((on == since) & (_minute(row, later) >= _minute(row, earlier)))
