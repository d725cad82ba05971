"""The settings tables: one frozen description each, in the order in which they refer to one another.

An app above this one registers its own tables from its ``ready()``; generic code asks :func:`settings_tables`.
"""

from typing import cast

from django.apps import apps

from settings_app.models import SettingsRow
from settings_app.rules import defaults, rows, rule_spellings
from settings_app.rules.browser_storage import groups, limits, priority_rules, solver
from settings_app.rules.browser_storage.items import listed
from settings_app.rules.configs import GROUPS, SKILLS, unused_parameters
from settings_app.rules.storage_form import StorageForm
from settings_app.rules.table import SettingsTable, WireNames

_TABLES: dict[str, SettingsTable] = {}


def register(table: SettingsTable) -> SettingsTable:
    """Adds a table; those that it refers to are there already. Registering the same one again changes nothing."""
    known = _TABLES.setdefault(table.key, table)
    if known != table:
        raise ValueError(f"Two settings tables are called {table.key}.")
    return table


def settings_tables() -> tuple[SettingsTable, ...]:
    """All registered tables, each after those it refers to."""
    return tuple(_TABLES.values())


def tables_of(app_label: str) -> tuple[SettingsTable, ...]:
    """The tables of one app, which offers them on the socket, over REST and in the admin."""
    return tuple(table for table in _TABLES.values() if table.model.partition(".")[0] == app_label)


def settings_table(name: str) -> SettingsTable | None:
    """The table of that key (``staff_groups``) or collection (``staffGroups``)."""
    return next((table for table in _TABLES.values() if name in (table.key, table.names.collection)), None)


def require_table(name: str) -> SettingsTable:
    """The same; raises ``KeyError`` where there is none."""
    table = settings_table(name)
    if table is None:
        raise KeyError(name)
    return table


def model_of(table: SettingsTable) -> type[SettingsRow]:
    """The model of a table, once all apps are loaded."""
    return cast(type[SettingsRow], apps.get_model(table.model))


STAFF_GROUPS = register(
    SettingsTable(
        key=GROUPS,
        model="settings_app.StaffGroup",
        title="staff groups",
        names=WireNames("staffGroups", "STAFF_GROUP", "STAFF_GROUPS", "group", "staff-groups"),
        row=rows.STAFF_GROUP,
        storage=groups.STORAGE,
        outlives_reset=True,
        hard_delete=True,
        is_for_v1=True,
    )
)
DAILY_LIMITS = register(
    SettingsTable(
        key="daily_limits",
        model="settings_app.DailyLimit",
        title="daily limits",
        names=WireNames("dailyLimits", "DAILY_LIMIT", "DAILY_LIMITS", "limit", "daily-limits"),
        row=rows.DAILY_LIMIT,
        storage=limits.DAILY,
        defaults=defaults.DAILY_LIMITS,
        is_for_v1=True,
    )
)
WEEKLY_LIMITS = register(
    SettingsTable(
        key="weekly_limits",
        model="settings_app.WeeklyLimit",
        title="weekly limits",
        names=WireNames("weeklyLimits", "WEEKLY_LIMIT", "WEEKLY_LIMITS", "limit", "weekly-limits"),
        row=rows.WEEKLY_LIMIT,
        storage=limits.WEEKLY,
        defaults=defaults.WEEKLY_LIMITS,
        is_for_v1=True,
    )
)
MONTHLY_LIMITS = register(
    SettingsTable(
        key="monthly_limits",
        model="settings_app.MonthlyLimit",
        title="monthly limits",
        names=WireNames("monthlyLimits", "MONTHLY_LIMIT", "MONTHLY_LIMITS", "limit", "monthly-limits"),
        row=rows.MONTHLY_LIMIT,
        storage=limits.MONTHLY,
        defaults=defaults.MONTHLY_LIMITS,
        is_for_v1=True,
    )
)
PRIORITY_RULES = register(
    SettingsTable(
        key="priority_rules",
        model="settings_app.PriorityRule",
        title="priority rules",
        names=WireNames("priorityRules", "PRIORITY_RULE", "PRIORITY_RULES", "rule", "priority-rules"),
        row=rows.PRIORITY_RULE,
        storage=priority_rules.STORAGE,
        defaults=defaults.PRIORITY_RULES,
        remarks=rule_spellings.remarks,
        is_for_v1=True,
    )
)
SKILL_TABLE = register(
    SettingsTable(
        key=SKILLS,
        model="settings_app.Skill",
        title="skills",
        names=WireNames("skills", "SKILL", "SKILLS", "skill", "skills"),
        row=rows.SKILL,
        storage=StorageForm(("skills",), listed("skills")),
        outlives_reset=True,
    )
)
STAFFING_NEEDS = register(
    SettingsTable(
        key="staffing_needs",
        model="settings_app.StaffingNeed",
        title="staffing needs",
        names=WireNames("staffingNeeds", "STAFFING_NEED", "STAFFING_NEEDS", "need", "staffing-needs"),
        row=rows.STAFFING_NEED,
        storage=StorageForm(("staffingNeeds",), listed("staffingNeeds")),
        outlives_reset=True,
    )
)
ML_MODEL_CONFIGS = register(
    SettingsTable(
        key="ml_model_configs",
        model="settings_app.MLModelConfig",
        title="solver configurations",
        names=WireNames("mlModelConfigs", "ML_CONFIG", "ML_CONFIG", "config", "ml-model-configs"),
        row=rows.ML_MODEL_CONFIG,
        storage=solver.STORAGE,
        defaults=defaults.ML_MODEL_CONFIGS,
        remarks=unused_parameters,
        implied_by="isDefault",
        is_for_v1=True,
    )
)
