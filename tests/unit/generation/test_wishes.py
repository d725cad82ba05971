"""Wishes in the generator: honoured by weight, hard where somebody cannot, reported and counted."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from schedules.generation.explain import explain
from schedules.generation.generate import generate
from schedules.generation.results import Status
from schedules.generation.score import Scorer
from schedules.generation.statistics import wish_statistics
from tests.unit.generation.builders import QUICK, day, found, grid, key, limit, member, problem, wish

ONE_OFF_A_DAY = limit("one", hard=True, shiftType="off", maxCount=1)


def value(given: Any, staff_id: str, index: int) -> str:
    return str(generate(given).values[staff_id, day(index)])


def test_wish_off__nothing_against_it__is_kept() -> None:
    result = generate(problem(["a", "b"], 3, wishes=[wish("a", 1)]))

    assert (result.values["a", day(1)], result.values["a", day(0)]) == ("×", "")
    assert result.status is Status.OPTIMAL
    assert result.violations == []


@pytest.mark.parametrize(("of_a", "of_b", "gets"), [(5, 3, "a"), (3, 5, "b")])
def test_wishes_off__one_place__goes_to_the_heavier(of_a: int, of_b: int, gets: str) -> None:
    wishes = [wish("a", 1, weight=of_a), wish("b", 1, weight=of_b)]
    result = generate(problem(["a", "b"], 3, wishes=wishes, dailyLimits=[ONE_OFF_A_DAY]))
    (told,) = result.violations
    other = "b" if gets == "a" else "a"

    assert result.values[gets, day(1)] == "×"
    assert (told.kind, told.staff_id, told.day, told.is_hard) == ("wish_off", other, day(1), False)
    assert told.penalty == 3000
    assert told.message == f"wish of {other.upper()} on 25 August not kept: wanted the day off"
    assert told.message_ja == f"{other.upper()}:8月25日の休み希望が通っていません"


def test_wish_off__declined__does_not_count() -> None:
    assert value(problem(["a"], 2, wishes=[wish("a", 1, state="declined")]), "a", 1) == ""


@pytest.mark.parametrize("shift", ["△", "◇", "○"])
def test_wish_prefer__that_shift__is_offered_and_kept(shift: str) -> None:
    given = problem(["a", "b"], 2, wishes=[wish("a", 1, "prefer", shift)])

    assert value(given, "a", 1) == ("" if shift == "○" else shift), "a blank is normal work"


def test_wish_prefer__one_of_several_early_shifts__is_that_one() -> None:
    types = [
        {"symbol": "△", "kind": "early"},
        {"symbol": "朝", "kind": "early"},
        {"symbol": "○", "kind": "normal"},
        {"symbol": "×", "kind": "off", "offEquivalent": 1},
    ]
    assert value(problem(["a"], 2, shift_types=types, wishes=[wish("a", 0, "prefer", "朝")]), "a", 0) == "朝"


DAY_AND_NIGHT = [
    {"symbol": "○", "kind": "normal"},
    {"symbol": "夜", "kind": "normal"},
    {"symbol": "×", "kind": "off", "offEquivalent": 1},
]


@pytest.mark.parametrize("means", ["work", "free"])
@pytest.mark.parametrize(
    ("kind", "shift", "held", "broken"),
    [
        ("avoid", "○", "夜", 0),
        ("avoid", "○", "○", 1),
        ("avoid", "夜", "○", 0),
        ("prefer", "○", "夜", 1),
        ("prefer", "○", "○", 0),
        ("prefer", "夜", "夜", 0),
    ],
)
def test_wish__of_one_of_two_normal_shifts__is_not_about_the_other(
    kind: str, shift: str, held: str, broken: int, means: str
) -> None:
    given = problem(
        [member("a", blankMeans=means)],
        1,
        shift_types=DAY_AND_NIGHT,
        schedule={"a": {key(0): held}},
        wishes=[wish("a", 0, kind, shift)],
    )
    assert len(Scorer(given).violations()) == broken


@pytest.mark.parametrize("means", ["work", "free"])
def test_wish_avoid__the_first_of_two_normal_shifts__gets_the_other_where_work_is_needed(means: str) -> None:
    given = problem(
        [member("a", blankMeans=means)],
        1,
        shift_types=DAY_AND_NIGHT,
        dailyLimits=[limit(hard=True, shiftType="any", minCount=1)],
        wishes=[wish("a", 0, "avoid", "○")],
    )
    assert value(given, "a", 0) == "夜"


def test_wish_avoid__against_a_need__other_person_gets_the_shift() -> None:
    need = limit("early", hard=True, shiftType="early", minCount=1, maxCount=1)
    wishes = [wish("a", index, "avoid", "△") for index in range(3)]
    result = generate(problem(["a", "b"], 3, wishes=wishes, dailyLimits=[need]))

    assert [result.values["b", day(index)] for index in range(3)] == ["△"] * 3
    assert result.violations == []


def test_wish_cannot__against_soft_rules__is_kept() -> None:
    staffed = limit("two", weight=50, shiftType="any", minCount=2)
    result = generate(problem(["a", "b"], 3, wishes=[wish("a", 1, "cannot", weight=1)], dailyLimits=[staffed]))

    assert result.values["a", day(1)] == "×"
    assert [each.kind for each in result.violations] == ["daily_limit"]


def test_wish_cannot__impossible_with_the_hard_rules__is_reported_with_the_conflict() -> None:
    staffed = limit("two", hard=True, shiftType="any", minCount=2)
    given = problem(["a", "b"], 3, wishes=[wish("a", 1, "cannot")], dailyLimits=[staffed])
    result = generate(given)
    conflict = explain(given, result.violations).conflict

    assert result.status is Status.INFEASIBLE
    assert len([each for each in result.violations if each.is_hard]) == 1
    assert conflict is not None
    assert {part.kind for part in conflict.parts} == {"daily_limit", "wish_cannot"}
    assert [part.message for part in conflict.parts if part.kind == "wish_cannot"] == ["cannot work (A) on 25 August"]


def test_wish__in_a_locked_cell__is_reported_and_the_cell_stays() -> None:
    locked = [{"staffId": "a", "dateKey": key(1)}]
    given = problem(["a", "b"], 3, schedule=grid(a=".○."), locked_cells=locked, wishes=[wish("a", 1)])
    result = generate(given)

    assert result.values["a", day(1)] == "○"
    assert [each.kind for each in result.violations] == ["wish_off"]


def test_wish__person_called_by_shift__no_call_is_a_day_off() -> None:
    called = {"id": "p", "name": "P", "type": "パート"}
    assert found(problem([called], 2, wishes=[wish("p", 0), wish("p", 1)], schedule=grid(p=".○"))) == [("wish_off", 1)]


def test_wish__weight_of_its_kind_in_the_options__multiplies() -> None:
    options = replace(QUICK, penalty_weights={"wish_off": Fraction(2)})
    (told,) = Scorer(problem(["a"], 1, options=options, wishes=[wish("a", 0, weight=4)])).violations()

    assert told.penalty == 8000


def test_wish_statistics__kept_and_not__are_counted() -> None:
    wishes = [wish("a", 0), wish("a", 1, "cannot"), wish("b", 1, "avoid", "△"), wish("b", 2, state="declined")]
    given = problem(["a", "b"], 3, schedule=grid(a="×..", b=".△."), wishes=wishes)
    numbers = wish_statistics(Scorer(given))

    assert (numbers.kept, numbers.unkept) == (("a-0",), ("a-1", "b-1"))
    assert numbers.to_wire() == {"total": 3, "kept": 1, "keptIds": ["a-0"], "unkept": ["a-1", "b-1"]}
