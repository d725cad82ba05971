"""Which problems of a month are told while it is being filled."""

from typing import Any

import pytest

from schedules.generation.judging import problems_of
from schedules.generation.score import Scorer
from tests.unit.generation.builders import day, grid, group, key, limit, problem, rule

RUN: dict[str, Any] = {"priorityRules": [rule("max_consecutive_work", maxCount=3, hard=True)]}


def told(given: Any, *, is_finished: bool = False) -> list[tuple[str, str | None]]:
    """Kind and day of each problem."""
    _, found = problems_of(Scorer(given), given.locked, is_finished=is_finished)
    return sorted((each.kind, each.day.isoformat() if each.day else None) for each in found)


CASES: dict[str, tuple[dict[str, Any], str, list[tuple[str, str | None]]]] = {
    "run in the planned days": (RUN, "○○×○○○○", [("max_consecutive_work", key(6))]),
    "run that only blank days make": (RUN, "○○×○", []),
    "week that is planned": (
        {"weeklyLimits": [limit(shiftType="off", minCount=2)]},
        "○○×○○○○",
        [("weekly_limit", key(0))],
    ),
    "week that has begun": ({"weeklyLimits": [limit(shiftType="off", minCount=2)]}, "○○×○○○", []),
    "most of a week that has begun": (
        {"weeklyLimits": [limit(shiftType="off", maxCount=1)]},
        "○××",
        [("weekly_limit", key(0))],
    ),
    "most of a week, by blank days": ({"weeklyLimits": [limit(shiftType="any", maxCount=4)]}, "○○○", []),
    "least of the month": ({"monthlyLimits": [limit(limitType="min_off_days", minCount=8)]}, "○○×○○○○", []),
    "most of the month": (
        {"monthlyLimits": [limit(limitType="max_off_days", maxCount=1)]},
        "○×××",
        [("monthly_limit", None)],
    ),
    "least of a day": (
        {"dailyLimits": [limit(shiftType="late", minCount=1)]},
        "◇◇○○",
        [("daily_limit", key(2)), ("daily_limit", key(3))],
    ),
    "group": (
        {"staffGroups": [group("g", ["a"], minLate=1)]},
        "◇○",
        [("min_late", key(1))],
    ),
    "fairness": ({"priorityRules": [rule("fairness", shiftType="late")]}, "◇◇◇◇", []),
    "planned to the last week": (
        {"monthlyLimits": [limit(limitType="min_off_days", minCount=8)]},
        "." * 21 + "×",
        [("monthly_limit", None)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_problems__month_half_filled__no_day_after_the_last_entry_is_judged(case: str) -> None:
    tables, row, expected = CASES[case]
    given = problem(staff=["a"], days=28, schedule=grid(a=row), **tables)

    assert told(given) == expected
    assert len(told(given, is_finished=True)) >= len(expected)


def test_problems__week_of_everybody_filled_by_hand__nothing_is_said_of_the_others() -> None:
    tables: dict[str, Any] = {
        **RUN,
        "weeklyLimits": [limit(shiftType="off", minCount=2, maxCount=2)],
        "monthlyLimits": [limit(limitType="min_off_days", minCount=8)],
        "dailyLimits": [limit(shiftType="late", minCount=1)],
        "staffGroups": [group("g", ["a", "b"], minEarly=1)],
    }
    given = problem(days=28, schedule=grid(a="◇◇×◇◇×◇", b="△△×◇△×△"), **tables)

    assert {when for _, when in told(given)} <= {key(index) for index in range(7)}
    assert len(told(given, is_finished=True)) > 40


def test_problems__long_run__is_one_line_from_its_first_day_to_its_last() -> None:
    given = problem(staff=["a"], days=14, schedule=grid(a="×○○○○○○○○○○○○×"), **RUN)
    score, (found,) = problems_of(Scorer(given))

    assert (found.day, found.until, found.amount) == (day(4), day(12), 9)
    assert found.message.endswith("from 25 August to 5 September")
    assert (score.hard, score.soft) == (Scorer(given).score.hard, 0)


def test_problems__two_runs__are_two() -> None:
    given = problem(staff=["a"], days=14, schedule=grid(a="○○○○○×○○○○○○○×"), **RUN)

    assert told(given) == [("max_consecutive_work", key(3)), ("max_consecutive_work", key(9))]


def test_problems__run_over_the_end__has_days_of_the_month() -> None:
    later = {"a": {key(index): "○" for index in range(7, 14)}}
    given = problem(staff=["a"], days=7, schedule=grid(a="××××○○○"), following_data=later, **RUN)
    _, (found,) = problems_of(Scorer(given))

    assert (found.day, found.until) == (day(6), day(6))
    assert found.message.endswith("from 28 August to 2 September")


def test_problems__locked_blank__is_an_entry() -> None:
    tables: dict[str, Any] = {"weeklyLimits": [limit(shiftType="off", minCount=2)]}
    locked = [{"staffId": "a", "dateKey": key(6)}]

    assert told(problem(staff=["a"], days=28, schedule=grid(a="○○×"), **tables)) == []
    assert told(problem(staff=["a"], days=28, schedule=grid(a="○○×"), locked_cells=locked, **tables)) == [
        ("weekly_limit", key(0))
    ]


def test_problems__nobody_begun__are_those_of_the_blank_month() -> None:
    given = problem(days=28, dailyLimits=[limit(shiftType="late", minCount=1)])

    assert len(told(given)) == 28
