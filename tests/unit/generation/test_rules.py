"""Each rule alone, with a schedule that keeps it and one that breaks it; and all pairs of rule types against brute force."""

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from schedules.generation.generate import generate
from schedules.generation.problem import Options, Problem
from schedules.generation.score import Scorer
from tests.unit.generation.builders import (
    assignment,
    brute_force,
    day,
    found,
    grid,
    group,
    key,
    limit,
    member,
    need,
    problem,
    rule,
)

PART = member("p", type="パート")
HALF = [{"symbol": "△", "kind": "early", "offEquivalent": 0.5}]
TIMED = [
    {"symbol": "○", "kind": "normal", "startTime": "09:00", "endTime": "17:00"},
    {"symbol": "△", "kind": "early", "startTime": "06:00", "endTime": "13:00"},
    {"symbol": "◇", "kind": "late", "startTime": "15:00", "endTime": "00:00"},
]
EARLIER_LATE = [
    *TIMED[:2],
    {
        **TIMED[2],
        "times": [
            {"validFrom": None, "startTime": "15:00", "endTime": "00:00"},
            {"validFrom": key(2), "startTime": "11:00", "endTime": "17:00"},
        ],
    },
]
CLOSED = [{"date": key(1), "kind": "closed"}]
ALL_WORK = [{"date": key(1), "kind": "all_work"}]

CASES: dict[str, tuple[dict[str, Any], dict[str, str], list[tuple[str, float]]]] = {
    "daily most": ({"dailyLimits": [limit(shiftType="off", maxCount=1)]}, {"a": "×.", "b": "××"}, [("daily_limit", 1)]),
    "daily least": (
        {"dailyLimits": [limit(shiftType="early", minCount=1)]},
        {"a": "△.", "b": ".."},
        [("daily_limit", 1)],
    ),
    "daily weekday": (
        {"dailyLimits": [limit(shiftType="off", maxCount=0, daysOfWeek=[1])]},
        {"a": "××", "b": ".."},
        [("daily_limit", 1)],
    ),
    "daily dates": (
        {"dailyLimits": [limit(shiftType="off", maxCount=0, dates=[key(0)], daysOfWeek=[0, 1, 2, 3, 4, 5, 6])]},
        {"a": "××", "b": ".."},
        [("daily_limit", 1)],
    ),
    "daily position": (
        {"dailyLimits": [limit(shiftType="off", maxCount=1, scope="position")]},
        {"a": "×.", "b": "×."},
        [("daily_limit", 1)],
    ),
    "daily effective": (
        {"dailyLimits": [limit(shiftType="off", maxCount=0, effectiveFrom=key(1))]},
        {"a": "××", "b": ".."},
        [("daily_limit", 1)],
    ),
    "weekly most": (
        {"weeklyLimits": [limit(shiftType="off", maxCount=1, scope="individual", targetIds=["a"])]},
        {"a": "×.×", "b": "×××"},
        [("weekly_limit", 1)],
    ),
    "weekly least": (
        {"weeklyLimits": [limit(shiftType="off", minCount=2, scope="individual", targetIds=["a"])]},
        {"a": "×......"},
        [("weekly_limit", 1)],
    ),
    "weekly, not whole": ({"weeklyLimits": [limit(shiftType="off", minCount=2)]}, {"a": "..."}, []),
    "monthly most": (
        {"monthlyLimits": [limit(limitType="max_off_days", maxCount=1, scope="type", targetIds=["社員"])]},
        {"a": "★×."},
        [("monthly_limit", 1)],
    ),
    "monthly least, decimals": (
        {"monthlyLimits": [limit(limitType="min_off_days", minCount=1.5)], "shift_types": HALF},
        {"a": "△..", "b": "×△."},
        [("monthly_limit", 1)],
    ),
    "monthly shifts": (
        {"monthlyLimits": [limit(limitType="min_shifts", minCount=2, scope="individual", targetIds=["a"])]},
        {"a": "××."},
        [("monthly_limit", 1)],
    ),
    "distribution run": (
        {
            "monthlyLimits": [
                limit(limitType="shift_distribution", shiftType="off", distributionRules={"maxConsecutive": 2})
            ]
        },
        {"a": "×××"},
        [("distribution", 1)],
    ),
    "distribution gap": (
        {
            "monthlyLimits": [
                limit(limitType="shift_distribution", shiftType="off", distributionRules={"minDaysBetween": 2})
            ]
        },
        {"a": "×.×..×", "b": "××...."},
        [("distribution", 1), ("distribution", 1)],
    ),
    "distribution weekends": (
        {
            "monthlyLimits": [
                limit(limitType="shift_distribution", shiftType="off", distributionRules={"preferWeekends": True})
            ]
        },
        {"a": "××"},
        [("prefer_weekends", 1)],
    ),
    "coverage": (
        {"staffGroups": [group("g", ["a", "b"], minimumCoverage=1)]},
        {"a": "×", "b": "×"},
        [("minimum_coverage", 1)],
    ),
    "off or early": (
        {"staffGroups": [group("g", ["a", "b"], maxOffPerDay=1)]},
        {"a": "×", "b": "△"},
        [("max_off_per_day", 1)],
    ),
    "off where early is asked for": (
        {"staffGroups": [group("g", ["a", "b"], maxOffPerDay=1, minEarly=1)]},
        {"a": "×", "b": "△"},
        [],
    ),
    "group early": ({"staffGroups": [group("g", ["a", "b"], minEarly=1)]}, {"a": "."}, [("min_early", 1)]),
    "group late": ({"staffGroups": [group("g", ["a", "b"], minLate=2)]}, {"a": "◇"}, [("min_late", 1)]),
    "preferred": (
        {"priorityRules": [rule("preferred_shift", staffIds=["a"], shiftType="early", daysOfWeek=[0])]},
        {"a": "×△"},
        [("preferred_shift", 1)],
    ),
    "preferred whenever working": (
        {"priorityRules": [rule("preferred_shift", staffIds=["a"], shiftType="early")]},
        {"a": "×△."},
        [("preferred_shift", 1)],
    ),
    "required": (
        {"priorityRules": [rule("required_shift", staffIds=["a"], shiftType="late", dates=[key(0), key(1)])]},
        {"a": "◇×"},
        [("required_shift", 1)],
    ),
    "★ misses nothing": (
        {"priorityRules": [rule("required_shift", staffIds=["a"], shiftType="late", dates=[key(0)])]},
        {"a": "★"},
        [],
    ),
    "avoided": (
        {"priorityRules": [rule("avoid_shift", staffIds=["a"], shiftType="late")]},
        {"a": "◇.", "b": "◇."},
        [("avoid_shift", 1)],
    ),
    "required off": (
        {
            "priorityRules": [rule("required_off", staffIds=["a", "p"], dates=[key(0), key(1), key(2)])],
            "staff": ["a", PART],
        },
        {"a": "×★.", "p": "..."},
        [("required_off", 1)],
    ),
    "longest run": (
        {"priorityRules": [rule("max_consecutive_work", maxCount=2, staffIds=["a"])]},
        {"a": "....×"},
        [("max_consecutive_work", 1), ("max_consecutive_work", 1)],
    ),
    "longest run, carried in": (
        {
            "priorityRules": [rule("max_consecutive_work", maxCount=2, staffIds=["a"])],
            "previous_data": {"a": {day(-1).isoformat(): "○", day(-2).isoformat(): ""}},
        },
        {"a": ".×"},
        [("max_consecutive_work", 1)],
    ),
    "sequence": (
        {"priorityRules": [rule("forbidden_sequence", sequence=["late", "early"])]},
        {"a": "◇△", "b": "△◇"},
        [("forbidden_sequence", 1)],
    ),
    "sequence, carried in": (
        {
            "priorityRules": [rule("forbidden_sequence", sequence=["off", "off"])],
            "previous_data": {"a": {day(-1).isoformat(): "×"}},
        },
        {"a": "×.", "b": "×."},
        [("forbidden_sequence", 1)],
    ),
    "sequence over a closed day": (
        {"priorityRules": [rule("forbidden_sequence", sequence=["early", "off"])], "calendar": CLOSED},
        {"a": "△×", "b": ".×"},
        [],
    ),
    "apart": (
        {"priorityRules": [rule("not_together", staffIds=["a", "b"], shiftType="late")]},
        {"a": "◇◇", "b": "◇."},
        [("not_together", 1)],
    ),
    "together": (
        {"priorityRules": [rule("together", staffIds=["a", "b"])]},
        {"a": ".××", "b": ".×."},
        [("together", 1)],
    ),
    "fairness": (
        {"priorityRules": [rule("fairness", shiftType="late")]},
        {"a": "◇◇◇", "b": "..."},
        [("fairness", 2)],
    ),
    "fair weekends": (
        {"priorityRules": [rule("fairness", shiftType="off", daysOfWeek=[0, 6], maxCount=0)]},
        {"a": "×......", "b": ".×....."},
        [("fairness", 1)],
    ),
    "hours of a week": (
        {
            "priorityRules": [rule("hours", maxHours=28, staffIds=["a"])],
            "shift_types": TIMED,
        },
        {"a": "....×××", "b": "......."},
        [("hours", 4)],
    ),
    "hours less the break": (
        {"priorityRules": [rule("hours", maxHours=28, breakMinutes=60)], "shift_types": TIMED},
        {"a": "....×××", "b": "△△△××××"},
        [],
    ),
    "hours of a period": (
        {"priorityRules": [rule("hours", minHours=17.5, per="period", staffIds=["a"])], "shift_types": TIMED},
        {"a": "..×"},
        [("hours", 1.5)],
    ),
    "hours of a week, carried in": (
        {
            "priorityRules": [rule("hours", maxHours=8, weekStartsOn=6, staffIds=["a"])],
            "shift_types": TIMED,
            "previous_data": {"a": {day(-1).isoformat(): "○"}},
        },
        {"a": ".×"},
        [("hours", 8)],
    ),
    "rest between shifts": (
        {"priorityRules": [rule("rest_between", minHours=11)], "shift_types": TIMED},
        {"a": "◇△.", "b": "..△"},
        [("rest_between", 1)],
    ),
    "rest after a night": (
        {
            "priorityRules": [rule("rest_between", minHours=11)],
            "shift_types": [{"symbol": "夜", "kind": "late", "startTime": "22:00", "endTime": "07:00"}, *TIMED],
        },
        {"a": "夜.×", "b": "夜×."},
        [("rest_between", 1)],
    ),
    "rest where the times change": (
        {"priorityRules": [rule("rest_between", minHours=11)], "shift_types": EARLIER_LATE},
        {"a": "◇△.◇△", "b": "..△◇△"},
        [("rest_between", 1)],
    ),
    "hours where the times change": (
        {"priorityRules": [rule("hours", maxHours=27, per="period")], "shift_types": EARLIER_LATE},
        {"a": "◇◇◇◇", "b": "××××"},
        [("hours", 3)],
    ),
    "no single day off": (
        {"priorityRules": [rule("run_length", shiftType="off", minCount=2)]},
        {"a": ".×.××.", "b": "×....×"},
        [("run_length", 1)],
    ),
    "late shifts in a row": (
        {"priorityRules": [rule("run_length", shiftType="late", minCount=3, maxCount=3)]},
        {"a": ".◇◇.", "b": "◇◇◇◇"},
        [("run_length", 1)] * 2,
    ),
    "weekends": (
        {"priorityRules": [rule("max_weekends", maxCount=1)]},
        {"a": "............××", "b": ".××××××.×××××."},
        [("max_weekends", 1), ("max_weekends", 2)],
    ),
    "weekends carried in": (
        {
            "priorityRules": [rule("max_weekends", maxCount=0)],
            "previous_data": {"a": {day(-1).isoformat(): "○"}, "b": {day(-1).isoformat(): "×"}},
        },
        {"a": "××", "b": "××"},
        [],
    ),
    "three days are one weekend": (
        {
            "priorityRules": [rule("max_weekends", maxCount=1, daysOfWeek=[0, 6, "holiday"])],
            "holidays": [day(8), day(10)],
        },
        {"a": "××××××...×.×××", "b": "××××××××××××××"},
        [("max_weekends", 1)],
    ),
    "both days or none": (
        {"priorityRules": [rule("whole_weekends")], "staff": ["a", "b", PART]},
        {"a": "......×.", "b": "......××", "p": "......○."},
        [("whole_weekends", 1)] * 2,
    ),
    "closed": ({"calendar": CLOSED}, {"a": ".○", "b": ".×"}, [("closed_day", 1)]),
    "all work": (
        {"calendar": ALL_WORK, "staff": ["a", "b", PART]},
        {"a": ".×", "b": ".★", "p": "○."},
        [("all_work_day", 1)] * 2,
    ),
    "not allowed": ({"staff": [member("a", allowedShiftTypes=["normal"])]}, {"a": "◇×."}, [("shift_not_allowed", 1)]),
    "employment": (
        {"staff": [member("a", startPeriod={"year": 2025, "month": 8, "day": 25})]},
        {"a": "×."},
        [("employment", 1)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_rule__schedule_that_breaks_it__is_found(case: str) -> None:
    given, cells, expected = CASES[case]
    given = {"staff": ["a", "b"], **given}
    days = max(len(row) for row in cells.values())

    assert found(problem(days=days, schedule=grid(**cells), **given)) == sorted(expected)


@pytest.mark.parametrize("case", CASES)
def test_rule__said_in_words__in_both_languages(case: str) -> None:
    given, cells, _ = CASES[case]
    days = max(len(row) for row in cells.values())
    made = problem(days=days, schedule=grid(**cells), **{"staff": ["a", "b"], **given})

    for violation in Scorer(made).violations():
        assert "{" not in violation.message + violation.message_ja
        assert violation.message != violation.message_ja
        assert violation.to_wire()["penalty"] == violation.penalty > 0


RULES: dict[str, dict[str, Any]] = {
    "daily off": {"dailyLimits": [limit("daily off", hard=True, shiftType="off", minCount=1, maxCount=1)]},
    "daily early": {"dailyLimits": [limit("daily early", shiftType="early", minCount=1)]},
    "monthly off": {"monthlyLimits": [limit("monthly off", hard=True, limitType="min_off_days", minCount=2)]},
    "weekly late": {"weeklyLimits": [limit("weekly late", shiftType="late", maxCount=1, minCount=1)]},
    "coverage": {"staffGroups": [group("g", ["a", "b"], minimumCoverage=1, maxOffPerDay=1)]},
    "wish": {"priorityRules": [rule("preferred_shift", "wish", staffIds=["a"], shiftType="late")]},
    "demand": {"priorityRules": [rule("required_shift", "demand", hard=True, shiftType="early", dates=[key(1)])]},
    "off": {"priorityRules": [rule("required_off", "off", staffIds=["b"], dates=[key(0)])]},
    "avoid": {"priorityRules": [rule("avoid_shift", "avoid", shiftType="normal", staffIds=["a"])]},
    "run": {"priorityRules": [rule("max_consecutive_work", "run", hard=True, maxCount=1)]},
    "sequence": {"priorityRules": [rule("forbidden_sequence", "sequence", hard=True, sequence=["late", "early"])]},
    "follows": {"priorityRules": [rule("required_sequence", "follows", hard=True, sequence=["late", "early", "off"])]},
    "apart": {"priorityRules": [rule("not_together", "apart", staffIds=["a", "b"])]},
    "together": {"priorityRules": [rule("together", "together", staffIds=["a", "b"], shiftType="off", weight=3)]},
    "fairness": {"priorityRules": [rule("fairness", "fairness", shiftType="early", maxCount=0)]},
    "in a row": {"priorityRules": [rule("run_length", "in a row", shiftType="off", minCount=2, maxCount=2)]},
    "hours": {
        "priorityRules": [rule("hours", "hours", hard=True, minHours=14, maxHours=15, per="period", staffIds=["a"])],
        "shift_types": TIMED,
    },
    "rest": {"priorityRules": [rule("rest_between", "rest", minHours=14)], "shift_types": TIMED},
    "need": {
        "staffingNeeds": [
            need(shiftType="early", perDay={"sunday": 1, "monday": 2, "tuesday": 0}, weight=2, tooManyWeight=0.5)
        ]
    },
    "weekends": {"priorityRules": [rule("max_weekends", "weekends", hard=True, maxCount=1, daysOfWeek=[0, 2])]},
    "whole": {"priorityRules": [rule("whole_weekends", "whole", daysOfWeek=[1, 2])]},
}


def joined(*names: str) -> Problem:
    tables: dict[str, Any] = {}
    for name in names:
        for table, rows in RULES[name].items():
            if table == "shift_types":
                tables[table] = rows
            else:
                tables.setdefault(table, []).extend(rows)
    return problem(days=3, **tables)


@pytest.mark.parametrize("pair", list(combinations(RULES, 2)), ids=" + ".join)
def test_generate__pair_of_rules__is_as_good_as_can_be(pair: tuple[str, str]) -> None:
    given = joined(*pair)
    result = generate(given)

    assert (result.score.hard, result.score.objective) == brute_force(given)


@pytest.mark.parametrize("name", RULES)
def test_generate__one_rule__leaves_a_plain_month_if_it_asks_for_nothing(name: str) -> None:
    given = joined(name)
    result = generate(given)

    assert (result.score.hard, result.score.objective) == brute_force(given)
    assert result.score.hard == 0


def test_weights__level_and_strength__scale_the_penalty() -> None:
    given = problem(
        days=1,
        schedule=grid(a="◇"),
        priorityRules=[rule("avoid_shift", shiftType="late", weight=2, priorityLevel=2)],
    )

    assert [each.penalty for each in Scorer(given).violations()] == [1000]


def test_run_length__too_short__costs_each_missing_day() -> None:
    given = problem(
        days=4,
        schedule=grid(a=".◇.."),
        staff=["a"],
        priorityRules=[rule("run_length", shiftType="late", minCount=3)],
    )

    assert [each.penalty for each in Scorer(given).violations()] == [2000]


@pytest.mark.parametrize(("monday", "missing"), [("○", []), ("×", [1000])])
def test_run_length__of_the_days_before__is_too_short_where_the_first_day_ends_it(
    monday: str, missing: list[int]
) -> None:
    given = problem(
        days=2,
        schedule=grid(a=f"{monday}."),
        staff=["a"],
        priorityRules=[rule("run_length", shiftType="any", minCount=2)],
        previous_data={"a": {key(-2): "×", key(-1): "○"}},
    )
    broken = Scorer(given).violations()

    assert [each.penalty for each in broken] == missing
    assert [each.day for each in broken] == [day(0)] * len(missing)


@pytest.mark.parametrize(("last", "missing"), [("○", []), ("×", [1000])])
def test_run_length__of_the_days_after__is_too_short_where_the_last_day_keeps_from_it(
    last: str, missing: list[int]
) -> None:
    given = problem(
        days=2,
        schedule=grid(a=f".{last}"),
        staff=["a"],
        priorityRules=[rule("run_length", shiftType="any", minCount=2)],
        following_data={"a": {key(2): "○", key(3): "×"}},
    )
    broken = Scorer(given).violations()

    assert [each.penalty for each in broken] == missing
    assert [each.day for each in broken] == [day(1)] * len(missing)


def test_weights__solver_configuration__multiplies_by_kind() -> None:
    options = Options(penalty_weights={"avoid_shift": Fraction(3)})
    given = problem(
        days=1, schedule=grid(a="◇"), priorityRules=[rule("avoid_shift", shiftType="late")], options=options
    )

    assert [each.penalty for each in Scorer(given).violations()] == [3000]


def test_backup__called_by_the_generator__covers_the_absence_as_normal() -> None:
    given = problem(
        staff=["a", PART],
        days=2,
        schedule=grid(a="★."),
        staffGroups=[group("g", ["a"], backupRequired=True)],
        backupAssignments=[assignment("p", "g")],
    )
    result = generate(given)

    assert result.covering == {("p", day(0)): "g"}
    assert result.values["p", day(0)] == "○"
    assert result.values["p", day(1)] == ""
    assert result.violations == []
