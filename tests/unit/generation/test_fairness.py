"""Fair shares: by the part of the days that somebody was there, and over the periods before."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from schedules.generation.explain import find_conflict
from schedules.generation.generate import generate
from schedules.generation.past import PastPeriod
from schedules.generation.problem import Options, Problem
from schedules.generation.results import Status
from schedules.generation.score import Scorer
from tests.unit.generation.builders import (
    START,
    brute_force,
    day,
    found,
    grid,
    limit,
    member,
    past_of,
    problem,
    rule,
)

MONTH = 31
LATE: dict[str, Any] = {"dailyLimits": [limit("late", hard=True, shiftType="late", minCount=1, maxCount=1)]}
PEOPLE = ["a", "b", "c", "d", "e", "f"]
SAFE = Options(deterministic_time=20, workers=1)


def came_on(index: int, staff_id: str = "n", **fields: Any) -> dict[str, Any]:
    when = day(index)
    return member(staff_id, startPeriod={"year": when.year, "month": when.month, "day": when.day}, **fields)


def past(staff: Any = ("a", "b"), days: int = 3, *, ago: int = 1, **rows: str) -> PastPeriod:
    """The ``ago``-th period before, of so many days; rows as in ``grid``, of a period that begins on day 0."""
    first = START - timedelta(days=days * ago)
    cells = {
        staff_id: {str(first + timedelta(days=index)): "" if mark == "." else mark for index, mark in enumerate(row)}
        for staff_id, row in rows.items()
    }
    return past_of(problem(staff=staff, days=days, start=first, schedule=cells))


def late_shifts(given: Problem, values: Any) -> Counter[str]:
    return Counter(staff_id for (staff_id, _), value in values.items() if value == "◇")


@pytest.mark.parametrize("periods", [0, 1, 3])
def test_four_months__generated_one_after_the_other__end_even_if_the_rule_looks_back(periods: int) -> None:
    fair = rule("fairness", shiftType="late", pastPeriods=periods)
    total: Counter[str] = Counter()
    months: list[PastPeriod] = []
    for number in range(4):
        given = problem(
            staff=PEOPLE,
            days=MONTH,
            start=START + timedelta(days=MONTH * number),
            options=SAFE,
            priorityRules=[fair],
            past=months[::-1],
            **LATE,
        )
        result = generate(given)
        assert result.status is Status.OPTIMAL
        assert result.violations == []
        total += late_shifts(given, result.values)
        months.append(past_of(replace(given, values=result.values)))

    assert sum(total.values()) == 4 * MONTH
    if periods >= 3:
        assert max(total.values()) - min(total.values()) <= 1


def test_look_back__who_had_more_last_time__has_less_now() -> None:
    fair = rule("fairness", shiftType="late", maxCount=0, pastPeriods=1)
    given = problem(days=2, priorityRules=[fair], past=[past(a="◇◇◇", b=".◇.")], **LATE)
    result = generate(given)

    assert late_shifts(given, result.values) == {"b": 2}
    assert result.violations == []


@pytest.mark.parametrize(("periods", "amount"), [(0, 1), (1, 2), (2, 1), (12, 1)])
def test_look_back__as_many_periods_as_the_rule_says__and_no_more(periods: int, amount: int) -> None:
    earlier = [past(a="◇..", b="..."), past(a="...", b="◇◇◇", ago=2)]
    fair = rule("fairness", shiftType="late", maxCount=0, pastPeriods=periods)
    given = problem(days=1, schedule=grid(a="◇", b="."), priorityRules=[fair], past=earlier)

    assert found(given) == [("fairness", amount)]


def test_look_back__sentence__says_since_when_with_the_year_if_it_is_another() -> None:
    fair = rule("fairness", shiftType="late", maxCount=0, pastPeriods=12)
    months = [past(days=300, a="◇" * 5)]
    (told,) = Scorer(problem(days=1, schedule={}, priorityRules=[fair], past=months)).violations()

    assert (
        told.message == "fairness: A, B: the numbers (late shift) since 28 October 2024 differ by 5 more than allowed"
    )
    assert told.message_ja == "fairness:A, B:2024年10月28日からの遅番の回数の差が許容より5大きいです"


def test_newcomer__who_joined_on_the_20th__is_not_given_a_whole_months_late_shifts() -> None:
    staff: list[Any] = [*PEOPLE[:3], came_on(19)]
    given = problem(staff=staff, days=MONTH, options=SAFE, priorityRules=[rule("fairness", shiftType="late")], **LATE)
    result = generate(given)
    shares = late_shifts(given, result.values)
    part = MONTH * 12 / (3 * MONTH + 12)

    assert result.violations == []
    assert part - 1 <= shares["n"] <= part + 1
    assert max(shares[each] for each in PEOPLE[:3]) - min(shares[each] for each in PEOPLE[:3]) <= 1


@pytest.mark.parametrize(
    ("cells", "amount"),
    [
        ({"a": "◇◇..◇.......", "n": "........◇..."}, 0),
        ({"a": "◇◇◇◇........", "n": "............"}, 1),
        ({"a": "............", "n": "........◇◇◇."}, 4),
        ({"a": "............", "n": "............"}, 0),
    ],
)
def test_newcomer__of_a_third_of_the_days__has_a_quarter_of_all(cells: dict[str, str], amount: int) -> None:
    fair = rule("fairness", shiftType="late")
    given = problem(staff=["a", came_on(8)], days=12, schedule=grid(**cells), priorityRules=[fair])

    assert found(given) == ([("fairness", amount)] if amount else [])


def test_newcomer__joined_in_the_period_before__counts_from_then_on() -> None:
    staff: list[Any] = ["a", came_on(-1)]
    before = [past(staff, 30, a="◇" * 15 + "." * 15, n="." * 30)]
    fair = rule("fairness", shiftType="late", pastPeriods=1)
    alike = problem(staff=staff, days=30, schedule=grid(a="◇" * 9, n="◇" * 13), priorityRules=[fair], past=before)
    settled = problem(staff=staff, days=30, schedule=grid(a="◇" * 9, n="◇" * 24), priorityRules=[fair], past=before)

    assert found(alike) == []
    assert found(settled) == [("fairness", 15)]


def test_share__of_who_may_work_the_shift_for_a_part_of_the_days__is_that_part() -> None:
    terms = [
        {"validFrom": None, "status": "社員", "blankMeans": "work", "allowedShiftTypes": ["normal"]},
        {"validFrom": str(day(8)), "status": "社員", "blankMeans": "work", "allowedShiftTypes": []},
    ]
    cells = grid(a="◇◇◇.........", n="........◇...")
    fair = rule("fairness", shiftType="late")
    given = problem(staff=["a", member("n", terms=terms)], days=12, schedule=cells, priorityRules=[fair])

    assert found(given) == []


def test_conflict__of_shares_that_cannot_be_evened_out_at_once__names_the_rule() -> None:
    staff: list[Any] = ["a", "b", came_on(-2)]
    fair = rule("fairness", hard=True, shiftType="late", pastPeriods=1)
    given = problem(staff=staff, days=2, priorityRules=[fair], past=[past(staff, 9, a="◇" * 9)], **LATE)
    conflict = find_conflict(given, 60)

    assert conflict is not None
    assert conflict.minimal
    assert {part.rule for part in conflict.parts} == {"fairness"}


SMALL: dict[str, dict[str, Any]] = {
    "a newcomer": {"staff": ["a", "b", came_on(2)], "days": 3},
    "a newcomer and the past": {"staff": ["a", came_on(-1)], "days": 3, "past": [past(["a", came_on(-1)], a="◇◇.")]},
    "the past alone": {"staff": ["a", "b"], "days": 3, "past": [past(a="◇◇◇"), past(b="◇..", ago=2)]},
    "three and the past": {"staff": ["a", "b", "c"], "days": 2, "past": [past(["a", "b", "c"], a="◇◇.", b="◇..")]},
}


@pytest.mark.parametrize("hard", [False, True])
@pytest.mark.parametrize("most", [0, 1])
@pytest.mark.parametrize("case", SMALL)
def test_generate__small_case__is_as_good_as_the_best_of_all(case: str, most: int, hard: bool) -> None:
    fair = rule("fairness", hard=hard, shiftType="late", maxCount=most, pastPeriods=2)
    wish = rule("preferred_shift", "wish", staffIds=["a"], shiftType="late")
    given = problem(**SMALL[case], priorityRules=[fair, wish], **LATE)
    result = generate(given)

    assert (result.score.hard, result.score.objective) == brute_force(given)
