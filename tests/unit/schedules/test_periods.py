"""Periods by closing day."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.rules.periods import closing_date, month_part, next_period, period_after, period_around

days = st.dates(date(1990, 1, 1), date(2190, 12, 31))
closing_days = st.integers(1, 31)


@pytest.mark.parametrize(
    ("day", "closing_day", "start", "end"),
    [
        ("2025-08-01", 20, "2025-07-21", "2025-08-20"),
        ("2025-08-20", 20, "2025-07-21", "2025-08-20"),
        ("2025-08-21", 20, "2025-08-21", "2025-09-20"),
        ("2025-12-21", 20, "2025-12-21", "2026-01-20"),
        ("2026-01-01", 20, "2025-12-21", "2026-01-20"),
        ("2025-02-10", 31, "2025-02-01", "2025-02-28"),
        ("2024-02-29", 31, "2024-02-01", "2024-02-29"),
        ("2025-03-01", 30, "2025-03-01", "2025-03-30"),
        ("2025-03-31", 30, "2025-03-31", "2025-04-30"),
        ("2025-01-01", 1, "2024-12-02", "2025-01-01"),
    ],
)
def test_period_around__known_days__is_the_one_that_people_would_say(
    day: str, closing_day: int, start: str, end: str
) -> None:
    assert period_around(date.fromisoformat(day), closing_day) == (date.fromisoformat(start), date.fromisoformat(end))


@given(day=days, closing_day=closing_days)
def test_period_around__any_day__holds_it_and_ends_on_a_closing_date(day: date, closing_day: int) -> None:
    start, end = period_around(day, closing_day)
    assert start <= day <= end
    assert end == closing_date(end.year, end.month, closing_day)
    assert 28 <= (end - start).days + 1 <= 31


@given(day=days, closing_day=closing_days)
def test_period_after__regular_period__is_that_of_the_next_day(day: date, closing_day: int) -> None:
    start, end = period_around(day, closing_day)
    assert period_after(end, closing_day) == period_around(end + timedelta(days=1), closing_day)
    assert period_around(start - timedelta(days=1), closing_day)[1] == start - timedelta(days=1)


@given(end=days, closing_day=closing_days)
def test_period_after__any_end__leaves_no_gap(end: date, closing_day: int) -> None:
    start, finish = period_after(end, closing_day)
    assert start == end + timedelta(days=1)
    assert start <= finish


@pytest.mark.parametrize(
    ("start", "end", "closing_day", "part"),
    [
        ("2025-06-20", "2025-06-30", 31, Fraction(11, 30)),
        ("2025-06-10", "2025-06-20", 20, Fraction(11, 31)),
        ("2025-06-15", "2025-06-25", 20, Fraction(6, 31) + Fraction(5, 30)),
        ("2025-06-02", "2025-06-30", 31, Fraction(29, 30)),
        ("2025-06-01", "2025-06-30", 20, Fraction(1)),
        ("2025-06-09", "2025-07-06", 20, Fraction(1)),
        ("2025-06-01", "2025-07-31", 31, Fraction(1)),
    ],
)
def test_month_part__of_a_period__is_below_one_for_a_stub_alone(
    start: str, end: str, closing_day: int, part: Fraction
) -> None:
    assert month_part(date.fromisoformat(start), date.fromisoformat(end), closing_day) == part


@given(day=days, closing_day=closing_days)
def test_month_part__of_a_regular_period__is_one(day: date, closing_day: int) -> None:
    assert month_part(*period_around(day, closing_day), closing_day) == 1


@pytest.mark.parametrize(
    ("planned", "start", "end"),
    [
        ([], "2026-11-21", "2026-12-20"),
        ([("2025-07-21", "2025-08-20")], "2026-11-21", "2026-12-20"),
        ([("2026-11-21", "2026-12-20")], "2026-12-21", "2027-01-20"),
        ([("2026-11-21", "2026-12-20"), ("9999-12-01", "9999-12-31")], "2026-12-21", "2027-01-20"),
        ([("2026-10-26", "2026-11-25")], "2026-11-26", "2026-12-20"),
        ([("2026-12-10", "2027-01-10")], "2026-11-21", "2026-12-09"),
        ([("2026-11-21", "2026-12-20"), ("2027-01-01", "2027-01-31")], "2026-12-21", "2026-12-31"),
    ],
)
def test_next_period__from_today__is_the_first_that_is_not_planned(
    planned: list[tuple[str, str]], start: str, end: str
) -> None:
    taken = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in planned]
    expected = (date.fromisoformat(start), date.fromisoformat(end))
    assert next_period(date(2026, 11, 28), taken, 20) == expected


@pytest.mark.parametrize("day", [date.min, date(1, 1, 25), date(9999, 12, 1), date.max])
def test_period_around__at_the_ends_of_all_dates__is_cut_there(day: date) -> None:
    start, end = period_around(day, 20)
    assert start <= day <= end
