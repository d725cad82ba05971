"""On which days a restaurant is closed again and again: every Wednesday, the second Tuesday, the first days of a year."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Repeats = Literal["weekly", "monthly", "yearly"]
OnHoliday = Literal["closed", "open", "next_day"]

LAST_WEEK = -1
LONGEST_MOVE = 14
"""How many days a closing may move on from a holiday: no country has as many holidays in a row."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing that repeats.

    ``weekly``: on ``days_of_week`` (0 = Sunday). ``monthly``: on those that are the first, second ... of their month (``weeks``, -1: the
    last). ``yearly``: from ``from_day`` to ``to_day`` (``MM-DD``), over New Year where the end comes before the beginning.
    ``on_holiday`` says what becomes of one that falls on a public holiday: it stays, is left out, or moves to the next day that is none.
    ``valid_from`` and ``valid_until`` bound the days on which it begins, both included.
    """

    id: str
    repeats: Repeats
    days_of_week: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    from_day: str = ""
    to_day: str = ""
    on_holiday: OnHoliday = "closed"
    valid_from: date | None = None
    valid_until: date | None = None

    def falls_on(self, day: date) -> bool:
        """Whether it falls on that day, before holidays are looked at."""
        if (self.valid_from and day < self.valid_from) or (self.valid_until and day > self.valid_until):
            return False
        if self.repeats == "yearly":
            return _within_year(f"{day:%m-%d}", self.from_day, self.to_day)
        if day.isoweekday() % 7 not in self.days_of_week:
            return False
        return self.repeats == "weekly" or not self.weeks.isdisjoint(_places(day))


def _within_year(day: str, first: str, last: str) -> bool:
    return first <= day <= last if first <= last else day >= first or day <= last


def _places(day: date) -> set[int]:
    """Which of its weekday in its month a day is, counted from the first and, for the last, from the end."""
    is_last = (day + timedelta(days=7)).month != day.month
    return {(day.day - 1) // 7 + 1, *([LAST_WEEK] if is_last else [])}


def closed_days(closings: Iterable[Closing], first: date, last: date, holidays: Container[date]) -> dict[date, Closing]:
    """The days from ``first`` to ``last`` that are closed, and by which of the closings (the first that says so)."""
    found: dict[date, Closing] = {}
    for closing in closings:
        for day in _days_of(closing, first, last, holidays):
            found.setdefault(day, closing)
    return dict(sorted(found.items()))


def _days_of(closing: Closing, first: date, last: date, holidays: Container[date]) -> Iterator[date]:
    reach = LONGEST_MOVE if closing.on_holiday == "next_day" else 0
    day = first - timedelta(days=reach)
    while day <= last:
        if closing.falls_on(day):
            moved = _moved(day, closing.on_holiday, holidays)
            if moved is not None and first <= moved <= last:
                yield moved
        day += timedelta(days=1)


def _moved(day: date, on_holiday: OnHoliday, holidays: Container[date]) -> date | None:
    if on_holiday == "closed" or day not in holidays:
        return day
    if on_holiday == "open":
        return None
    return next(
        (each for step in range(1, LONGEST_MOVE + 1) if (each := day + timedelta(days=step)) not in holidays), None
    )
