"""What a restaurant starts with, and what a reset brings back. docs/settings.md says why these.

Groups and backups have no defaults: who works where is for the restaurant to say. A reset leaves them as they are.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from settings_app.rules.copying import copy_rows
from settings_app.rules.intake import with_defaults
from settings_app.rules.rows import Row
from settings_app.rules.table import SettingsTable

DAILY_LIMITS: tuple[Row, ...] = (
    {
        "name": "1日の休み",
        "description": "At most five people off on a day.",
        "limitConfig": {
            "shiftType": "off",
            "minCount": 0,
            "maxCount": 5,
            "daysOfWeek": [],
            "scope": "all",
            "targetIds": [],
        },
        "penaltyWeight": 5.0,
    },
    {
        "name": "1日の早番",
        "description": "At most three people on the early shift.",
        "limitConfig": {
            "shiftType": "early",
            "minCount": 0,
            "maxCount": 3,
            "daysOfWeek": [],
            "scope": "all",
            "targetIds": [],
        },
        "penaltyWeight": 2.0,
    },
    {
        "name": "1日の遅番",
        "description": "At most three people on the late shift.",
        "limitConfig": {
            "shiftType": "late",
            "minCount": 0,
            "maxCount": 3,
            "daysOfWeek": [],
            "scope": "all",
            "targetIds": [],
        },
        "penaltyWeight": 2.0,
    },
)

WEEKLY_LIMITS: tuple[Row, ...] = (
    {
        "name": "週休1日以上",
        "description": "At least one day off in each week, as the law asks (Labour Standards Act, article 35).",
        "limitConfig": {"shiftType": "off", "minCount": 1, "weekStartsOn": 0, "scope": "all", "targetIds": []},
        "penaltyWeight": 10.0,
        "isHardConstraint": True,
    },
    {
        "name": "週の早番",
        "description": "At most three early shifts in a week for each person.",
        "limitConfig": {"shiftType": "early", "maxCount": 3, "weekStartsOn": 0, "scope": "all", "targetIds": []},
        "penaltyWeight": 1.0,
    },
)

MONTHLY_LIMITS: tuple[Row, ...] = (
    {
        "name": "月の公休(下限)",
        "description": "Seven days off in a period, as far as that is possible.",
        "limitConfig": {
            "limitType": "min_off_days",
            "shiftType": "off",
            "minCount": 7,
            "scope": "all",
            "targetIds": [],
        },
        "penaltyWeight": 5.0,
    },
    {
        "name": "月の公休(上限)",
        "description": "No more than nine days off in a period.",
        "limitConfig": {
            "limitType": "max_off_days",
            "shiftType": "off",
            "maxCount": 9,
            "scope": "all",
            "targetIds": [],
        },
        "penaltyWeight": 3.0,
    },
)

PRIORITY_RULES: tuple[Row, ...] = (
    {
        "name": "連続勤務は6日まで",
        "description": "Nobody works more than six days in a row.",
        "priorityLevel": 1,
        "ruleDefinition": {"ruleType": "max_consecutive_work", "staffIds": [], "groupIds": [], "maxCount": 6},
        "penaltyWeight": 10.0,
        "isHardConstraint": True,
    },
    {
        "name": "遅番の翌日は早番なし",
        "description": "No early shift on the day after a late one: eleven hours of rest.",
        "priorityLevel": 1,
        "ruleDefinition": {
            "ruleType": "forbidden_sequence",
            "staffIds": [],
            "groupIds": [],
            "sequence": ["late", "early"],
        },
        "penaltyWeight": 5.0,
    },
)

ML_MODEL_CONFIGS: tuple[Row, ...] = (
    {
        "name": "標準",
        "description": "The constraint solver with a time limit of thirty seconds.",
        "modelName": "cp_sat",
        "modelType": "constraint_solver",
        "parameters": {"algorithm": "cp_sat", "timeLimitSeconds": 30, "stabilityWeight": 1},
        "isDefault": True,
    },
)


def default_rows(tables: Sequence[SettingsTable], new_id: Callable[[], Any]) -> dict[str, tuple[Row, ...]]:
    """The default rows of every table, whole and with ids of their own, by table key."""
    return {
        table.key: tuple(
            {"id": str(new_id()), **with_defaults(copy.deepcopy(row), table.row)} for row in table.defaults
        )
        for table in tables
    }


def reset_rows(
    current: Mapping[str, Sequence[Row]], tables: Sequence[SettingsTable], new_id: Callable[[], Any]
) -> dict[str, tuple[Row, ...]]:
    """The rows of a reset: the defaults, and copies of the ``current`` rows of tables that outlive one."""
    lasting = {table.key: current.get(table.key, ()) for table in tables if table.outlives_reset}
    copies = copy_rows(lasting, tables, new_id).rows
    return {**default_rows(tables, new_id), **{key: copies[key] for key in lasting}}
