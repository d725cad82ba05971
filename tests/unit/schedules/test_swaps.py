"""What a swap exchanges, cell by cell: each gets what the other did, written so that it means the same for them."""

from datetime import date
from typing import Any

import pytest

from schedules.generation import Problem, Scorer
from schedules.generation.problem import Staff
from schedules.rules.swaps import Ground, Terms, candidates, exchanged, giving_refusal, taking_refusal

DAY, NEXT = date(2026, 12, 1), date(2026, 12, 2)
REGULAR, OTHER = Staff("regular", "田中"), Staff("other", "佐藤")
CALLED = Staff("called", "鈴木", blank_works=False)
LEFT = Staff("left", "高橋", ends=date(2026, 11, 30))


def ground(values: dict[tuple[str, date], str], **more: Any) -> Ground:
    problem = Problem((DAY, NEXT), (REGULAR, OTHER, CALLED, LEFT), values=values, **more)
    return Ground(problem, Scorer(problem), frozenset("★"))


EXCHANGED = [
    ("regular", "△", "other", "×", "×", "△"),
    ("regular", "", "other", "×", "×", ""),
    ("regular", "△", "called", "", "×", "△"),
    ("regular", "", "called", "", "×", "○"),
    ("called", "○", "regular", "×", "", "○"),
    ("regular", "◇", "other", "★", "×", "◇"),
    ("regular", "◇", "other", "△", "△", "◇"),
]


@pytest.mark.parametrize(("giver", "given", "taker", "free", "then_giver", "then_taker"), EXCHANGED)
def test_exchanged__one_day__each_does_what_the_other_did(
    giver: str, given: str, taker: str, free: str, then_giver: str, then_taker: str
) -> None:
    before = {(giver, DAY): given, (taker, DAY): free}
    after = before | {
        (row["staffId"], date.fromisoformat(row["dateKey"])): row["shiftValue"]
        for row in exchanged(ground(before), Terms(giver, DAY, taker))
    }
    meaning = ground(after).problem
    assert after[(taker, DAY)] == then_taker
    state = meaning.state(meaning.staff_by_id[giver], DAY, after[(giver, DAY)])
    assert not state.works if free in ("×", "★", "") else state.value == then_giver
    if giver == "regular":
        assert after[(giver, DAY)] == then_giver


def test_exchanged__on_a_closed_day__a_blank_is_a_day_off_for_everybody() -> None:
    rows = exchanged(ground({("regular", DAY): "△"}, closed=frozenset({DAY})), Terms("regular", DAY, "called"))
    assert {row["staffId"]: row["shiftValue"] for row in rows} == {"regular": "", "called": "△"}


def test_candidates__who_is_free_and_has_not_asked_for_it() -> None:
    values = {("regular", DAY): "△", ("other", DAY): "★"}
    assert candidates(ground(values), "regular", DAY) == ["called"]
    assert candidates(ground(values | {("other", DAY): "×", ("called", DAY): "○"}), "regular", DAY) == ["other"]


def test_refusals__name_the_field() -> None:
    here = ground({("regular", DAY): "△", ("other", DAY): "×"})
    assert giving_refusal(here, "regular", DAY, NEXT) == ("dateKey", "This day is over.")
    assert giving_refusal(here, "regular", DAY, None) is None
    assert giving_refusal(here, "regular", date(2027, 1, 1), None) == ("dateKey", "Outside the schedule's period.")
    assert giving_refusal(here, "left", DAY, None) == ("staffId", "No such staff member in this period.")
    assert taking_refusal(here, Terms("regular", DAY, "left"), None) == (
        "otherId",
        "No such staff member in this period.",
    )
    assert taking_refusal(here, Terms("regular", DAY, "other", date(2027, 1, 1)), None) == (
        "otherDateKey",
        "Outside the schedule's period.",
    )
    assert taking_refusal(here, Terms("regular", NEXT, "other", DAY), NEXT) == ("otherDateKey", "This day is over.")
