"""Needs: how many of a shift on which days, counted by hand and against every schedule."""

from itertools import combinations
from typing import Any

import pytest

from schedules.generation.explain import find_conflict
from schedules.generation.generate import generate
from schedules.generation.score import Scorer
from schedules.generation.statistics import per_need
from tests.unit.generation.builders import brute_force, day, found, grid, group, key, limit, member, need, problem, rule


def test_need__dates_before_holidays_before_days_of_the_week() -> None:
    table = {"sunday": 1, "monday": 2, "tuesday": 2, "beforeHoliday": 3, "holiday": 0}
    row = need(shiftType="early", perDay=table, perDate={key(0): 2}, tooManyWeight=1)
    given = problem(["a", "b", "c"], 4, staffingNeeds=[row], holidays=[day(2)], schedule=grid(a="△△△△"))
    numbers = [(each.day, each.needed, each.present) for each in per_need(Scorer(given))]

    # Sunday by its date, Monday before a holiday, Tuesday a holiday; of Wednesday the table says nothing.
    assert numbers == [(day(0), 2, 1), (day(1), 3, 1), (day(2), 0, 1)]
    assert found(given) == [("staffing_need", 1.0), ("staffing_need", 2.0), ("staffing_surplus", 1.0)]


def test_need__too_few_and_too_many__cost_what_each_of_them_weighs() -> None:
    row = need(shiftType="off", perDay={"sunday": 1, "monday": 0}, weight=5, tooManyWeight=0.5, spare=1)
    given = problem(["a", "b", "c"], 2, staffingNeeds=[row], schedule=grid(a=".×", b=".×", c=".×"))
    few, many = Scorer(given).violations()

    assert (few.penalty, few.is_hard, many.penalty, many.is_hard) == (5000, False, 1000, False)
    assert few.message == "need: 24 August: 0 (days off), 1 needed"
    assert many.message == "need: 25 August: 3 (days off), 1 are enough"
    assert few.message_ja == "need:8月24日:休みが0人です(1人必要)"
    assert many.message_ja == "need:8月25日:休みが3人です(1人で足ります)"


def test_need__that_must_be_kept__explains_what_contradicts_it_and_is_a_wish_above() -> None:
    row = need(hard=True, perDay={"sunday": 2}, tooManyWeight=1)
    away = rule("required_off", staffIds=["a"], daysOfWeek=[0], hard=True)
    given = problem(["a", "b"], 1, staffingNeeds=[row], priorityRules=[away])
    conflict = find_conflict(given)

    assert conflict is not None
    assert conflict.minimal
    assert {each.kind for each in conflict.parts} == {"staffing_need", "required_off"}
    (said,) = [each for each in conflict.parts if each.kind == "staffing_need"]
    assert said.message == "need: working needed in a day, at least 2 on 24 August"
    more = problem(["a", "b", "c"], 1, staffingNeeds=[row], schedule=grid(a="○", b="○", c="○"))
    assert [each.is_hard for each in Scorer(more).violations()] == [False]


def test_need__about_nobody_or_without_a_number__is_reported() -> None:
    rows = [
        need("bar", scope="position", targetIds=["バー"], perDay={"sunday": 1}),
        need("empty", perDay={"sunday": None}),
        need("gone", scope="individual", targetIds=["x"], perDay={"sunday": 1}),
        need("odd", shiftType="夜", perDay={"sunday": 1}),
    ]
    given = problem(["a"], 1, staffingNeeds=rows)

    assert set(given.warnings) == {
        "Need bar: nobody is available for バー, so its minimum cannot apply.",
        "Need empty: no number is entered, so it has no effect.",
        "Need gone: unknown staff member x.",
        "Need odd: unknown shift type 夜.",
    }


def test_need__on_a_day_on_which_all_work__asks_nobody_off_and_finds_nobody_too_many() -> None:
    rows = [need("off", shiftType="off", perDay={"sunday": 1}), need("work", perDay={"sunday": 1}, tooManyWeight=1)]
    given = problem(
        ["a", "b"], 1, staffingNeeds=rows, calendar=[{"date": key(0), "kind": "all_work"}], schedule=grid(a="○", b="○")
    )

    assert found(given) == []


OTHERS: dict[str, dict[str, Any]] = {
    "daily": {"dailyLimits": [limit(shiftType="off", minCount=1, hard=True)]},
    "weekly": {"weeklyLimits": [limit(shiftType="early", maxCount=1, weight=2)]},
    "monthly": {"monthlyLimits": [limit(limitType="min_off_days", shiftType="off", minCount=1, hard=True)]},
    "group": {"staffGroups": [group("g", ["a", "b"], maxOffPerDay=0, minLate=1)]},
    "sequence": {"priorityRules": [rule("forbidden_sequence", sequence=["late", "early"], hard=True)]},
    "avoid": {"priorityRules": [rule("avoid_shift", staffIds=["a"], shiftType="early", weight=3)]},
    "run": {"priorityRules": [rule("max_consecutive_work", maxCount=2, hard=True)]},
    "fair": {"priorityRules": [rule("fairness", shiftType="early", maxCount=1)]},
}
NEEDS: dict[str, dict[str, Any]] = {
    "early": {"shiftType": "early", "perDay": {"sunday": 2, "monday": 1, "tuesday": 0}, "tooManyWeight": 1},
    "late must": {"shiftType": "late", "perDay": {"sunday": 1, "monday": 1}, "hard": True},
    "at work": {"perDay": {"sunday": 1, "monday": 2, "tuesday": 1}, "tooManyWeight": 2, "spare": 1},
    "kitchen": {"scope": "position", "targetIds": ["調理"], "perDate": {key(1): 1}, "tooManyWeight": 0.5},
    "a symbol": {"shiftType": "◇", "perDay": {"monday": 2}, "weight": 2},
}
PAIRS = [*combinations(NEEDS, 2), *((name, other) for name in NEEDS for other in OTHERS)]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_generate__a_need_with_any_other_rule__is_as_good_as_the_best_of_all(one: str, other: str) -> None:
    needs = [need(name, **NEEDS[name]) for name in (one, other) if name in NEEDS]
    staff: list[str | dict[str, Any]] = ["a", member("b", position="ホール", allowedShiftTypes=["○", "△", "×"])]
    given = problem(staff, 3, staffingNeeds=needs, **OTHERS.get(other, {}))
    result = generate(given)

    assert (result.score.hard, result.score.objective) == brute_force(given)
