"""What people write above a month, and which days they mean by it."""

from datetime import date, timedelta
from typing import Any

import pytest

from schedules.exports.headings import days_above, disagreeing

PERIOD = [date(2025, 7, 21) + timedelta(days=step) for step in range(31)]
"""21 July (a Monday) to 20 August 2025."""
TWO_MONTHS = [date(2025, 7, 1) + timedelta(days=step) for step in range(62)]
LINES = [f"{day:%-d}" for day in PERIOD]


@pytest.mark.parametrize(
    "written",
    [
        "2025-07-21", "2025/7/21", "2025年7月21日", "2025-07-21T00:00:00", "令和7年7月21日", "R7.7.21", "7/21", "7月21日", "７／２１",
        "7/21(月)", "7/21（月）", "7/21 (月)", "7/21\n月", "7月21日(月曜日)", "21日", "21日(月)", "21日月", "21 Jul", "Jul 21", "21-Jul", "July 21st",
        "Mon 7/21", "21 Jul (Mon)", "21/7", "7/21/2025", "21/07/2025", "7/21/25", ["day", "2025-07-21"], ["time", "2025-07-20 23:59:41"],
        ["number", "45859"],
    ],
)  # fmt: skip
def test_heading__however_it_is_written__is_that_day(written: Any) -> None:
    assert days_above(["名前", written], PERIOD) == {1: date(2025, 7, 21)}


@pytest.mark.parametrize(
    "written",
    [
        "",
        "名前",
        "公休",
        "計",
        "月",
        "7月",
        "早",
        "9-17",
        "45/99",
        "32",
        "21.5",
        ["flag", "TRUE"],
        ["number", "3"],
        ["time", "09:30:00"],
    ],
)
def test_heading__no_day__is_none(written: Any) -> None:
    assert days_above(["名前", written], PERIOD) == {}


@pytest.mark.parametrize("kind", ["text", "number", "suffix"])
def test_row_of_numbers__over_two_months__goes_on_into_the_next(kind: str) -> None:
    kinds: dict[str, list[Any]] = {
        "text": [*LINES],
        "number": [["number", line] for line in LINES],
        "suffix": [f"{line}日" for line in LINES],
    }
    found = days_above(["名前", "役職", *kinds[kind], "公休", "出勤", ["number", "9"]], PERIOD)
    assert found == dict(enumerate(PERIOD, 2))


def test_row_of_numbers__closed_days_left_out__are_not_counted_on() -> None:
    found = days_above(["", "21", "22", "24", "25", "1"], PERIOD)
    assert [str(day)[5:] for day in found.values()] == ["07-21", "07-22", "07-24", "07-25", "08-01"]


@pytest.mark.parametrize(("weekday", "month"), [("火", 7), ("金", 8)])
def test_row_of_numbers__two_such_days__the_weekdays_below_tell(weekday: str, month: int) -> None:
    names = "月火水木金土日"
    below = [names[(names.index(weekday) + step) % 7] for step in range(31)]
    found = days_above(["", *map(str, range(1, 32))], TWO_MONTHS, ["", *below])
    assert found == {number: date(2025, month, number) for number in range(1, 32)}


def test_few_numbers__a_row_of_figures__is_no_row_of_days() -> None:
    assert days_above(["早番", "1", "2"], PERIOD) == {}
    assert days_above(["出勤", "5", "5", "4", "5", "5"], PERIOD) == {}


def test_weekdays__of_another_month__disagree() -> None:
    days = days_above(["", "7/21", "7/22", "7/23"], PERIOD)
    assert disagreeing(days, ["", "月", "火", "水"]) is None
    assert disagreeing(days, ["", "木", "金", "土"]) == 1
    assert disagreeing(days, ["", "月", "金", "水"]) is None, "one slip is no other month"
