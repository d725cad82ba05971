"""Which day of the period before a day is copied from: the same weekday, week by week, or the same day of the month."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date


def source_days(before: Sequence[date], days: Sequence[date]) -> dict[date, date]:
    """For each of ``days`` the day of ``before`` to copy: the first Monday takes the first Monday, and so on.

    Where a weekday comes once more than before, its first day serves again. ``before`` may lack a weekday: then nothing does.
    """
    return _one_after_another(before, days, date.weekday)


def same_dates(before: Sequence[date], days: Sequence[date]) -> dict[date, date]:
    """For each of ``days`` the day of ``before`` with the same number in its month; where there is none, nothing is copied.

    Where both have a number twice, as periods of two months do, the first takes the first and the second the second.
    """
    return _one_after_another(before, days, lambda day: day.day)


def _one_after_another(before: Sequence[date], days: Sequence[date], alike: Callable[[date], int]) -> dict[date, date]:
    """Days that are ``alike`` take each other's place in their order; where there are more of them than before, from the first again."""
    sources: dict[int, list[date]] = {}
    for day in sorted(before):
        sources.setdefault(alike(day), []).append(day)
    seen: Counter[int] = Counter()
    found: dict[date, date] = {}
    for day in sorted(days):
        if found_there := sources.get(alike(day)):
            found[day] = found_there[seen[alike(day)] % len(found_there)]
            seen[alike(day)] += 1
    return found


def week_days(week: Sequence[date], days: Sequence[date]) -> dict[date, date]:
    """For each of ``days`` the day of ``week`` with the same weekday; where the week has none, nothing is copied."""
    by_weekday = {day.weekday(): day for day in week}
    return {day: by_weekday[day.weekday()] for day in sorted(days) if day.weekday() in by_weekday}
