"""The shapes of whole rows on the wire: the columns that a client may write, configs included.

What the server alone writes (``READ_ONLY``) is in no row shape: it is ignored when it comes in.
"""

from dataclasses import replace
from typing import Any

from settings_app.rules.configs import (
    DAILY_LIMIT_CONFIG,
    GROUP_CONFIG,
    GROUPS,
    ID,
    MODEL_CONFIG,
    MONTHLY_LIMIT_CONFIG,
    NEED_CONFIG,
    PARAMETERS,
    RULE_CONFIG,
    RULE_DEFINITION,
    SKILL_CONFIG,
    WEEKLY_LIMIT_CONFIG,
    read_rule,
)
from settings_app.rules.cross_checks import not_before
from settings_app.rules.shapes import STAFF, Field, Refers, Shape
from settings_app.rules.values import Day, Flag, Integer, Number, Text, Value

Row = dict[str, Any]
"""A row on the wire: ``id`` and the columns of its shape; from the server also ``READ_ONLY``."""

LINEAGE = "lineageId"
READ_ONLY = frozenset({"restaurantId", "versionId", "isActive", "createdAt", "updatedAt", "revision", LINEAGE})

NAME_LENGTH = 200
PROSE_LENGTH = 5_000
SMALL = 32_767


def _column(value: Value, label: str, default: Any) -> Field:
    return Field(value, label, default=default, nullable=False)


def _config(shape: Shape) -> Field:
    return Field(shape, shape.title, default={}, nullable=False)


_DESCRIPTION = _column(Text(PROSE_LENGTH), "Description", "")
_NAMED = {"name": Field(Text(NAME_LENGTH, may_be_empty=False), "Name", required=True), "description": _DESCRIPTION}
_NAMED_LATER = {"name": Field(Text(NAME_LENGTH), "Name", "may be empty", required=True), "description": _DESCRIPTION}
_PERHAPS_NAMED = {"name": _column(Text(NAME_LENGTH), "Name", ""), "description": _DESCRIPTION}
_IN_FORCE = {"effectiveFrom": Field(Day(), "In force from"), "effectiveUntil": Field(Day(), "In force until")}
_WEIGHED = {
    "penaltyWeight": _column(Number(0, 10_000), "Weight", 1.0),
    "isHardConstraint": _column(Flag(), "Must be kept", False),
    **_IN_FORCE,
}
_DATES_IN_ORDER = (not_before("effectiveUntil", "effectiveFrom"),)

STAFF_GROUP = Shape(
    "Staff group", {**_PERHAPS_NAMED, "color": _column(Text(50), "Colour", ""), "groupConfig": _config(GROUP_CONFIG)}
)

SKILL = Shape(SKILL_CONFIG.title, {**_NAMED, "skillConfig": _config(SKILL_CONFIG)})


def _limit(config: Shape, named: dict[str, Field]) -> Shape:
    return Shape(config.title, {**named, "limitConfig": _config(config), **_WEIGHED}, _DATES_IN_ORDER)


DAILY_LIMIT = _limit(DAILY_LIMIT_CONFIG, _NAMED)
WEEKLY_LIMIT = _limit(WEEKLY_LIMIT_CONFIG, _NAMED_LATER)
MONTHLY_LIMIT = _limit(MONTHLY_LIMIT_CONFIG, _NAMED_LATER)

_TOO_FEW = {**_WEIGHED, "penaltyWeight": replace(_WEIGHED["penaltyWeight"], label="Weight per missing person")}
"""As of any row, under the name that tells it from the weight of those who are too many."""

STAFFING_NEED = Shape(
    NEED_CONFIG.title, {**_NAMED_LATER, "needConfig": _config(NEED_CONFIG), **_TOO_FEW}, _DATES_IN_ORDER
)

PRIORITY_RULE = Shape(
    "Priority rule",
    {
        **_NAMED_LATER,
        "priorityLevel": _column(Integer(0, SMALL), "Priority (1 = most important)", 1),
        "ruleDefinition": _config(RULE_DEFINITION),
        "ruleConfig": _config(RULE_CONFIG),
        **_WEIGHED,
    },
    _DATES_IN_ORDER,
    read=read_rule,
)

ML_MODEL_CONFIG = Shape(
    "Solver configuration",
    {
        **_PERHAPS_NAMED,
        "modelName": _column(Text(NAME_LENGTH), "Model", ""),
        "modelType": _column(Text(100), "Type of model", ""),
        "parameters": _config(PARAMETERS),
        "modelConfig": _config(MODEL_CONFIG),
        "confidenceThreshold": _column(Number(0, 1), "Confidence threshold", 0.75),
        "isDefault": _column(Flag(), "Used by default", False),
    },
)

BACKUP_ASSIGNMENT = Shape(
    "Backup assignment",
    {
        **_PERHAPS_NAMED,
        "staffId": Field(ID, "Backup", required=True, refers=Refers(STAFF)),
        "groupId": Field(ID, "Group", required=True, refers=Refers(GROUPS)),
        "assignmentType": _column(Text(50), "Type", "regular"),
        "priorityOrder": _column(Integer(0, SMALL), "Priority (1 = asked first)", 1),
        **_IN_FORCE,
        "notes": _column(Text(PROSE_LENGTH), "Notes", ""),
    },
    _DATES_IN_ORDER,
)
