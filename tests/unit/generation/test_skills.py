"""Skills: places that need one, each filled by one person, counted by hand and against every schedule."""

from itertools import combinations, product
from typing import Any

import pytest

from schedules.generation.compiled import Compiled
from schedules.generation.explain import find_conflict
from schedules.generation.generate import generate
from schedules.generation.matching import filled
from schedules.generation.problem import Problem
from schedules.generation.score import Scorer
from schedules.generation.statistics import per_need
from tests.unit.generation import builders
from tests.unit.generation.builders import brute_force, found, grid, group, limit, member, need, problem, rule, skill

COOKS, TILL = skill("Cook", ["a", "b"], [], ["c"]), skill("Till", ["a"], ["c"])


def asking(*needs: dict[str, Any], days: int = 1, **rest: Any) -> Problem:
    return problem(["a", "b", "c"], days, skills=[COOKS, TILL], staffingNeeds=list(needs), **rest)


def cook(need_id: str = "cook", **config: Any) -> dict[str, Any]:
    return need(need_id, **{"skillId": "Cook", "perDay": {"sunday": 1}, **config})


def till(need_id: str = "till", **config: Any) -> dict[str, Any]:
    return need(need_id, **{"skillId": "Till", "perDay": {"sunday": 1}, **config})


def test_places__one_who_can_do_both__fills_one_of_them() -> None:
    given = asking(cook(weight=1), till(weight=2), schedule=grid(a="○", b="×", c="×"))
    (only,) = Scorer(given).violations()

    # The dearer place is filled.
    assert (only.rule_id, only.penalty, only.kind) == ("cook", 1000, "staffing_skill")
    assert only.message == "cook: 24 August: 0 for Cook (working), 1 needed; nobody fills two places"
    assert only.message_ja == "cook:8月24日:Cookを担当する出勤が0人です(1人必要。1人が担当するのは1か所)"
    assert found(asking(cook(), till(), schedule=grid(a="○", b="○", c="×"))) == []


def test_places__by_a_chain__one_makes_room_for_another() -> None:
    """Whoever can do both goes where nobody else can."""
    rows = [cook(weight=3), till(weight=2)]
    assert found(asking(*rows, schedule=grid(a="○", b="○", c="×"))) == []
    assert filled((1, 1, 1), (0b011, 0b110, 0b001), (1, 1, 1)).missing == (0, 0, 0)
    assert filled((2, 1), (0b11, 0b01), (2, 1)).missing == (0, 0)


def test_places__of_different_shifts__are_one_for_each_person_too() -> None:
    rows = [cook(shiftType="early"), cook("any", shiftType="any")]

    assert found(asking(*rows, schedule=grid(a="△", b="×", c="×"))) == [("staffing_skill", 1.0)]
    assert found(asking(*rows, schedule=grid(a="△", b="◇", c="×"))) == []


def test_places__level__counts_from_that_one_on() -> None:
    rows = [cook(minLevel=2)]

    assert found(asking(*rows, schedule=grid(a="○", b="○", c="×"))) == [("staffing_skill", 1.0)]
    assert found(asking(*rows, schedule=grid(a="×", b="×", c="○"))) == []
    (said,) = Scorer(asking(*rows, schedule=grid(a="○", b="○", c="×"))).violations()
    assert "Cook Lv.2+" in said.message


LEAVING = skill(
    "Leaving",
    [],
    ["b"],
    dated=[
        {"staffId": "a", "level": 1, "until": 0},
        {"staffId": "a", "level": 3, "from": 2, "until": 2},
        {"staffId": "c", "level": 2, "from": 1, "until": 1},
    ],
)


@pytest.mark.parametrize(("least", "empty"), [(1, []), (2, [0]), (3, [0, 1])])
def test_places__levels_for_a_time__count_on_their_days(least: int, empty: list[int]) -> None:
    asked_for = need(
        "cook", skillId="Leaving", minLevel=least, perDay=dict.fromkeys(("sunday", "monday", "tuesday"), 1)
    )
    away = grid(a="○○○", b="×○×", c="○×○")
    given = problem(["a", "b", "c"], 3, skills=[LEAVING], staffingNeeds=[asked_for], schedule=away)

    assert [each.day for each in Scorer(given).violations()] == [builders.day(index) for index in empty]


def test_places__of_a_skill_that_ends__say_on_how_many_days_nobody_has_it() -> None:
    ending = skill("Cook", dated=[{"staffId": "a", "level": 1, "until": 0}])
    asked_for = cook(perDay=dict.fromkeys(("sunday", "monday", "tuesday"), 1))

    assert problem(["a"], 3, skills=[ending], staffingNeeds=[asked_for]).warnings == (
        "Need cook: nobody has the skill Cook at that level on 2 of its days, the first 2025-08-25, so its places stay empty.",
    )


def test_places__a_need_without_a_skill__counts_heads_whatever_they_do() -> None:
    rows = [cook(), till(), need("all", perDay={"sunday": 2})]

    assert found(asking(*rows, schedule=grid(a="○", b="○", c="×"))) == []


def test_places__statistics__say_how_many_are_filled() -> None:
    given = asking(cook(perDay={"sunday": 2}), till(), schedule=grid(a="○", b="○", c="×"))
    numbers = {(each.need_id, each.label): (each.needed, each.present) for each in per_need(Scorer(given))}

    assert numbers == {("cook", "Cook"): (2, 2), ("till", "Till"): (1, 0)}


def test_places__nobody_has_the_skill__or_it_is_gone__is_said() -> None:
    given = asking(till(minLevel=3), cook("lost", skillId="gone"), schedule=grid(a="○", b="○", c="○"))

    assert set(given.warnings) == {
        "Need till: nobody has the skill Till at that level, so its places stay empty.",
        "Need lost: its skill no longer exists, so it has no effect.",
    }


def test_places__that_must_be_filled__explain_what_contradicts_them() -> None:
    """One person for two places: both, and nothing else, contradict each other."""
    away = rule("required_off", staffIds=["b", "c"], daysOfWeek=[0], hard=True)
    given = asking(cook(hard=True), till(hard=True), priorityRules=[away])
    conflict = find_conflict(given)

    assert conflict is not None
    assert conflict.minimal
    assert {each.kind for each in conflict.parts} == {"staffing_skill", "required_off"}
    said = {each.message for each in conflict.parts if each.kind == "staffing_skill"}
    assert len(said) == 2
    assert any("working with the skill in a day, each for one place, at least 1" in each for each in said)


def test_places__without_one_of_the_rules__are_filled_by_the_others() -> None:
    given = asking(cook(weight=5), till(weight=1), schedule=grid(a="○", b="×", c="×"))
    compiled = Compiled(given, without=lambda rule: rule.id == "cook")

    assert [each.rule_id for each in Scorer(given, compiled=compiled).violations()] == []


def test_filled__any_small_case__is_the_cheapest_of_all_ways() -> None:
    for wanted in product(range(3), repeat=3):
        for there in product(range(2), repeat=4):
            masks = (0b011, 0b110, 0b101, 0b111)
            ways = {wanted}
            for mask, number in zip(masks, there, strict=True):
                for _ in range(number):
                    ways |= {
                        (*way[:kind], way[kind] - 1, *way[kind + 1 :])
                        for way in ways
                        for kind in range(3)
                        if mask >> kind & 1 and way[kind]
                    }
            flow, missing = filled(wanted, masks, there)
            assert missing == min(ways)
            assert all(sum(row) <= number for row, number in zip(flow, there, strict=True))


OTHERS: dict[str, dict[str, Any]] = {
    "need": {"staffingNeeds": [need("all", perDay={"sunday": 2, "monday": 1}, tooManyWeight=1)]},
    "daily": {"dailyLimits": [limit(shiftType="off", minCount=1, hard=True)]},
    "weekly": {"weeklyLimits": [limit(shiftType="early", maxCount=1, weight=2)]},
    "monthly": {"monthlyLimits": [limit(limitType="min_off_days", shiftType="off", minCount=1, hard=True)]},
    "group": {"staffGroups": [group("g", ["a", "b"], maxOffPerDay=0, minLate=1)]},
    "avoid": {"priorityRules": [rule("avoid_shift", staffIds=["a"], shiftType="early", weight=3)]},
    "apart": {"priorityRules": [rule("not_together", staffIds=["a", "b"], hard=True)]},
    "run": {"priorityRules": [rule("max_consecutive_work", maxCount=1, hard=True)]},
}
BOTH = {"sunday": 1, "monday": 1}
NEEDS: dict[str, dict[str, Any]] = {
    "cook": {"skillId": "Cook", "perDay": BOTH, "weight": 2},
    "early cook": {"skillId": "Cook", "shiftType": "early", "perDay": BOTH, "hard": True},
    "till": {"skillId": "Till", "perDay": {"sunday": 2}, "weight": 3},
    "late till": {"skillId": "Till", "minLevel": 2, "shiftType": "late", "perDay": BOTH, "hard": True},
    "leaving": {"skillId": "Leaving", "minLevel": 2, "perDay": BOTH, "weight": 4},
    "hall": {"skillId": "Cook", "scope": "position", "targetIds": ["ホール"], "perDay": BOTH},
}
SETS = [*combinations(NEEDS, 2), *combinations(NEEDS, 3), *((name, other) for name in NEEDS for other in OTHERS)]


@pytest.mark.parametrize("names", SETS, ids="-".join)
def test_generate__places_with_any_other_rule__is_as_good_as_the_best_of_all(names: tuple[str, ...]) -> None:
    rest = {table: rows for name in names if name in OTHERS for table, rows in OTHERS[name].items()}
    needs = [need(name, **NEEDS[name]) for name in names if name in NEEDS]
    staff: list[str | dict[str, Any]] = ["a", member("b", position="ホール", allowedShiftTypes=["○", "△", "×"]), "c"]
    needs += rest.pop("staffingNeeds", [])
    given = problem(staff, 2, skills=[COOKS, TILL, LEAVING], staffingNeeds=needs, **rest)
    result = generate(given)

    assert (result.score.hard, result.score.objective) == brute_force(given)
