"""Needs by the hour: counted by hand, said in words, and proved against every schedule."""

from itertools import combinations
from typing import Any

import pytest

from schedules.generation.explain import find_conflict
from schedules.generation.generate import generate
from schedules.generation.problem import Problem
from schedules.generation.score import Scorer
from schedules.generation.statistics import per_need
from tests.unit.generation import builders
from tests.unit.generation.builders import brute_force, day, grid, group, key, limit, need, problem, rule, skill
from tests.unit.generation.test_hours_meaning import NIGHTS, types_of

DAYS = ("sunday", "monday", "tuesday", "wednesday")
LUNCH: dict[str, Any] = {"from": "11:00", "until": "14:00"}
LATE: dict[str, Any] = {"from": "22:00", "until": "02:00"}


def hours(begins: str, ends: str) -> dict[str, Any]:
    return {"from": begins, "until": ends}


def asking(*needs: dict[str, Any], days: int = 1, **rest: Any) -> Problem:
    given: dict[str, Any] = {"shift_types": types_of(NIGHTS), **rest}
    return problem(given.pop("staff", ["a", "b", "c"]), days, staffingNeeds=list(needs), **given)


def lunch(need_id: str = "lunch", **config: Any) -> dict[str, Any]:
    return need(need_id, **{**LUNCH, "perDay": {"sunday": 2}, **config})


def told(given: Problem) -> list[tuple[str, int]]:
    return [(each.message, each.penalty) for each in Scorer(given).violations()]


def test_hours__who_comes_and_goes__is_counted_at_each_moment_and_costs_by_the_hour() -> None:
    # △ goes at 13:00.
    given = asking(lunch(weight=2), schedule=grid(a="△", b="○", c="×"))
    (only,) = Scorer(given).violations()

    assert (only.kind, only.amount, only.penalty, only.day) == ("staffing_need", 1, 2000, day(0))
    assert only.message == "lunch: 24 August 13:00–14:00: 1 (working), 2 needed"
    assert only.message_ja == "lunch:8月24日 13:00〜14:00:出勤が1人です(2人必要)"


def test_hours__one_too_many__costs_for_the_hours_in_which_it_is() -> None:
    given = asking(lunch(tooManyWeight=1, spare=0), schedule=grid(a="△", b="○", c="○"))

    assert told(given) == [("lunch: 24 August 11:00–13:00: 3 (working), 2 are enough", 2000)]


def test_hours__past_midnight__count_who_came_the_day_before_and_who_comes_the_next_day() -> None:
    asked = need("night", **LATE, perDay={"monday": 1})
    # ◇ is from 21:00 to 7:00; the hours begin on Monday.
    assert told(asking(asked, days=3, schedule=grid(a="×◇×", b="×××", c="×××"))) == []
    assert told(asking(asked, days=3, schedule=grid(a="◇××", b="×××", c="×××"))) == [
        ("night: 25 August 22:00–2:00: 0 (working), 1 needed", 4000)
    ]
    early = need("early", **hours("05:00", "08:00"), perDay={"monday": 1})
    assert told(asking(early, days=3, schedule=grid(a="◇××", b="×××", c="×××"))) == [
        ("early: 25 August 7:00–8:00: 0 (working), 1 needed", 1000)
    ]


def test_hours__two_shifts_at_a_time__are_one_person() -> None:
    # From 6:00 to 7:00 the night of Sunday and the early shift of Monday.
    asked = need("dawn", **hours("06:00", "07:00"), perDay={"monday": 2}, tooManyWeight=1)

    assert told(asking(asked, days=2, schedule=grid(a="◇△", b="××", c="××"))) == [
        ("dawn: 25 August 6:00–7:00: 1 (working), 2 needed", 1000)
    ]
    assert told(asking(asked, days=2, schedule=grid(a="◇△", b="×△", c="××"))) == []
    assert told(asking(asked, days=2, schedule=grid(a="◇△", b="×△", c="◇×"))) == [
        ("dawn: 25 August 6:00–7:00: 3 (working), 2 are enough", 1000)
    ]


def test_hours__around_the_period__count_as_far_as_they_are_known() -> None:
    dawn = need("dawn", **hours("03:00", "05:00"), perDay={"sunday": 1}, shiftType="late")
    unknown = asking(dawn, schedule=grid(a="×", b="×", c="×"))
    before = {"a": {key(-1): "◇"}, "b": {key(-1): "×"}, "c": {key(-1): "×"}}
    there = asking(dawn, schedule=grid(a="×", b="×", c="×"), previous_data=before)
    nobody = {person: {key(-1): "×"} for person in "abc"}
    missing = asking(dawn, schedule=grid(a="×", b="×", c="×"), previous_data=nobody)

    assert told(unknown) == told(there) == []
    assert told(missing) == [("dawn: 24 August 3:00–5:00: 0 (late shift), 1 needed", 2000)]


def test_hours__a_type_without_times__counts_at_none_and_is_named() -> None:
    types = [each if each["symbol"] != "△" else {"symbol": "△", "kind": "early"} for each in types_of(NIGHTS)]
    given = asking(lunch(), shift_types=types, schedule=grid(a="△", b="○", c="×"))

    assert given.warnings == ("Need lunch: △ without times, so they count at no hour.",)
    assert told(given) == [("lunch: 24 August 11:00–14:00: 1 (working), 2 needed", 3000)]


def test_hours__statistics__say_the_fewest_and_when() -> None:
    given = asking(
        lunch(),
        need("cook", skillId="Cook", **LUNCH, perDay={"sunday": 2}),
        skills=[skill("Cook", ["a", "b"])],
        schedule=grid(a="△", b="○", c="○"),
    )
    rows = [each.to_wire() for each in per_need(Scorer(given))]

    assert [(each["needId"], each["needed"], each["present"], each["from"], each["until"]) for each in rows] == [
        ("lunch", 2, 2, "11:00", "14:00"),
        ("cook", 2, 1, "11:00", "14:00"),
    ]


def test_hours__with_a_skill__one_person_fills_one_place_at_a_time() -> None:
    skills = [skill("Cook", ["a"]), skill("Till", ["a", "b"])]
    noon = need("noon", skillId="Cook", **hours("12:00", "13:00"), perDay={"sunday": 1}, weight=3)
    till = need("till", skillId="Till", **LUNCH, perDay={"sunday": 1})
    given = asking(noon, till, skills=skills, schedule=grid(a="○", b="×", c="×"))

    # In the kitchen at noon, at the till before and after.
    assert told(given) == [
        ("till: 24 August 12:00–13:00: 0 for Till (working), 1 needed; nobody fills two places", 1000)
    ]
    assert told(asking(noon, till, skills=skills, schedule=grid(a="○", b="○", c="×"))) == []


def test_hours__that_must_be_kept__explain_what_contradicts_them() -> None:
    away = rule("required_off", staffIds=["b", "c"], daysOfWeek=[0], hard=True)
    conflict = find_conflict(asking(lunch(hard=True), priorityRules=[away]))

    assert conflict is not None
    assert {each.kind for each in conflict.parts} == {"staffing_need", "required_off"}
    (said,) = {each.message for each in conflict.parts if each.kind == "staffing_need"}
    assert "lunch: working needed in a day, 11:00–13:00, at least 2" in said or "13:00–14:00" in said


def test_generate__a_need_by_the_hour__chooses_shifts_that_no_other_rule_names() -> None:
    night = need("night", **LATE, perDay=dict.fromkeys(DAYS, 1), hard=True)
    given = asking(night, days=2)
    result = generate(given)

    assert result.score.hard == 0
    assert {"◇"} <= {value for (_, date), value in result.values.items() if date == day(0)}


OTHERS: dict[str, dict[str, Any]] = {
    "heads": {"staffingNeeds": [need("all", perDay={"sunday": 2, "monday": 1}, tooManyWeight=1)]},
    "daily": {"dailyLimits": [limit(shiftType="off", minCount=1, hard=True)]},
    "weekly": {"weeklyLimits": [limit(shiftType="early", maxCount=1, weight=2)]},
    "monthly": {"monthlyLimits": [limit(limitType="min_off_days", shiftType="off", minCount=1, hard=True)]},
    "group": {"staffGroups": [group("g", ["a", "b"], maxOffPerDay=0, minLate=1)]},
    "avoid": {"priorityRules": [rule("avoid_shift", staffIds=["a"], shiftType="early", weight=3)]},
    "apart": {"priorityRules": [rule("not_together", staffIds=["a", "b"], hard=True)]},
    "rest": {"priorityRules": [rule("rest_between", minHours=11, hard=True)]},
    "hours": {"priorityRules": [rule("hours", per="period", maxHours=10, weight=2)]},
    "cook": {"staffingNeeds": [need("cook", skillId="Cook", perDay={"sunday": 1, "monday": 1})]},
}
SKILLS = [
    skill("Cook", ["a"], dated=[{"staffId": "b", "level": 2, "from": 1}]),
    skill("Till", ["a", "b"], [], ["c"]),
]
BOTH = {"sunday": 1, "monday": 2}
ROWS: dict[str, dict[str, Any]] = {
    "lunch": {**LUNCH, "perDay": BOTH, "tooManyWeight": 1, "weight": 2},
    "hard lunch": {**LUNCH, "perDay": {"sunday": 2, "monday": 1}, "hard": True},
    "night": {**LATE, "perDay": {"sunday": 1}, "weight": 3},
    "dawn": {"from": "05:00", "until": "08:00", "perDay": {"monday": 2}, "hard": True, "tooManyWeight": 2},
    "late till": {**LATE, "skillId": "Till", "minLevel": 2, "perDay": {"sunday": 1}, "weight": 2},
    "noon cook": {"from": "12:00", "until": "13:30", "skillId": "Cook", "perDay": BOTH, "hard": True},
    "dawn till": {"from": "23:00", "until": "07:00", "skillId": "Till", "perDay": {"sunday": 1}, "weight": 5},
}
SETS = [*((name,) for name in ROWS), *combinations(ROWS, 2), *((name, other) for name in ROWS for other in OTHERS)]


@pytest.mark.parametrize("names", SETS, ids="-".join)
def test_generate__hours_with_any_other_rule__is_as_good_as_the_best_of_all(names: tuple[str, ...]) -> None:
    rest = {table: rows for name in names if name in OTHERS for table, rows in OTHERS[name].items()}
    needs = [need(name, **ROWS[name]) for name in names if name in ROWS] + rest.pop("staffingNeeds", [])
    given = asking(*needs, days=2, skills=SKILLS, **rest)
    result = generate(given)

    assert (result.score.hard, result.score.objective) == brute_force(given)


def test_hours__from_and_until_alike__are_the_whole_day() -> None:
    asked = builders.need("all day", **hours("09:00", "09:00"), perDay={"sunday": 1})
    given = asking(asked, days=2, schedule=grid(a="○◇", b="××", c="××"))

    assert sum(penalty for _, penalty in told(given)) == 16_000
