"""Where periods begin and end, from the day of the month on which a restaurant closes its books."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

LONGEST_PERIOD_DAYS = 62

Days = tuple[date, date]
"""A first and a last day."""


def closing_date(year: int, month: int, closing_day: int) -> date:
    """The last day of the period that closes in that month; a shorter month closes on its last day."""
    if not date.min.year <= year <= date.max.year:  # a period at the end of all dates, from before there was a bound
        return date.min if year < date.min.year else date.max
    return date(year, month, min(closing_day, monthrange(year, month)[1]))


def period_around(day: date, closing_day: int) -> tuple[date, date]:
    """First and last day of the period that ``day`` lies in."""
    end = closing_date(day.year, day.month, closing_day)
    if end < day:
        end = closing_date(*_month_after(day), closing_day)
    before = closing_date(*_month_before(end), closing_day)
    return (before if before == date.min else before + timedelta(days=1)), end


def period_after(end: date, closing_day: int) -> tuple[date, date]:
    """First and last day of the period that follows one which ended on ``end``: it starts the day after, whatever."""
    start = end + timedelta(days=1)
    return start, period_around(start, closing_day)[1]


SHORTEST_MONTH = 28


def month_part(start: date, end: date, closing_day: int) -> Fraction:
    """How much of a month a period is: 1, unless it is shorter than any month or lies within one month of the restaurant's."""
    first, last = period_around(start, closing_day)
    length = (end - start).days + 1
    if length >= SHORTEST_MONTH and not (first <= start and end <= last):
        return Fraction(1)
    days = (start + timedelta(days=step) for step in range(length))
    months = (period_around(day, closing_day) for day in days)
    return min(Fraction(1), sum((Fraction(1, (last - first).days + 1) for first, last in months), Fraction(0)))


def next_period(today: date, planned: Iterable[Days], closing_day: int) -> Days:
    """The first period from today's on that is not ``planned``, shortened where it would run into a planned one.

    What is planned beyond a gap, or lies long ago, does not count: the period that is needed next is near today.
    """
    taken = sorted(days for days in planned if days[1] >= period_around(today, closing_day)[0])
    start, end = period_around(today, closing_day)
    for first, last in taken:
        if start < first:
            return start, min(end, first - timedelta(days=1))
        start, end = period_after(last, closing_day)
    return start, end


def _month_after(day: date) -> tuple[int, int]:
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)


def _month_before(day: date) -> tuple[int, int]:
    return (day.year - 1, 12) if day.month == 1 else (day.year, day.month - 1)
