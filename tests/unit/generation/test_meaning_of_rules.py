"""Priority rules, wishes and fair shares against the oracle (see ``test_meaning``)."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedules.generation.score import Scorer
from tests.unit.generation import builders, oracle
from tests.unit.generation.builders import key
from tests.unit.generation.drawn import (
    EXAMPLES,
    PEOPLE,
    SHIFTS,
    STAFF,
    WEEKDAYS,
    amounts,
    as_problem,
    broken,
    months,
)
from tests.unit.generation.oracle import CALLED, Month

BLOCK = 21
"""Months that come before another begin so many days, or a multiple of that, before it: on a Sunday, too."""


@st.composite
def definitions(draw: st.DrawFn, rule_type: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "shiftType": draw(SHIFTS),
        "staffIds": draw(st.sampled_from([[], ["a"], ["a", "c"], ["b", CALLED]])),
        "groupIds": draw(st.sampled_from([[], ["g0"]])),
        "daysOfWeek": draw(WEEKDAYS),
        "days": draw(st.sampled_from([[], [], [0], [2, 5]])),
    }
    if rule_type == "avoid_shift_with_exceptions":
        row["allowedShifts"] = draw(st.lists(SHIFTS, max_size=2))
    if rule_type in ("forbidden_sequence", "required_sequence"):
        row["sequence"] = draw(st.lists(SHIFTS, min_size=2, max_size=3))
    if rule_type == "hours":
        row["per"], row["weekStartsOn"] = draw(st.sampled_from(["week", "period"])), draw(st.integers(0, 6))
        row["breakMinutes"] = draw(st.sampled_from([0, 45, 60]))
        row["breakOverHours"] = draw(st.sampled_from([6, 8]))
        row["maxHours"] = draw(st.sampled_from([None, 20, 28.5]))
    if rule_type in ("hours", "rest_between"):
        row["minHours"] = draw(st.sampled_from([8, 11, 16]))
    if rule_type == "run_length":
        row["minCount"] = draw(st.sampled_from([None, 2, 3, 4]))
    if rule_type in ("max_consecutive_work", "max_weekends") or draw(st.booleans()):
        row["maxCount"] = draw(st.integers(1 if rule_type in ("max_consecutive_work", "run_length") else 0, 3))
    return row


@pytest.mark.parametrize("rule_type", oracle.RULES)
@EXAMPLES
@given(data=st.data())
def test_priority_rule__any_month__counted_as_the_settings_say(rule_type: str, data: st.DataObject) -> None:
    month, row = data.draw(months()), data.draw(definitions(rule_type))
    dates = [key(index) for index in row["days"] if index in month.days]
    row = {**row, "days": [index for index in row["days"] if index in month.days]}
    rule = builders.rule(rule_type, **{name: value for name, value in row.items() if name != "days"}, dates=dates)

    assert amounts(month, priorityRules=[rule]) == broken(**{rule_type: oracle.RULES[rule_type](month, row)})


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Month, list[dict[str, Any]]]:
    month = draw(months())
    places = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(month.days))
    return month, [
        {
            **builders.wish(person, index, draw(st.sampled_from(["off", "cannot", "prefer", "avoid"])), "○"),
            "shiftValue": draw(st.sampled_from(["○", "△", "◇", "×"])),
            "state": draw(st.sampled_from(["open", "open", "taken", "declined"])),
            "day": index,
        }
        for person, index in draw(st.lists(places, max_size=6, unique=True))
    ]


@settings(EXAMPLES, max_examples=400)
@given(wished=wishes())
def test_wishes__any_month__kept_as_they_say(wished: tuple[Month, list[dict[str, Any]]]) -> None:
    month, rows = wished
    expected: Counter[str] = Counter()
    for row in rows:
        if row["state"] != "declined":
            expected[f"wish_{row['kind']}"] += oracle.unkept(month, row)

    assert amounts(month, staffGroups=[], wishes=rows) == +expected


@st.composite
def histories(draw: st.DrawFn) -> tuple[Month, dict[str, int]]:
    """A month that others come before, and on which day people have come."""
    joined = draw(st.dictionaries(st.sampled_from(PEOPLE), st.integers(-2 * BLOCK - 2, 14), max_size=2))

    def absent(first: int) -> dict[str, frozenset[int]]:
        return {person: frozenset(range(day - first)) for person, day in joined.items()}

    past = [
        replace(draw(months(around=False)), absent=absent(-BLOCK * age))
        for age in range(1, draw(st.integers(0, 2)) + 1)
    ]
    return replace(draw(months(around=False)), absent=absent(0), past=past), joined


@settings(EXAMPLES, max_examples=400)
@given(
    history=histories(),
    row=st.fixed_dictionaries(
        {"shiftType": SHIFTS, "daysOfWeek": WEEKDAYS, "pastPeriods": st.integers(0, 3)},
        optional={"maxCount": st.integers(0, 2), "staffIds": st.sampled_from([[], ["a", "b"], ["b", "c", CALLED]])},
    ),
)
def test_fairness__people_who_came_and_months_before__counted_by_the_days_that_they_were_there(
    history: tuple[Month, dict[str, int]], row: dict[str, Any]
) -> None:
    month, joined = history
    staff = [
        member if (came := joined.get(member["id"])) is None else {**member, "startPeriod": key(came)}
        for member in STAFF
    ]
    past = [builders.past_of(as_problem(each, -BLOCK * age, staff)) for age, each in enumerate(month.past, 1)]
    given = as_problem(month, staff=staff, past=past, priorityRules=[builders.rule("fairness", **row)])
    found = [each.amount for each in Scorer(given).violations() if each.kind == "fairness"]

    assert sum(found) == oracle.RULES["fairness"](month, row)
