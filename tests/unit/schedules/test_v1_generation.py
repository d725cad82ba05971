"""Generating in the words of version 1 clients."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schedules.generation.asked import as_shown
from schedules.generation.problem import Keep, Options, Problem, Staff
from schedules.rules.v1_generation import V1Request, generated, problem_of, read_request
from shiftsync.core.errors import ValidationFailed

TOKYO = ZoneInfo("Asia/Tokyo")
GOOD: dict[str, Any] = {
    "staffMembers": [{"id": "a", "name": "A"}, {"id": "b"}],
    "dateRange": ["2025-08-01", "2025-08-02"],
}


def test_request__as_they_send_it__is_read() -> None:
    constraints = {"prefilledSchedule": {"a": {"2025-08-01": "×", "2025-08-02": " "}, "b": {}}, "staffGroups": []}

    assert read_request({**GOOD, "constraints": constraints, "timeout": 12}, TOKYO) == V1Request(
        ("a", "b"), ("2025-08-01", "2025-08-02"), {"a": {"2025-08-01": "×"}}, 12.0
    )


@pytest.mark.parametrize(
    ("timeout", "seconds"),
    [(None, 30), (10, 10), (50, 50), (300, 50), (0, 30), (-1, 30), (0.2, 1), ("9", 9), ("soon", 30), (True, 30)],
)
def test_timeout__any__is_a_limit_that_they_wait_for(timeout: Any, seconds: float) -> None:
    assert read_request({**GOOD, "timeout": timeout}, TOKYO).seconds == seconds


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-08-01T00:00:00.000Z", "2025-08-01"),
        ("2025-08-01T00:00:00", "2025-08-01"),
        ("2025-08-01 13:30", "2025-08-01"),
        ("2025-07-31T15:00:00.000Z", "2025-08-01"),
        ("2025-07-31T14:59:59Z", "2025-07-31"),
        ("2025-08-01T00:00:00+09:00", "2025-08-01"),
        ("2025-08-01T23:00:00-05:00", "2025-08-02"),
    ],
)
def test_request__moments_for_days__are_the_days_that_they_are_in_the_restaurant(moment: str, day: str) -> None:
    constraints = {"prefilledSchedule": {"a": {moment: "×"}}}
    asked = read_request({**GOOD, "dateRange": [moment], "constraints": constraints}, TOKYO)

    assert (asked.dates, asked.held) == ((day,), {"a": {day: "×"}})


@pytest.mark.parametrize(
    "constraints", [None, [], "x", {}, {"prefilledSchedule": None}, {"prefilledSchedule": {"a": 3}}]
)
def test_prefilled__none_of_it__holds_nothing(constraints: Any) -> None:
    assert read_request({**GOOD, "constraints": constraints}, TOKYO).held == {}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"staffMembers": None}, "Missing or invalid staffMembers field"),
        ({"staffMembers": {"a": 1}}, "Missing or invalid staffMembers field"),
        ({"staffMembers": []}, "nobody"),
        ({"staffMembers": [{"name": "A"}, "b", None]}, "nobody"),
        ({"dateRange": None}, "Missing or invalid dateRange field"),
        ({"dateRange": "2025-08-01"}, "Missing or invalid dateRange field"),
        ({"dateRange": []}, "no days"),
        ({"dateRange": ["2025-08-01", "soon"]}, "soon is not a day"),
        ({"dateRange": [None]}, "not a day"),
    ],
)
def test_request__wrong__is_refused_in_words(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationFailed, match=told):
        read_request({**GOOD, **wrong}, TOKYO)


def test_generated__any_result__is_dense_over_the_days_asked_for() -> None:
    result = {
        "scheduleData": {"a": {"2025-08-01": "×"}, "c": {"2025-08-01": "△"}},
        "elapsedSeconds": 1.5,
        "violations": [{}],
        "objective": 3,
    }
    asked = V1Request(("a", "b", "x"), ("2025-08-01", "2025-08-02", "2025-09-30"), {"a": {"2025-09-30": "○"}})

    told = generated(result, "feasible", asked, {"a", "b", "c"})

    assert told["schedule"] == {
        "a": {"2025-08-01": "×", "2025-08-02": "", "2025-09-30": "○"},
        "b": {"2025-08-01": "", "2025-08-02": "", "2025-09-30": ""},
    }
    assert (told["status"], told["isOptimal"], told["solveTime"]) == ("FEASIBLE", False, 1.5)
    assert told["stats"]["violations"] == 1


@pytest.mark.parametrize(
    ("status", "error", "told"),
    [
        ("optimal", "", None),
        ("feasible", "", None),
        ("infeasible", "", "at most 6 days"),
        ("failed", "given up", "given up"),
        ("cancelled", "", "cancelled"),
    ],
)
def test_problem__of_each_ending__is_told_where_there_is_no_schedule(status: str, error: str, told: str | None) -> None:
    problem = problem_of(
        status, error, [{"isHard": False, "message": "soft"}, {"isHard": True, "message": "at most 6 days"}]
    )

    assert (problem is None) is (told is None)
    assert told is None or told in (problem or "")
    assert "soft" not in (problem or "")


def test_as_shown__grid_of_its_author__is_held_and_the_rest_of_it_free() -> None:
    first, second = date(2025, 8, 1), date(2025, 8, 2)
    problem = Problem(
        days=(first, second),
        staff=(Staff("a", "A"), Staff("b", "B")),
        values={("a", first): "×", ("a", second): "△", ("b", first): "◇"},
        locked=frozenset({("a", second)}),
        options=Options(keep=Keep.NONE),
    )

    shown = as_shown(problem, ["2025-08-01", "2025-08-02", "2025-09-30"], {"a": {"2025-08-02": "×"}})
    other = as_shown(problem, ["2025-08-01"], {"a": {"2025-08-01": "○"}, "b": {"2025-08-02": "○"}})

    assert shown.values == {("a", second): "△"}
    assert shown.locked == {("a", second)}
    assert other.values == {("a", first): "○", ("a", second): "△"}
    assert other.locked == {("a", first), ("a", second)}
    assert other.options.keep is Keep.FILLED
