"""Synthetic restaurants from a fixed seed: staff, groups, limits, rules and wishes such as kitchens and halls have."""

import random
from datetime import date, timedelta
from typing import Any

from schedules.generation.loading import PlanningData, load_problem
from schedules.generation.problem import Options, Problem

START = date(2025, 8, 21)
DAYS = 31
POSITIONS = ("調理", "ホール", "洗い場", "レジ")

Row = dict[str, Any]


def restaurant(size: int, *, seed: int = 1, days: int = DAYS, options: Options | None = None) -> Problem:
    """A restaurant of ``size`` people with one period of ``days`` to be filled."""
    return load_problem(PlanningData(**restaurant_data(size, seed=seed, days=days)), options or Options())


def restaurant_data(size: int, *, seed: int = 1, days: int = DAYS) -> dict[str, Any]:
    """The same, in the shapes of the wire."""
    chance = random.Random(seed)
    staff = [_member(number, chance) for number in range(size)]
    groups = _groups(staff)
    return {
        "start": START.isoformat(),
        "end": (START + timedelta(days=days - 1)).isoformat(),
        "staff": staff,
        "calendar": [{"date": "2025-09-08", "kind": "closed"}],
        "settings": {
            "staffGroups": groups,
            "dailyLimits": _daily(size),
            "weeklyLimits": [
                _row("weekly-off", "週1日は休み", shiftType="off", minCount=1, maxCount=4, weekStartsOn=1, weight=2),
            ],
            "monthlyLimits": _monthly(),
            "priorityRules": [*_standing_rules(), *_wishes(staff, chance)],
            "backupAssignments": _backups(staff, groups, chance),
        },
        "schedule_data": _designated_offs(staff, chance),
    }


def _member(number: int, chance: random.Random) -> Row:
    kind = "社員" if number % 5 < 3 else "派遣" if number % 5 == 3 else "パート"
    return {
        "id": f"staff-{number:03d}",
        "name": f"スタッフ{number + 1}",
        "position": POSITIONS[number % len(POSITIONS)],
        "type": kind,
        "blankMeans": "free" if kind == "パート" else "work",
        "allowedShiftTypes": ["normal", "early"] if chance.random() < 0.2 else [],
        "staffOrder": number,
    }


def _groups(staff: list[Row]) -> list[Row]:
    full_time = [row["id"] for row in staff if row["blankMeans"] == "work"]
    chunks = [full_time[start : start + 4] for start in range(0, len(full_time), 4)]
    return [
        {
            "id": f"group-{number:02d}",
            "name": f"グループ{number + 1}",
            "groupConfig": {
                "members": members,
                "coverageRules": {"minimumCoverage": max(1, len(members) // 2), "maxOffPerDay": 2},
            },
        }
        for number, members in enumerate(chunks)
    ]


def _row(row_id: str, name: str, *, hard: bool = False, weight: float = 1, **config: Any) -> Row:
    return {"id": row_id, "name": name, "isHardConstraint": hard, "penaltyWeight": weight, "limitConfig": config}


def _daily(size: int) -> list[Row]:
    return [
        _row("daily-off", "休みは4割まで", hard=True, shiftType="off", maxCount=max(2, size * 2 // 5)),
        _row(
            "daily-early", "早番", weight=3, shiftType="early", minCount=max(1, size // 10), maxCount=max(2, size // 5)
        ),
        _row("daily-late", "遅番", weight=3, shiftType="late", minCount=max(1, size // 10), maxCount=max(2, size // 5)),
        _row(
            "daily-weekend", "週末の出勤", weight=2, shiftType="any", minCount=max(1, size * 3 // 4), daysOfWeek=[0, 6]
        ),
    ]


def _monthly() -> list[Row]:
    return [
        _row(
            "monthly-off",
            "月の休み",
            hard=True,
            limitType="min_off_days",
            shiftType="off",
            minCount=8,
            maxCount=10,
            scope="type",
            targetIds=["社員", "派遣"],
        ),
        _row(
            "monthly-part",
            "パートの出勤",
            limitType="min_shifts",
            shiftType="any",
            minCount=10,
            maxCount=16,
            scope="type",
            targetIds=["パート"],
            weight=2,
        ),
    ]


def _rule(row_id: str, name: str, rule_type: str, *, hard: bool = False, weight: float = 1, **definition: Any) -> Row:
    return {
        "id": row_id,
        "name": name,
        "isHardConstraint": hard,
        "penaltyWeight": weight,
        "priorityLevel": 1,
        "ruleDefinition": {"ruleType": rule_type, **definition},
    }


def _standing_rules() -> list[Row]:
    return [
        _rule("longest-run", "連勤は5日まで", "max_consecutive_work", hard=True, maxCount=5),
        _rule("late-early", "遅番の翌日の早番", "forbidden_sequence", hard=True, sequence=["late", "early"]),
        _rule("early-off", "早番の翌日の休み", "forbidden_sequence", weight=0.5, sequence=["early", "off"]),
        _rule("fair-late", "遅番の公平", "fairness", shiftType="late", maxCount=2),
    ]


def _wishes(staff: list[Row], chance: random.Random) -> list[Row]:
    rows = []
    for row in staff:
        if chance.random() < 0.5:
            name = f"{row['name']}の希望"
            rows.append(
                _rule(
                    f"wish-{row['id']}",
                    name,
                    chance.choice(["preferred_shift", "avoid_shift"]),
                    staffIds=[row["id"]],
                    shiftType=chance.choice(["early", "off"]),
                    daysOfWeek=[chance.randrange(7)],
                )
            )
    return rows


def _backups(staff: list[Row], groups: list[Row], chance: random.Random) -> list[Row]:
    """Two backups, in order, for one group in four."""
    part_timers = [row["id"] for row in staff if row["blankMeans"] == "free"]
    rows = []
    for group in groups[::4]:
        group["groupConfig"]["coverageRules"] |= {"backupRequired": True, "maxBackupsPerDay": 1}
        for priority, staff_id in enumerate(chance.sample(part_timers, min(2, len(part_timers))), start=1):
            row_id = f"backup-{group['id']}-{priority}"
            rows.append({"id": row_id, "staffId": staff_id, "groupId": group["id"], "priorityOrder": priority})
    return rows


def _designated_offs(staff: list[Row], chance: random.Random) -> dict[str, dict[str, str]]:
    days = [START + timedelta(days=step) for step in range(DAYS)]
    return {row["id"]: {chance.choice(days).isoformat(): "★"} for row in staff if chance.random() < 0.3}
