"""Limits for some people that count instead of more general ones."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.generation.explain import find_conflict
from schedules.generation.generate import generate
from schedules.generation.results import Status
from schedules.generation.score import Scorer
from tests.unit.generation import oracle
from tests.unit.generation.builders import found, grid, group, key, limit, problem, rule
from tests.unit.generation.drawn import EXAMPLES, PEOPLE, amounts, months
from tests.unit.generation.oracle import Month

WORKS_SIX = grid(a="......×", b="......×")


def a(**config: Any) -> dict[str, Any]:
    return limit("of a", scope="individual", targetIds=["a"], shiftType="any", **config)


def everybody(**config: Any) -> dict[str, Any]:
    return limit("of all", shiftType="any", **config)


@pytest.mark.parametrize("table", ["weeklyLimits", "monthlyLimits"])
@pytest.mark.parametrize(
    ("general", "particular", "broken"),
    [
        ({"maxCount": 5}, {"maxCount": 6}, ["b"]),  # more for one
        ({"maxCount": 6}, {"maxCount": 5}, ["a"]),  # less for one
        ({"minCount": 7}, {"minCount": 0}, ["b"]),  # nothing asked of one
        ({"maxCount": 5}, {"minCount": 6}, ["b"]),  # a least number above the general most
        ({"maxCount": 5}, {"minCount": 1}, ["a", "b"]),  # the other bound stays
    ],
)
def test_limit__for_one_person__counts_instead_of_the_general_one(
    table: str, general: dict[str, Any], particular: dict[str, Any], broken: list[str]
) -> None:
    tables: dict[str, Any] = {table: [everybody(**general), a(**particular)]}
    given = problem(days=7, schedule=WORKS_SIX, **tables)

    assert sorted(each.staff_id or "" for each in Scorer(given).violations()) == broken


@pytest.mark.parametrize(
    ("general", "particular", "broken"),
    [
        ({"hard": True}, {"hard": False}, 1),  # a wish sets aside nothing that must be kept
        ({"hard": True}, {"hard": True}, 0),
        ({"hard": False}, {"hard": True}, 0),
        ({"hard": False}, {"hard": False}, 0),
        ({"hard": False}, {"hard": False, "weight": 0}, 1),  # without weight it counts for nobody
        ({"hard": True}, {"hard": True, "effectiveFrom": key(3)}, 1),  # not in force throughout
        ({"hard": True, "effectiveFrom": key(3)}, {"hard": True, "effectiveFrom": key(2)}, 0),
    ],
)
def test_limit__wish_or_in_force_for_a_part__sets_aside_what_is_no_stronger(
    general: dict[str, Any], particular: dict[str, Any], broken: int
) -> None:
    schedule = grid(a="......×", b="×......")
    limits = [everybody(maxCount=3, **general), a(maxCount=7, **particular)]
    given = problem(days=7, schedule=schedule, monthlyLimits=limits)

    assert sum(each.staff_id == "a" for each in Scorer(given).violations()) == broken


def test_limit__of_a_group_and_of_a_person__most_particular_first() -> None:
    limits = [
        everybody(maxCount=3),
        limit("of kitchen", scope="group", targetIds=["kitchen"], shiftType="any", maxCount=5),
        a(maxCount=6),
    ]
    given = problem(
        ["a", "b", "c"],
        days=7,
        schedule=grid(a="......×", b="......×", c="....×××"),
        staffGroups=[group("kitchen", ["a", "b"])],
        weeklyLimits=limits,
    )
    told = {each.staff_id or "": each.message for each in Scorer(given).violations()}

    assert sorted(told) == ["b", "c"]
    assert told["b"].startswith("of kitchen (instead of of all): B has 6")
    assert told["c"].startswith("of all: C has 4")


def test_rule__for_named_people__counts_instead_of_the_one_of_their_group_and_of_all() -> None:
    rules = [
        rule("max_consecutive_work", "all", maxCount=2),
        rule("max_consecutive_work", "kitchen", maxCount=3, groupIds=["kitchen"]),
        rule("max_consecutive_work", "a alone", maxCount=6, staffIds=["a"]),
        rule("avoid_shift", "no early", shiftType="early", staffIds=["a"]),
    ]
    given = problem(
        ["a", "b", "c"],
        days=7,
        schedule=grid(a="......×", b="....×××", c="...××××"),
        staffGroups=[group("kitchen", ["a", "b"])],
        priorityRules=rules,
    )

    broken = {(each.staff_id, each.rule_id) for each in Scorer(given).violations()}
    assert broken == {("b", "kitchen"), ("c", "all")}


def test_limit__about_other_days__leaves_the_general_one() -> None:
    weekly = [everybody(maxCount=1, daysOfWeek=[1, 2]), a(maxCount=6)]

    assert found(problem(["a"], days=7, schedule=WORKS_SIX, weeklyLimits=weekly)) == [("weekly_limit", 1.0)]


def test_rule__of_another_shift_or_week__leaves_the_general_one() -> None:
    rules = [
        rule("run_length", "all", shiftType="off", maxCount=1),
        rule("run_length", "a alone", shiftType="any", maxCount=7, staffIds=["a"]),
    ]

    assert found(problem(days=4, schedule=grid(a="××..", b="...."), priorityRules=rules)) == [("run_length", 1.0)]


def test_generate__exception__makes_a_month_possible_and_is_named_in_its_conflict() -> None:
    """Somebody must be there each day; with two days off for everybody but ``a`` there is a way, with two for all there is none."""
    need = limit("need", hard=True, shiftType="any", minCount=2)
    rest = limit("rest", hard=True, limitType="min_off_days", shiftType="off", minCount=1)
    none = limit(
        "a without",
        hard=True,
        limitType="min_off_days",
        shiftType="off",
        minCount=0,
        scope="individual",
        targetIds=["a"],
    )
    fewer = limit(
        "a too", hard=True, limitType="min_off_days", shiftType="off", minCount=2, scope="individual", targetIds=["a"]
    )

    def month(*limits: dict[str, Any]) -> Any:
        return problem(["a", "b", "c"], days=2, dailyLimits=[need], monthlyLimits=[rest, *limits])

    assert generate(month()).status is Status.INFEASIBLE
    assert generate(month(none)).status is Status.OPTIMAL
    conflict = find_conflict(month(fewer), 60)
    assert conflict is not None
    assert any(
        "a too (instead of rest)" in part.message and "a too(restの代わり)" in part.message_ja
        for part in conflict.parts
    )


@st.composite
def rows(draw: st.DrawFn, *, of_rules: bool) -> list[dict[str, Any]]:
    shift = draw(st.sampled_from(["any", "off", "late"]))
    whom = (
        [{}, {"groupIds": ["g0"]}, {"staffIds": ["a", "c"]}, {"staffIds": ["b"]}]
        if of_rules
        else [
            {"scope": "all", "targetIds": []},
            {"scope": "individual", "targetIds": []},
            {"scope": "staff_status", "targetIds": ["社員"]},
            {"scope": "group", "targetIds": ["g0"]},
            {"scope": "individual", "targetIds": ["a", "c"]},
        ]
    )
    bounds = st.one_of(st.none(), st.integers(0, 4))
    return [
        {
            "shiftType": shift,
            "hard": draw(st.booleans()),
            "minCount": draw(bounds),
            "maxCount": draw(bounds),
            **draw(st.sampled_from(whom)),
        }
        for _ in range(draw(st.integers(2, 3)))
    ]


def counted(month: Month, drawn: list[dict[str, Any]], person: str) -> list[oracle.Row]:
    """The rows as they count for one person, about that person alone."""
    own = [row for row in drawn if oracle._concerns(month, row, person)]
    return [oracle.instead(month, drawn, row, person) for row in own]


@EXAMPLES
@given(month=months(), drawn=rows(of_rules=False), starts_on=st.integers(0, 6))
def test_limits__any_rows_about_the_same__count_as_the_oracle_says(
    month: Month, drawn: list[dict[str, Any]], starts_on: int
) -> None:
    config = [{name: value for name, value in row.items() if name != "hard"} for row in drawn]
    hard = [row["hard"] for row in drawn]
    weekly = [limit(f"l{n}", hard=hard[n], weekStartsOn=starts_on, **row) for n, row in enumerate(config)]
    monthly = [limit(f"l{n}", hard=hard[n], limitType="min_shifts", **row) for n, row in enumerate(config)]
    expected: Counter[str] = Counter()
    for person in PEOPLE:
        for row in counted(month, drawn, person):
            alone = {**row, "scope": "individual", "targetIds": [person], "weekStartsOn": starts_on}
            expected["weekly_limit"] += oracle.weekly(month, alone)
            expected["monthly_limit"] += oracle.monthly(month, alone)

    assert amounts(month, weeklyLimits=weekly) + amounts(month, monthlyLimits=monthly) == +expected


@EXAMPLES
@given(month=months(), drawn=rows(of_rules=True))
def test_rules__any_rows_of_a_kind__count_as_the_oracle_says(month: Month, drawn: list[dict[str, Any]]) -> None:
    wire = [rule("run_length", f"r{n}", **row) for n, row in enumerate(drawn)]
    expected = 0.0
    for person in PEOPLE:
        for row in counted(month, drawn, person):
            alone = {name: value for name, value in row.items() if name != "groupIds"}
            expected += oracle.RULES["run_length"](month, {**alone, "staffIds": [person]})

    # A day that a run is too short costs its weight: the amount of such a term is 1, whatever its length.
    assert sum(amounts(month, priorityRules=wire).values()) == expected
