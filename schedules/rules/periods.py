"""Where periods begin and end, from the day of the month on which a restaurant closes its books."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction


def closing_date(year: int, month: int, closing_day: int) -> date:
    """The last day of the period that closes in that month; a shorter month closes on its last day."""
    return date(year, month, min(closing_day, monthrange(year, month)[1]))


def period_around(day: date, closing_day: int) -> tuple[date, date]:
    """First and last day of the period that ``day`` lies in."""
    end = closing_date(day.year, day.month, closing_day)
    if end < day:
        end = closing_date(*_month_after(day), closing_day)
    return closing_date(*_month_before(end), closing_day) + timedelta(days=1), end


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


def _month_after(day: date) -> tuple[int, int]:
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)


def _month_before(day: date) -> tuple[int, int]:
    return (day.year - 1, 12) if day.month == 1 else (day.year, day.month - 1)
