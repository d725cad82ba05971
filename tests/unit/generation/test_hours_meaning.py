"""Needs by the hour against the oracle, which counts every half hour of random months."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from schedules.generation.score import Scorer
from tests.unit.generation import builders, oracle, oracle_hours
from tests.unit.generation.builders import key
from tests.unit.generation.drawn import (
    EXAMPLES,
    GROUPS,
    KINDS,
    as_problem,
    hours,
    months,
    needs,
    needs_with_skills,
    timed,
)
from tests.unit.generation.oracle import Month

NIGHTS: Mapping[str, tuple[int, int]] = {"○": (9, 17), "△": (6, 13), "◇": (21, 31)}
"""The late shift goes on after the next day's early one has begun."""
SHORT: Mapping[str, tuple[int, int]] = {"○": (9, 17), "△": (6, 13), "◇": (21, 29)}
MOMENTS = st.sampled_from([0, 4, 6, 7, 11, 14, 20, 22, 23])


def types_of(times: Mapping[str, tuple[int, int]]) -> list[dict[str, Any]]:
    return [
        {"symbol": "×", "kind": "off"},
        {"symbol": "★", "kind": "designated_off"},
        *({"symbol": mark, "kind": KINDS[mark], **hours(each)} for mark, each in times.items()),
    ]


def clocks(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: f"{row[name]:02}:00" for name in ("from", "until")}


def spans() -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries({"from": MOMENTS, "until": MOMENTS})


def penalties(given: Any) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in Scorer(given).violations():
        found[each.kind] += each.penalty
    del found["closed_day"]
    return found


ASKED = ("perDay", "shiftType", "scope", "targetIds")


@settings(EXAMPLES, max_examples=500)
@given(
    month=months(),
    row=needs(),
    span=spans(),
    nights=st.booleans(),
    weight=st.sampled_from([1, 2, 5]),
    dates=st.dictionaries(st.integers(0, 15), st.integers(0, 4), max_size=3),
    hard=st.booleans(),
)
def test_need_by_the_hour__any_month__counted_half_hour_by_half_hour(
    month: Month,
    row: dict[str, Any],
    span: dict[str, int],
    nights: bool,
    weight: int,
    dates: dict[int, int],
    hard: bool,
) -> None:
    shift = "any" if row["shiftType"] == "off" else row["shiftType"]
    row = {**row, **span, "dates": dates, "holidays": [], "shiftType": shift, "penaltyWeight": weight}
    config = {**{name: row[name] for name in (*ASKED, "spare", "tooManyWeight")}, **clocks(row)}
    told = builders.need(
        hard=hard, weight=weight, **config, perDate={key(index): number for index, number in dates.items()}
    )
    changed = month.other_times_from

    def usual(day: int) -> Mapping[str, tuple[int, int]]:
        return oracle.TIMES if changed is None or day < changed else oracle.OTHER_TIMES

    expected = oracle_hours.by_the_hour(month, row, (lambda day: NIGHTS) if nights else usual)
    groups = [builders.group(group, members) for group, members in GROUPS.items()]
    types = types_of(NIGHTS) if nights else timed(changed)

    assert penalties(as_problem(month, staffGroups=groups, staffingNeeds=[told], shift_types=types)) == +expected


@settings(EXAMPLES, max_examples=400)
@given(month=months(), asked=needs_with_skills(), drawn=st.lists(spans(), min_size=4, max_size=4))
def test_places_by_the_hour__any_month__cost_what_the_cheapest_of_all_assignments_leaves_empty(
    month: Month, asked: tuple[dict[str, dict[str, Any]], list[dict[str, Any]]], drawn: list[dict[str, int]]
) -> None:
    skills, rows = asked
    rows = [
        {**row, **span, "shiftType": "any" if row["shiftType"] == "off" else row["shiftType"]}
        for row, span in zip(rows, drawn, strict=False)
    ]
    told = [
        builders.need(
            str(number),
            hard=row["hard"],
            weight=row["penaltyWeight"],
            perDate={key(index): wanted for index, wanted in row["dates"].items()},
            **{name: row[name] for name in (*ASKED, "skillId", "minLevel")},
            **clocks(row),
        )
        for number, row in enumerate(rows)
    ]
    groups = [builders.group(group, members) for group, members in GROUPS.items()]
    known = [builders.skill(name, *each["levels"], dated=each["dated"]) for name, each in skills.items()]
    types = types_of(SHORT)
    problem = as_problem(month, staffGroups=groups, skills=known, staffingNeeds=told, shift_types=types)
    found = [each for each in Scorer(problem).violations() if each.kind == "staffing_skill"]
    hard, soft = (sum(each.penalty for each in found if each.is_hard is is_hard) for is_hard in (True, False))

    assert (hard, soft) == oracle_hours.places_by_the_hour(month, skills, rows, lambda day: SHORT)
