"""On which days a closing falls that repeats."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from schedules.rules.closings import Closing, closed_days

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
NEW_YEAR, CULTURE_DAY = date(2026, 1, 1), date(2026, 11, 3)
CASES = Path(__file__).resolve().parents[3] / "frontend" / "src" / "pages" / "schedule" / "closings.cases.json"


def days(closing: Closing, *holidays: date, first: date = FIRST, last: date = LAST) -> list[date]:
    return list(closed_days([closing], first, last, set(holidays)))


def weekly(*weekdays: int, **fields: Any) -> Closing:
    return Closing("1", "weekly", frozenset(weekdays), **fields)


def test_weekly__every_wednesday__and_no_other_day() -> None:
    found = days(weekly(3))
    assert len(found) == 52
    assert {day.strftime("%a") for day in found} == {"Wed"}


def test_monthly__second_tuesday_and_last_sunday__once_in_each_month() -> None:
    found = days(Closing("1", "monthly", frozenset({2}), frozenset({2})))
    assert found[:3] == [date(2026, 1, 13), date(2026, 2, 10), date(2026, 3, 10)]
    assert len(found) == 12
    last = days(Closing("1", "monthly", frozenset({0}), frozenset({-1})))
    assert all((day + timedelta(days=7)).month != day.month for day in last)
    assert len(days(Closing("1", "monthly", frozenset({5}), frozenset({5})))) == 4, "most months have no fifth Friday"


def test_yearly__over_new_year__both_ends() -> None:
    found = days(Closing("1", "yearly", from_day="12-31", to_day="01-03"))
    assert found == [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3), date(2026, 12, 31)]
    assert days(Closing("1", "yearly", from_day="02-29", to_day="02-29")) == []


def test_dates__from_and_until__bound_it() -> None:
    found = days(weekly(3, valid_from=date(2026, 4, 1), valid_until=date(2026, 4, 15)))
    assert found == [date(2026, 4, 1), date(2026, 4, 8), date(2026, 4, 15)]


@pytest.mark.parametrize(
    ("case", "expected"),
    [("closed", [3, 10]), ("open", [10]), ("next_day", [4, 10])],
)
def test_holiday__on_a_tuesday__as_the_rule_says(case: Any, expected: list[int]) -> None:
    found = days(weekly(2, on_holiday=case), CULTURE_DAY, first=date(2026, 11, 1), last=date(2026, 11, 12))
    assert [day.day for day in found] == expected


def test_holidays__several_in_a_row__moves_behind_them_and_over_the_edge() -> None:
    row = [date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)]
    assert days(weekly(1, on_holiday="next_day"), *row, first=date(2026, 5, 7), last=date(2026, 5, 9)) == [
        date(2026, 5, 7)
    ]


def test_page__counts_the_same_days(shared: list[dict[str, Any]]) -> None:
    assert json.loads(CASES.read_text(encoding="utf-8")) == shared, "write what this expects into the file"


@pytest.fixture
def shared() -> list[dict[str, Any]]:
    """What the page is held to: rules, holidays, and the days that this module closes."""
    holidays = [NEW_YEAR, date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6), CULTURE_DAY]
    rules: list[dict[str, Any]] = [
        {"repeats": "weekly", "daysOfWeek": [3, 5]},
        {"repeats": "weekly", "daysOfWeek": [1], "onHoliday": "next_day"},
        {
            "repeats": "weekly",
            "daysOfWeek": [2],
            "onHoliday": "open",
            "validFrom": "2026-02-03",
            "validUntil": "2026-11-10",
        },
        {"repeats": "monthly", "daysOfWeek": [2], "weeks": [2, -1]},
        {"repeats": "monthly", "daysOfWeek": [0, 6], "weeks": [5]},
        {"repeats": "yearly", "fromDay": "12-31", "toDay": "01-03"},
        {"repeats": "yearly", "fromDay": "02-29", "toDay": "03-01"},
    ]
    blank: dict[str, Any] = {
        "daysOfWeek": [],
        "weeks": [],
        "fromDay": "",
        "toDay": "",
        "onHoliday": "closed",
        "validFrom": None,
        "validUntil": None,
    }
    found = []
    for number, rule in enumerate({**blank, **rule} for rule in rules):
        closing = Closing(
            str(number),
            rule["repeats"],
            frozenset(rule["daysOfWeek"]),
            frozenset(rule["weeks"]),
            rule["fromDay"],
            rule["toDay"],
            rule["onHoliday"],
            rule["validFrom"] and date.fromisoformat(rule["validFrom"]),
            rule["validUntil"] and date.fromisoformat(rule["validUntil"]),
        )
        closed = closed_days([closing], FIRST, LAST, set(holidays))
        found.append({"rule": rule, "holidays": [str(day) for day in holidays], "closed": [str(day) for day in closed]})
    return found
