"""Which day of the period before a day is copied from: the same weekday, week by week, or the same day of the month."""

from collections.abc import Sequence
from datetime import date


def source_days(before: Sequence[date], days: Sequence[date]) -> dict[date, date]:
    """For each of ``days`` the day of ``before`` to copy: the first Monday takes the first Monday, and so on.

    Where a weekday comes once more than before, its first day serves again. ``before`` may lack a weekday: then nothing does.
    """
    by_weekday: dict[int, list[date]] = {}
    for day in sorted(before):
        by_weekday.setdefault(day.weekday(), []).append(day)
    seen: dict[int, int] = {}
    found: dict[date, date] = {}
    for day in sorted(days):
        sources = by_weekday.get(day.weekday())
        if sources:
            found[day] = sources[seen.get(day.weekday(), 0) % len(sources)]
            seen[day.weekday()] = seen.get(day.weekday(), 0) + 1
    return found


def same_dates(before: Sequence[date], days: Sequence[date]) -> dict[date, date]:
    """For each of ``days`` the day of ``before`` with the same number in its month; where there is none, nothing is copied."""
    by_number = {day.day: day for day in sorted(before, reverse=True)}
    return {day: by_number[day.day] for day in sorted(days) if day.day in by_number}


def week_days(week: Sequence[date], days: Sequence[date]) -> dict[date, date]:
    """For each of ``days`` the day of ``week`` with the same weekday; where the week has none, nothing is copied."""
    by_weekday = {day.weekday(): day for day in week}
    return {day: by_weekday[day.weekday()] for day in sorted(days) if day.weekday() in by_weekday}
