"""Where the generator is sure, it is right: what it may offer, what it knows of the past, what it says of what it cannot ask."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from schedules.generation.compiled import Compiled
from schedules.generation.generate import generate
from schedules.generation.kinds import CHOOSABLE
from schedules.generation.problem import Problem
from schedules.generation.results import Status
from schedules.generation.score import Scorer
from tests.unit.generation.builders import (
    RULES,
    day,
    found,
    grid,
    group,
    key,
    limit,
    member,
    past_of,
    problem,
    rule,
    wish,
)

HALF = [{"symbol": "△", "kind": "early", "offEquivalent": 0.5}]
TWO_NORMAL = [{"symbol": "○", "kind": "normal"}, {"symbol": "A", "kind": "normal"}]
HALF_NORMAL = [{"symbol": "○", "kind": "normal"}, {"symbol": "H", "kind": "normal", "offEquivalent": 0.5}]
PART = member("p", type="パート")
LEAVE = [{"symbol": "×", "kind": "off"}, {"symbol": "休", "kind": "off"}]

POSSIBLE: dict[str, dict[str, Any]] = {
    "seven and a half days off": {
        "staff": ["a"],
        "days": 10,
        "shift_types": HALF,
        "monthlyLimits": [limit(hard=True, shiftType="off", minCount=7.5, maxCount=7.5)],
    },
    "days off by halves": {
        "staff": ["a"],
        "days": 5,
        "monthlyLimits": [limit(hard=True, limitType="off_days", minCount=1.5, maxCount=1.5)],
    },
    "not both normal, both at work": {
        "days": 1,
        "priorityRules": [rule("not_together", hard=True, staffIds=["a", "b"], shiftType="normal")],
        "calendar": [{"date": key(0), "kind": "all_work"}],
    },
    "only early and late are allowed": {
        "staff": [member("a", allowedShiftTypes=["△", "◇"])],
        "days": 2,
        "priorityRules": [
            rule("forbidden_sequence", hard=True, sequence=["early", "early"]),
            rule("required_shift", "late", hard=True, shiftType="late", dates=[key(1)]),
        ],
        "calendar": [{"date": key(each), "kind": "all_work"} for each in (0, 1)],
    },
    "normal no two days in a row": {
        "staff": ["a"],
        "days": 3,
        "priorityRules": [rule("forbidden_sequence", hard=True, sequence=["normal", "normal"])],
        "calendar": [{"date": key(each), "kind": "all_work"} for each in (0, 1, 2)],
    },
    "an early shift is the exception": {
        "staff": ["a"],
        "days": 1,
        "priorityRules": [
            rule("avoid_shift_with_exceptions", hard=True, shiftType="any", allowedShifts=["early"]),
        ],
        "calendar": [{"date": key(0), "kind": "all_work"}],
    },
    "together with a locked early shift": {
        "days": 1,
        "schedule": grid(a="△", b="."),
        "locked_cells": [{"staffId": "a", "dateKey": key(0)}],
        "priorityRules": [rule("together", hard=True, staffIds=["a", "b"], shiftType="early")],
    },
    "one of two normal shifts is full": {
        "staff": [member("p", type="パート"), member("q", type="パート")],
        "days": 1,
        "shift_types": TWO_NORMAL,
        "dailyLimits": [limit(hard=True, shiftType="○", maxCount=1), limit("work", hard=True, minCount=2)],
    },
    "a leave that is asked for by its symbol": {
        "staff": ["a"],
        "days": 1,
        "shift_types": LEAVE,
        "priorityRules": [rule("required_shift", hard=True, shiftType="休", staffIds=["a"], dates=[key(0)])],
    },
    "somebody called by shift is marked as off": {
        "staff": [PART],
        "days": 1,
        "dailyLimits": [limit(hard=True, shiftType="off", minCount=1)],
    },
    "half a day of normal work counts as half a day off": {
        "staff": ["a"],
        "days": 2,
        "shift_types": HALF_NORMAL,
        "monthlyLimits": [limit(hard=True, shiftType="off", minCount=1, maxCount=1)],
        "calendar": [{"date": key(each), "kind": "all_work"} for each in (0, 1)],
    },
    "only a normal shift that a blank does not stand for is allowed": {
        "staff": [member("a", allowedShiftTypes=["H"])],
        "days": 1,
        "shift_types": HALF_NORMAL,
        "calendar": [{"date": key(0), "kind": "all_work"}],
    },
    "a leave that counts half keeps within the most": {
        "staff": ["a"],
        "days": 1,
        "shift_types": [{"symbol": "×", "kind": "off"}, {"symbol": "休", "kind": "off", "offEquivalent": 0.5}],
        "monthlyLimits": [limit(hard=True, limitType="max_off_days", maxCount=0.5)],
        "priorityRules": [rule("required_off", hard=True, staffIds=["a"], dates=[key(0)])],
    },
    "one leave is asked for, the other is not to be taken together": {
        "days": 1,
        "shift_types": [*LEAVE, {"symbol": "欠", "kind": "off"}],
        "dailyLimits": [
            limit(hard=True, shiftType="off", minCount=2),
            limit("×", hard=True, shiftType="×", minCount=1, maxCount=1),
            limit("休", hard=True, shiftType="休", maxCount=0),
        ],
    },
    "a shorter shift of the same kind keeps the hours": {
        "staff": ["a"],
        "days": 2,
        "shift_types": [
            {"symbol": "○", "kind": "normal", "startTime": "09:00", "endTime": "18:00"},
            {"symbol": "短", "kind": "normal", "startTime": "09:00", "endTime": "14:00"},
        ],
        "priorityRules": [rule("hours", hard=True, minHours=14, maxHours=14, per="period")],
        "calendar": [{"date": key(each), "kind": "all_work"} for each in (0, 1)],
    },
    "two off by their symbol, but all work": {
        "days": 1,
        "dailyLimits": [
            limit(hard=True, shiftType="×", minCount=2),
            limit("few", hard=True, shiftType="○", maxCount=2),
        ],
        "calendar": [{"date": key(0), "kind": "all_work"}],
    },
    "two off, but all work": {
        "days": 2,
        "dailyLimits": [limit(hard=True, shiftType="off", minCount=2), limit("few", hard=True, maxCount=1)],
        "calendar": [{"date": key(0), "kind": "all_work"}, {"date": key(1), "kind": "closed"}],
    },
}


@pytest.mark.parametrize("case", POSSIBLE)
def test_generate__month_that_exists__is_found(case: str) -> None:
    result = generate(problem(**POSSIBLE[case]))

    assert result.violations == []
    assert result.status is Status.OPTIMAL


WORDS = st.sampled_from(["any", "normal", "early", "late", "off", "△", "○", "休", "H"])
MANY_SYMBOLS = [*LEAVE, *HALF_NORMAL, {"symbol": "朝", "kind": "early", "offEquivalent": 0.25}]

TIMED = [
    {"symbol": "○", "kind": "normal", "startTime": "09:00", "endTime": "17:30"},
    {"symbol": "短", "kind": "normal", "startTime": "09:00", "endTime": "13:00"},
    {"symbol": "△", "kind": "early", "startTime": "06:00", "endTime": "14:00"},
    {"symbol": "◇", "kind": "late", "startTime": "16:00", "endTime": "00:00"},
]


@st.composite
def tight(draw: st.DrawFn) -> Problem:
    """Two people and two or three days under hard rules of every kind; some cells locked."""
    days = draw(st.integers(2, 3))
    bounds: dict[str, Any] = {
        "minCount": draw(st.sampled_from([None, 1, 2])),
        "maxCount": draw(st.sampled_from([None, 1, 1.5])),
    }
    rules = [
        rule(
            draw(st.sampled_from(RULES)),
            f"r{index}",
            hard=True,
            staffIds=draw(st.sampled_from([["a", "b"], ["a"], ["b", "a"]])),
            shiftType=draw(WORDS),
            dates=draw(st.sampled_from([[], [key(0)], [key(1)]])),
            sequence=draw(st.lists(WORDS, min_size=2, max_size=2)),
            minCount=draw(st.sampled_from([None, 2])),
            maxCount=draw(st.integers(1, 2)),
            allowedShifts=draw(st.sampled_from([[], ["early"], ["late"]])),
            minHours=draw(st.sampled_from([None, 5, 8, 12, 15])),
            maxHours=draw(st.sampled_from([None, 16, 20.5])),
            per=draw(st.sampled_from(["week", "period"])),
            breakMinutes=draw(st.sampled_from([0, 60])),
            pastPeriods=draw(st.sampled_from([0, 1])),
        )
        for index in range(draw(st.integers(0, 3)))
    ]
    monthly = draw(st.sampled_from(["off_days", "min_off_days", "max_shifts", "shift_distribution"]))
    spread = {"maxConsecutive": 1, "minDaysBetween": draw(st.sampled_from([None, 2]))}
    of_month = limit("m", hard=True, limitType=monthly, shiftType=draw(WORDS), distributionRules=spread, **bounds)
    before = (past_of(problem(days=3, start=day(-3), schedule={"a": {str(day(-3)): "◇", str(day(-2)): "×"}})),)
    return problem(
        staff=[
            member("a", allowedShiftTypes=draw(st.sampled_from([[], ["early", "late"], ["○"], ["H"]]))),
            member(
                "b", type=draw(st.sampled_from(["社員", "パート"])), startPeriod=draw(st.sampled_from([None, key(1)]))
            ),
        ],
        days=days,
        schedule={each: {key(0): draw(st.sampled_from(["", "○", "△", "◇", "×"]))} for each in ("a", "b")},
        locked_cells=[{"staffId": "a", "dateKey": key(0)}] if draw(st.booleans()) else [],
        shift_types=draw(st.sampled_from([[], HALF, MANY_SYMBOLS, TIMED])),
        past=draw(st.sampled_from([(), before])),
        priorityRules=rules,
        dailyLimits=[limit("d", hard=True, shiftType=draw(WORDS), minCount=draw(st.sampled_from([None, 1, 2])))],
        monthlyLimits=draw(st.sampled_from([[], [of_month]])),
        staffGroups=draw(st.sampled_from([[], [group("g", ["a", "b"], maxOffPerDay=1, minLate=1)]])),
        calendar=draw(st.sampled_from([[], [{"date": key(1), "kind": "all_work"}]])),
    )


def can_keep_all(given: Problem) -> bool:
    """Whether any schedule at all within the locks keeps every hard rule, whatever the generator would offer."""
    compiled = Compiled(given, minor=False)
    scorer = Scorer(given, compiled=compiled)
    cells = [
        (row * len(given.days) + column, member, day)
        for row, member in enumerate(given.staff)
        for column, day in enumerate(given.days)
        if not given.fixed(member, day)
    ]
    symbols = ["", *(each.symbol for each in given.shift_types.types if each.kind in CHOOSABLE)]
    options = [[given.state(member, day, symbol) for symbol in symbols] for _, member, day in cells]
    assume(prod(map(len, options)) <= 60_000)
    for states in product(*options):
        scorer.put_all(dict(zip((cell for cell, _, _ in cells), states, strict=True)))
        if scorer.score.hard == 0:
            return True
    return False


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given=tight())
def test_generate__if_any_schedule_keeps_all_hard_rules__the_result_does(given: Problem) -> None:
    result = generate(given)

    if result.score.hard:
        assert not can_keep_all(given)


def earlier(**rows: str) -> dict[str, dict[str, str]]:
    """The days before the period, the last character being the last of them; ``.`` is no entry."""
    return {
        staff_id: {day(index - len(row)).isoformat(): value for index, value in enumerate(row) if value != "."}
        for staff_id, row in rows.items()
    }


SIX = rule("max_consecutive_work", hard=True, maxCount=6)


def test_past__blanks_of_somebody_without_a_mark__are_work_where_anybody_was_planned() -> None:
    given = problem(days=4, previous_data=earlier(b="×....."), schedule=grid(a="...×", b="..××"), priorityRules=[SIX])

    judged = [(each.staff_id, each.day) for each in Scorer(given).violations()]

    assert sorted(judged) == [("a", day(0)), ("a", day(1)), ("a", day(2)), ("b", day(1))]


def test_past__planned_for_nobody__is_unknown() -> None:
    assert found(problem(days=6, schedule=grid(a="......"), priorityRules=[SIX])) == []
    told = problem(days=6, known_from=day(-3), schedule=grid(a="......"), staff=["a"], priorityRules=[SIX])
    assert len(found(told)) == 3


def test_past__of_a_newcomer__begins_with_the_employment() -> None:
    newcomer = member("a", startPeriod={"year": 2025, "month": 8, "day": 20})
    given = problem(staff=[newcomer, "b"], days=4, previous_data=earlier(b="×" * 10), priorityRules=[SIX])

    assert [each.day for each in Scorer(given, {}).violations() if each.staff_id == "a"] == [day(2), day(3)]


@pytest.mark.parametrize("weight", [0.15, 0.04, 1, 2.34])
@pytest.mark.parametrize(("shift_types", "amount"), [([], 2), (HALF, 1.5)])
def test_weight__of_a_limit_on_days_off__is_kept_to_a_thousandth(
    weight: float, shift_types: list[dict[str, Any]], amount: float
) -> None:
    off = limit(weight=weight, limitType="min_off_days", minCount=2)
    cells = grid(a="..." if amount == 2 else "△..")
    given = problem(staff=["a"], days=3, schedule=cells, shift_types=shift_types, monthlyLimits=[off])

    assert Scorer(given).score.soft == round(Fraction(str(weight)) * 1000 * Fraction(str(amount)))


def test_weight__of_nought__leaves_a_hard_rule_as_heavy_as_any_other() -> None:
    rules = [rule("required_off", f"r{weight}", hard=True, weight=weight, staffIds=["a"]) for weight in (0, 1)]
    penalties = {
        each.penalty for each in Scorer(problem(days=1, schedule=grid(a="."), priorityRules=rules)).violations()
    }

    assert penalties == {1000}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            {"scope": "type", "targetIds": ["パート"]},
            ["Limit limit: nobody is available for パート, so its minimum cannot apply."],
        ),
        (
            {"scope": "position", "targetIds": ["調理", "板前"]},
            ["Limit limit: nobody is available for 板前, so its minimum cannot apply."],
        ),
        ({"scope": "staff_status"}, ["Limit limit: nobody is available, so its minimum cannot apply."]),
        ({"scope": "individual", "targetIds": ["gone"]}, ["Limit limit: unknown staff member gone."]),
        ({"scope": "type", "targetIds": ["社員"]}, []),
        ({"scope": "all"}, []),
    ],
)
def test_least_number__of_nobody__is_reported(asked: dict[str, Any], told: list[str]) -> None:
    for table in ("dailyLimits", "weeklyLimits", "monthlyLimits"):
        rows: dict[str, Any] = {table: [limit(shiftType="early", minCount=1, **asked)]}
        assert list(problem(**rows).warnings) == told


@pytest.mark.parametrize("members", [[], ["gone"]])
@pytest.mark.parametrize(
    "asked", [{"groupIds": ["g"]}, {"staffIds": ["gone"]}, {"staffIds": ["gone"], "groupIds": ["g"]}]
)
def test_rule__whose_people_are_all_gone__is_reported(asked: dict[str, Any], members: list[str]) -> None:
    for rule_type in RULES:
        given = problem(staffGroups=[group("g", members)], priorityRules=[rule(rule_type, "r", hard=True, **asked)])
        told = "Rule r: it applies to nobody in this period, so it has no effect."
        assert [each for each in given.warnings if each == told] == [told]
        assert given.rules == ()


def test_wish__for_a_shift_that_is_gone__is_reported_unless_it_was_declined() -> None:
    rows = [wish("a", 0, "prefer", "夜"), wish("a", 1, "avoid", "夜", state="declined"), wish("b", 1, "off", "夜")]

    assert problem(wishes=rows).warnings == (f"Wish of A on {key(0)}: unknown shift type 夜.",)


def test_gap__while_fewer_broken_hard_rules_may_be_possible__is_that_of_the_hard_points() -> None:
    rules = [rule("required_off", hard=True, staffIds=["a"]), rule("preferred_shift", shiftType="early")]
    locked = [{"staffId": "a", "dateKey": key(each)} for each in range(3)]
    result = generate(problem(schedule=grid(a="...", b="..."), locked_cells=locked, priorityRules=rules))
    score = result.score

    assert (score.hard, result.hard_bound, result.gap) == (3000, 3000, 0)
    assert replace(result, hard_bound=0).gap == 1
    assert replace(result, hard_bound=1000).gap == pytest.approx(2 / 3)
    assert replace(result, bound=score.objective // 2).gap == pytest.approx(0.5, abs=0.01)


def test_hours__shift_types_without_times__are_named() -> None:
    given = problem(
        shift_types=[
            {"symbol": "○", "kind": "normal", "startTime": "09:00", "endTime": "17:00"},
            {"symbol": "△", "kind": "early"},
            {"symbol": "◇", "kind": "late"},
        ],
        priorityRules=[rule("hours", maxHours=40)],
    )

    assert given.warnings == ("Rule hours: △, ◇ without times, so they count no hours.",)


def test_shift_type__that_nobody_knows__is_reported_like_an_unknown_person() -> None:
    given = problem(
        dailyLimits=[limit(shiftType="朝", maxCount=1)],
        priorityRules=[
            rule("forbidden_sequence", sequence=["late", "夜"]),
            rule("avoid_shift_with_exceptions", shiftType="off", allowedShifts=["夕", "△"]),
        ],
    )

    assert given.warnings == (
        "Limit limit: unknown shift type 朝.",
        "Rule forbidden_sequence: unknown shift type 夜.",
        "Rule avoid_shift_with_exceptions: unknown shift type 夕.",
    )


@pytest.mark.parametrize(
    ("part", "asked", "days_off", "amount"),
    [
        (Fraction(11, 30), {"minCount": 8}, 0, 3),
        (Fraction(11, 30), {"maxCount": 8}, 11, 8),
        (Fraction(11, 30), {"minCount": 7.5}, 0, 3),
        (Fraction(1, 30), {"minCount": 8}, 0, 0),
        (Fraction(1), {"minCount": 8}, 0, 8),
    ],
)
def test_monthly_limit__in_a_part_of_a_month__asks_that_part(
    part: Fraction, asked: dict[str, float], days_off: int, amount: int
) -> None:
    cells = grid(a="×" * days_off + "." * (11 - days_off))
    months = [limit(limitType="off_days", **asked)]  # type: ignore[arg-type]  # a bound
    given = problem(staff=["a"], days=11, schedule=cells, month_part=part, monthlyLimits=months)

    assert found(given) == ([("monthly_limit", amount)] if amount else [])


def test_monthly_limit__in_a_part_of_a_month_for_part_of_it__asks_the_part_of_both() -> None:
    newcomer = member("a", startPeriod={"year": 2025, "month": 8, "day": 29})
    months = [limit(limitType="off_days", minCount=8)]
    given = problem(staff=[newcomer], days=11, schedule={}, month_part=Fraction(11, 30), monthlyLimits=months)

    assert found(given) == [("monthly_limit", 1)]


@pytest.mark.parametrize(
    ("part", "asked", "english", "japanese"),
    [
        (
            Fraction(11, 30),
            {"minCount": 8},
            "limit: A has 0 (days off) in the period, at least 3 for this part of the month (8 in a whole one)",
            "limit:A:期間中の休みが0です(3以上。1か月では8)",
        ),
        (
            Fraction(11, 30),
            {"minCount": 7.5},
            "limit: A has 0 (days off) in the period, at least 3 for this part of the month (7.5 in a whole one)",
            "limit:A:期間中の休みが0です(3以上。1か月では7.5)",
        ),
        (
            Fraction(1),
            {"minCount": 8},
            "limit: A has 0 (days off) in the period, at least 8",
            "limit:A:期間中の休みが0です(8以上)",
        ),
    ],
)
def test_monthly_limit__in_a_part_of_a_month__is_told_with_what_it_is_in_a_whole_one(
    part: Fraction, asked: dict[str, float], english: str, japanese: str
) -> None:
    months = [limit(limitType="off_days", **asked)]  # type: ignore[arg-type]  # a bound
    given = problem(staff=["a"], days=11, schedule=grid(a="." * 11), month_part=part, monthlyLimits=months)

    (violation,) = Scorer(given).violations()
    assert (violation.message, violation.message_ja) == (english, japanese)
