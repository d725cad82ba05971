"""Which fields of a form say something for which kind of rule or limit; the others are left out."""

from collections.abc import Collection, Mapping
from typing import Any

from settings_app.admin.fields import value_at

_SHIFTS = ("preferred_shift", "avoid_shift", "avoid_shift_with_exceptions", "required_shift")
_SEQUENCES = ("forbidden_sequence", "required_sequence")
_DAYS = (*_SHIFTS, "required_off", *_SEQUENCES)
_SPREAD = ("shift_distribution",)

KIND_OF: Mapping[str, str] = {
    "ruleDefinition": "ruleDefinition.ruleType",
    "ruleConfig": "ruleDefinition.ruleType",
    "limitConfig": "limitConfig.limitType",
}
"""The field that says the kind, by the config of a field."""

ONLY_FOR: Mapping[str, Collection[str]] = {
    "ruleDefinition.shiftType": (*_SHIFTS, "fairness", "run_length"),
    "ruleDefinition.allowedShifts": ("avoid_shift_with_exceptions",),
    "ruleDefinition.sequence": _SEQUENCES,
    "ruleDefinition.daysOfWeek": (*_DAYS, "max_weekends", "whole_weekends"),
    "ruleDefinition.dates": _DAYS,
    "ruleDefinition.minCount": ("run_length",),
    "ruleDefinition.maxCount": ("run_length", "max_consecutive_work", "max_weekends"),
    "ruleDefinition.pastPeriods": ("fairness",),
    "ruleDefinition.minHours": ("hours", "rest_between"),
    "ruleDefinition.maxHours": ("hours",),
    "ruleDefinition.per": ("hours",),
    "ruleDefinition.weekStartsOn": ("hours",),
    "ruleDefinition.breakMinutes": ("hours",),
    "ruleDefinition.breakOverHours": ("hours",),
    "ruleConfig.preferenceStrength": ("preferred_shift", "avoid_shift", "avoid_shift_with_exceptions"),
    "limitConfig.shiftType": ("max_shifts", "min_shifts", *_SPREAD),
    "limitConfig.distributionRules.maxConsecutive": _SPREAD,
    "limitConfig.distributionRules.minDaysBetween": _SPREAD,
    "limitConfig.distributionRules.preferWeekends": _SPREAD,
    "limitConfig.countHalfDays": ("max_off_days", "min_off_days", "off_days"),
    "limitConfig.excludeCalendarRules": ("max_off_days", "min_off_days", "off_days"),
}
"""Fields that count for some kinds alone. A field that is not here counts for all."""


def counts_for(path: str, kinds: Collection[str]) -> bool:
    """Whether the field at ``path`` says something for one of ``kinds``; without any, all do."""
    return not kinds or path not in ONLY_FOR or any(kind in ONLY_FOR[path] for kind in kinds)


def kinds_of(known: Collection[str], row: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, list[str]]:
    """The kinds that a row is of, and is to be of, by config. ``row`` has its configs by name; ``sent`` is what a form brings."""
    found: dict[str, list[str]] = {}
    for config, path in KIND_OF.items():
        if path in known:
            kinds = (value_at(row, path.split(".")), sent.get(path))
            found[config] = [str(kind) for kind in dict.fromkeys(kinds) if kind]
    return found
