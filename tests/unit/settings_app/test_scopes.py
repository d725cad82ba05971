"""Whom a limit is about while nobody was chosen for its scope."""

from typing import Any

import pytest

from settings_app.rules.configs import DAILY_LIMIT_CONFIG, MONTHLY_LIMIT_CONFIG, WEEKLY_LIMIT_CONFIG
from settings_app.rules.shapes import check
from tests.unit.settings_app.sample import plan

SCOPES = ("group", "position", "type", "staff_status")
OPEN: dict[str, Any] = {"targetIds": [], "aboutEverybody": True}


@pytest.mark.parametrize("shape", [DAILY_LIMIT_CONFIG, WEEKLY_LIMIT_CONFIG, MONTHLY_LIMIT_CONFIG])
@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("targets", [[], None, ["", None]])
def test_scope__of_a_version_1_client_without_targets__is_about_everybody_and_says_so(
    shape: Any, scope: str, targets: Any
) -> None:
    given = {"scope": scope, "targetIds": targets}
    settled = shape.settle(given, None, True)

    assert settled == {"scope": scope, **OPEN}
    assert check(settled, shape) == []
    assert shape.settle(given, None, False) == given
    named = shape.settle({**settled, "targetIds": ["a"]}, None, False)
    assert named == {"scope": scope, "targetIds": ["a"]}
    assert shape.settle({**settled, "scope": "all"}, None, False) == {"scope": "all", "targetIds": []}


def test_scope__of_single_people__is_each_by_herself_but_on_a_day() -> None:
    given = {"scope": "individual", "targetIds": []}

    assert WEEKLY_LIMIT_CONFIG.settle(given, None, True) == MONTHLY_LIMIT_CONFIG.settle(given, None, True) == given
    assert DAILY_LIMIT_CONFIG.settle(given, None, True) == {**given, **OPEN}


@pytest.mark.parametrize(
    ("config", "path"),
    [
        ({"scope": "group", "targetIds": []}, "targetIds"),
        ({"scope": "group"}, "targetIds"),
        ({"scope": "group", "targetIds": ["a"], "aboutEverybody": True}, "aboutEverybody"),
        ({"scope": "all", "aboutEverybody": True}, "aboutEverybody"),
    ],
)
def test_scope__that_does_not_say_whom__is_refused(config: dict[str, Any], path: str) -> None:
    assert [error.path for error in check(config, WEEKLY_LIMIT_CONFIG)] == [path]


@pytest.mark.parametrize("table", ["weekly_limits", "monthly_limits", "daily_limits"])
@pytest.mark.parametrize("nested", [True, False])
def test_migrated_limit__without_targets__is_about_everybody_and_said_so(table: str, nested: bool) -> None:
    config = {"shiftType": "off", "maxCount": 2, "scope": "staff_status", "targetIds": []}
    row = {"name": "x", "limitConfig": config} if nested else {"name": "x", **config}
    key = {"weekly_limits": "weeklyLimits", "monthly_limits": "monthlyLimits", "daily_limits": "dailyLimits"}[table]
    found = plan({key: [row]})

    assert found.left_out == ()
    assert found.rows[table][0]["limitConfig"] == {**config, "aboutEverybody": True}
    assert any("everybody" in note for note in found.mapped[0].notes)
