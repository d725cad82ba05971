"""Small problems in the shapes of the wire."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.loading import PlanningData, load_problem
from schedules.generation.past import PastPeriod
from schedules.generation.problem import Options, Problem
from schedules.generation.score import Scorer

START = date(2025, 8, 24)
"""A Sunday."""

QUICK = Options(time_limit=20, deterministic_time=5, workers=1)


def day(index: int) -> date:
    return START + timedelta(days=index)


def key(index: int) -> str:
    return day(index).isoformat()


def member(staff_id: str, **fields: Any) -> dict[str, Any]:
    return {"id": staff_id, "name": staff_id.upper(), "type": "社員", "position": "調理", **fields}


def limit(limit_id: str = "limit", *, hard: bool = False, weight: float = 1, **config: Any) -> dict[str, Any]:
    effective: dict[str, Any] = {
        name: config.pop(name) for name in ("effectiveFrom", "effectiveUntil") if name in config
    }
    return {
        "id": limit_id,
        "name": limit_id,
        "isHardConstraint": hard,
        "penaltyWeight": weight,
        "limitConfig": config,
        **effective,
    }


def rule(rule_type: str, rule_id: str = "", *, hard: bool = False, weight: float = 1, **config: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: config.pop(name) for name in ("effectiveFrom", "effectiveUntil", "priorityLevel") if name in config
    }
    return {
        "id": rule_id or rule_type,
        "name": rule_id or rule_type,
        "isHardConstraint": hard,
        "penaltyWeight": weight,
        "ruleDefinition": {"ruleType": rule_type, **config},
        "ruleConfig": {"preferenceStrength": 1},
        **row,
    }


def need(need_id: str = "need", *, hard: bool = False, weight: float = 1, **config: Any) -> dict[str, Any]:
    return {
        "id": need_id,
        "name": need_id,
        "isHardConstraint": hard,
        "penaltyWeight": weight,
        "needConfig": {"scope": "all", "targetIds": [], "shiftType": "any", **config},
    }


def skill(skill_id: str, *levels: Sequence[str], dated: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Who has the skill, the lowest level first; ``dated``: who has it on some days, by their numbers."""
    config: dict[str, Any] = {f"level{number}": list(people) for number, people in enumerate(levels, 1)}
    if dated:
        config["dated"] = [
            {**each, **{end: key(each[end]) for end in ("from", "until") if each.get(end) is not None}}
            for each in dated
        ]
    return {"id": skill_id, "name": skill_id, "skillConfig": config}


def group(group_id: str, members: Sequence[str], **coverage: Any) -> dict[str, Any]:
    return {
        "id": group_id,
        "name": group_id,
        "groupConfig": {"members": list(members), "coverageRules": {"maxOffPerDay": 99, **coverage}},
    }


def assignment(staff_id: str, group_id: str, **fields: Any) -> dict[str, Any]:
    return {"id": f"{staff_id}-{group_id}", "staffId": staff_id, "groupId": group_id, **fields}


def wish(staff_id: str, index: int, kind: str = "off", shift: str = "", **fields: Any) -> dict[str, Any]:
    """A wish for the day of that number, as on the wire."""
    row = {"id": f"{staff_id}-{index}", "staffId": staff_id, "dateKey": key(index), "kind": kind, "shiftValue": shift}
    return {**row, "weight": 3, "state": "open", **fields}


def availability(staff_id: str, *weekdays: int, **fields: Any) -> dict[str, Any]:
    """When somebody can work on those weekdays, as on the wire; from the first day of the period on."""
    row = {"id": f"{staff_id}-{'-'.join(map(str, weekdays))}", "staffId": staff_id, "weekdays": [*weekdays]}
    return {**row, "availableFrom": None, "availableUntil": None, "validFrom": key(0), "validUntil": None, **fields}


def grid(**rows: str) -> dict[str, dict[str, str]]:
    """A schedule as text: one character a day, ``.`` blank."""
    return {
        staff_id: {key(index): "" if value == "." else value for index, value in enumerate(row)}
        for staff_id, row in rows.items()
    }


def problem(
    staff: Sequence[str | Mapping[str, Any]] = ("a", "b"),
    days: int = 3,
    *,
    options: Options = QUICK,
    schedule: Mapping[str, Mapping[str, str]] | None = None,
    **rest: Any,
) -> Problem:
    """A problem; settings tables by their wire names, anything else as ``PlanningData`` has it."""
    first = rest.pop("start", START)
    tables = (
        "staffGroups",
        "skills",
        "staffingNeeds",
        "dailyLimits",
        "weeklyLimits",
        "monthlyLimits",
        "priorityRules",
        "backupAssignments",
    )
    settings = {name: rest.pop(name) for name in tables if name in rest}
    members = [member(each) if isinstance(each, str) else each for each in staff]
    data = PlanningData(
        start=first,
        end=first + timedelta(days=days - 1),
        staff=members,
        settings=settings,
        schedule_data=schedule or {},
        **rest,
    )
    return load_problem(data, options)


def past_of(given: Problem) -> PastPeriod:
    """The grid of a problem as one of the periods before another."""
    states = [given.present(person, day) for person in given.staff for day in given.days]
    return PastPeriod(given.staff, given.days, states, given.shift_types, given.closed)


def found(given: Problem) -> list[tuple[str, float]]:
    """What the problem's own grid breaks: kind and amount."""
    return sorted((each.kind, each.amount) for each in Scorer(given).violations())


def brute_force(given: Problem) -> tuple[int, int]:
    """The least hard points and, with them, the least objective, by trying every schedule."""
    compiled = Compiled(given)
    scorer = Scorer(given, compiled=compiled)
    best: tuple[int, int] | None = None
    for states in product(*Choices(given).all()):
        scorer.put_all(dict(enumerate(states)))
        score = scorer.score
        if best is None or (score.hard, score.objective) < best:
            best = (score.hard, score.objective)
    assert best is not None
    return best


RULES = [
    "preferred_shift",
    "avoid_shift",
    "avoid_shift_with_exceptions",
    "required_off",
    "required_shift",
    "max_consecutive_work",
    "forbidden_sequence",
    "required_sequence",
    "not_together",
    "together",
    "fairness",
    "run_length",
    "max_weekends",
    "whole_weekends",
    "hours",
    "rest_between",
]
"""Every kind of rule, in an order of its own: seeds draw by it."""
