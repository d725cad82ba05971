"""What the inputs of a version 1 form mean, and what of them stays for the check to name."""

from typing import Any

import pytest

from settings_app.rules.configs import (
    DAILY_LIMIT_CONFIG,
    GROUP_CONFIG,
    MONTHLY_LIMIT_CONFIG,
    PARAMETERS,
    RULE_CONFIG,
    RULE_DEFINITION,
    WEEKLY_LIMIT_CONFIG,
)
from settings_app.rules.rows import BACKUP_ASSIGNMENT, ML_MODEL_CONFIG, PRIORITY_RULE, STAFF_GROUP
from settings_app.rules.shapes import Shape, check
from settings_app.rules.v1.inputs import read_inputs

READ: list[tuple[Shape, dict[str, Any], dict[str, Any]]] = [
    # Numbers as text.
    (DAILY_LIMIT_CONFIG, {"maxCount": "3"}, {"maxCount": 3}),
    (DAILY_LIMIT_CONFIG, {"maxCount": " ３ "}, {"maxCount": 3}),
    (DAILY_LIMIT_CONFIG, {"maxCount": "03"}, {"maxCount": 3}),
    (DAILY_LIMIT_CONFIG, {"maxCount": "3.0"}, {"maxCount": 3}),
    (MONTHLY_LIMIT_CONFIG, {"maxCount": "8.5", "minCount": ".5"}, {"maxCount": 8.5, "minCount": 0.5}),
    (MONTHLY_LIMIT_CONFIG, {"distributionRules": {"maxConsecutive": "2"}}, {"distributionRules": {"maxConsecutive": 2}}),
    (WEEKLY_LIMIT_CONFIG, {"weekStartsOn": "1", "daysOfWeek": ["0", 6]}, {"weekStartsOn": 1, "daysOfWeek": [0, 6]}),
    (WEEKLY_LIMIT_CONFIG, {"daysOfWeek": ["holiday"]}, {"daysOfWeek": ["holiday"]}),
    (GROUP_CONFIG, {"coverageRules": {"minEarly": "1"}}, {"coverageRules": {"minEarly": 1}}),
    (RULE_CONFIG, {"preferenceStrength": "0.5"}, {"preferenceStrength": 0.5}),
    (PARAMETERS, {"penaltyWeights": {"staffGroup": "7", "x": ""}}, {"penaltyWeights": {"staffGroup": 7}}),
    (PRIORITY_RULE, {"priorityLevel": "2", "penaltyWeight": "1.5"}, {"priorityLevel": 2, "penaltyWeight": 1.5}),
    # Switches as text.
    (PRIORITY_RULE, {"isHardConstraint": "true"}, {"isHardConstraint": True}),
    (MONTHLY_LIMIT_CONFIG, {"countHalfDays": "False"}, {"countHalfDays": False}),
    # Emptied inputs: null, or left out where there is always a value.
    (DAILY_LIMIT_CONFIG, {"maxCount": "", "daysOfWeek": "", "shiftType": ""}, {"maxCount": None, "daysOfWeek": None, "shiftType": None}),
    (PRIORITY_RULE, {"penaltyWeight": "", "priorityLevel": "", "isHardConstraint": "", "effectiveFrom": ""}, {"effectiveFrom": None}),
    (BACKUP_ASSIGNMENT, {"priorityOrder": "", "notes": "", "name": ""}, {"notes": "", "name": ""}),
    (ML_MODEL_CONFIG, {"confidenceThreshold": "", "isDefault": "", "modelName": ""}, {"modelName": ""}),
    (STAFF_GROUP, {"groupConfig": "", "color": ""}, {"color": ""}),
    (RULE_DEFINITION, {"staffIds": ["", "a", None]}, {"staffIds": ["a"]}),
    # Ids that are numbers.
    (GROUP_CONFIG, {"members": [3, "a"]}, {"members": ["3", "a"]}),
    (RULE_DEFINITION, {"staffIds": [3], "groupIds": [4]}, {"staffIds": ["3"], "groupIds": ["4"]}),
    (WEEKLY_LIMIT_CONFIG, {"scope": "group", "targetIds": [3]}, {"scope": "group", "targetIds": ["3"]}),
    (BACKUP_ASSIGNMENT, {"staffId": 3, "groupId": 4}, {"staffId": "3", "groupId": "4"}),
    # What no shape knows.
    (DAILY_LIMIT_CONFIG, {"zNote": "3", "value": ""}, {"zNote": "3", "value": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "given", "read"), READ)
def test_inputs__of_one_meaning__are_read(shape: Shape, given: dict[str, Any], read: dict[str, Any]) -> None:
    assert read_inputs(given, shape) == read
    assert read_inputs(read, shape) == read
    assert list(map(type, read_inputs(given, shape).values())) == list(map(type, read.values()))


@pytest.mark.parametrize(
    ("shape", "given", "path"),
    [
        (DAILY_LIMIT_CONFIG, {"maxCount": "three"}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": "2.5"}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": "1,000"}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": "1_000"}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": "1e3"}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": "0x3"}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": "NaN"}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": "Infinity"}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": "9" * 400}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": "-1"}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": True}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": " "}, "maxCount"),
        (DAILY_LIMIT_CONFIG, {"maxCount": ["3"]}, "maxCount"),
        (WEEKLY_LIMIT_CONFIG, {"daysOfWeek": ["7"]}, "daysOfWeek[0]"),
        (WEEKLY_LIMIT_CONFIG, {"daysOfWeek": "1,2"}, "daysOfWeek"),
        (MONTHLY_LIMIT_CONFIG, {"countHalfDays": "yes"}, "countHalfDays"),
        (MONTHLY_LIMIT_CONFIG, {"countHalfDays": 1}, "countHalfDays"),
        (GROUP_CONFIG, {"members": [True]}, "members[0]"),
        (GROUP_CONFIG, {"members": [1.5]}, "members[0]"),
    ],
)
def test_inputs__of_no_or_several_meanings__stay_to_be_refused(shape: Shape, given: dict[str, Any], path: str) -> None:
    assert [error.path for error in check(read_inputs(given, shape), shape)] == [path]
