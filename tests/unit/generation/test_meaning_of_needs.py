"""Needs, with skills and without, against the oracle (see ``test_meaning``)."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from schedules.generation.score import Scorer
from tests.unit.generation import builders, oracle
from tests.unit.generation.builders import key
from tests.unit.generation.drawn import EXAMPLES, GROUPS, amounts, as_problem, months, needs, needs_with_skills
from tests.unit.generation.oracle import Month


@settings(EXAMPLES, max_examples=300)
@given(
    month=months(),
    row=needs(),
    dates=st.dictionaries(st.integers(0, 15), st.integers(0, 4), max_size=3),
    holidays=st.sets(st.integers(0, 16), max_size=4),
    hard=st.booleans(),
)
def test_need__any_month__counted_as_the_table_says(
    month: Month, row: dict[str, Any], dates: dict[int, int], holidays: set[int], hard: bool
) -> None:
    expected = oracle.needs(month, {**row, "dates": dates, "holidays": holidays})
    asked = builders.need(hard=hard, **row, perDate={key(index): number for index, number in dates.items()})
    found = amounts(month, staffingNeeds=[asked], holidays=[builders.day(index) for index in holidays])

    assert found == +expected


@settings(EXAMPLES, max_examples=1500)
@given(month=months(), asked=needs_with_skills())
def test_needs_with_skills__any_month__cost_what_the_cheapest_of_all_assignments_leaves_empty(
    month: Month, asked: tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]
) -> None:
    skills, rows = asked
    told = [
        builders.need(
            str(number),
            hard=row["hard"],
            weight=row["penaltyWeight"],
            perDate={key(index): wanted for index, wanted in row["dates"].items()},
            **{name: row[name] for name in ("perDay", "shiftType", "scope", "targetIds", "skillId", "minLevel")},
        )
        for number, row in enumerate(rows)
    ]
    groups = [builders.group(group, members) for group, members in GROUPS.items()]
    known = [builders.skill(name, *each["levels"], dated=each["dated"]) for name, each in skills.items()]
    given = as_problem(month, staffGroups=groups, skills=known, staffingNeeds=told)
    found = [each for each in Scorer(given).violations() if each.kind == "staffing_skill"]
    hard, soft = (sum(each.penalty for each in found if each.is_hard is is_hard) for is_hard in (True, False))

    assert (hard, soft) == oracle.places(month, skills, rows)
