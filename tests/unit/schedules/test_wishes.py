"""When staff may wish, and what a wish would write."""

from datetime import date, timedelta

import pytest

from schedules.rules.wishes import own_wish_refusal, written_for

DEADLINE, DAY = date(2025, 7, 10), date(2025, 8, 15)
TYPES = [("○", "normal"), ("×", "off"), ("★", "designated_off"), ("△", "early")]


@pytest.mark.parametrize(
    ("today", "limit", "others", "is_new", "refused"),
    [
        (date(2025, 7, 10), 3, 2, True, False),
        (date(2025, 7, 11), None, 0, True, True),
        (date(2025, 7, 11), None, 0, False, True),
        (date(2025, 7, 10), 3, 3, True, True),
        (date(2025, 7, 10), 3, 3, False, False),
        (date(2025, 7, 10), 0, 0, True, True),
    ],
)
def test_own_wish__by_deadline_and_limit__is_refused_with_the_field(
    today: date, limit: int | None, others: int, is_new: bool, refused: bool
) -> None:
    days = [DAY + timedelta(place + 1) for place in range(others)]
    told = own_wish_refusal(today=today, day=DAY, deadline=DEADLINE, limit=limit, others=days, closed=(), is_new=is_new)
    assert (told is not None) is refused
    assert told is None or told[0] == "dateKey"


@pytest.mark.parametrize(
    ("closed", "refused"),
    [([], True), ([DAY], False), ([DAY + timedelta(1)], False), ([DAY + timedelta(9)], True)],
)
def test_own_wish__for_a_closed_day__counts_for_nothing_and_is_not_counted(closed: list[date], refused: bool) -> None:
    told = own_wish_refusal(
        today=DEADLINE, day=DAY, deadline=None, limit=1, others=[DAY + timedelta(1)], closed=closed, is_new=True
    )
    assert (told is not None) is refused


@pytest.mark.parametrize(("today", "refused"), [(DAY, False), (date(2025, 8, 16), True)])
def test_own_wish__without_terms__is_refused_for_days_that_are_over(today: date, refused: bool) -> None:
    told = own_wish_refusal(today=today, day=DAY, deadline=None, limit=None, others=[DAY] * 99, closed=(), is_new=True)
    assert told == (("dateKey", "This day is over.") if refused else None)


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [("off", "", "★"), ("cannot", "", "×"), ("prefer", "△", "△"), ("avoid", "△", "")],
)
def test_written_for__each_kind__is_what_stands_in_the_cell(kind: str, value: str, written: str) -> None:
    assert written_for(kind, value, TYPES) == written


def test_written_for__restaurant_with_one_kind_of_day_off__is_that() -> None:
    assert written_for("off", "", [("休", "off")]) == "休"
    assert written_for("cannot", "", [("公", "designated_off")]) == "公"
