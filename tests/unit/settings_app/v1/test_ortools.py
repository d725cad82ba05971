"""The solver configuration as one object: its defaults, and where each value of it is kept."""

from typing import Any

import pytest

from settings_app.rules.v1.ortools import DEFAULTS, ortools_columns, ortools_errors, ortools_object

Row = dict[str, Any]

PLAIN: Row = {"id": "row", "parameters": {"timeLimitSeconds": 30, "seed": 7}, "modelConfig": {"zNote": 1}}
CHOSEN: Row = {
    "id": "row",
    "parameters": {"timeLimitSeconds": 60, "workers": 8, "penaltyWeights": {"staffGroup": 10, "fairness": 2}},
    "modelConfig": {"ortools": {"preset": "strict", "hardConstraints": {"dailyLimits": True}, "mine": [1]}},
}


def test_ortools_object__nothing_stored__has_the_defaults() -> None:
    assert ortools_object(None) == {"id": None, **DEFAULTS}
    assert ortools_object(PLAIN) == {"id": "row", **DEFAULTS}


def test_ortools_object__chosen__is_laid_over_the_defaults() -> None:
    told = ortools_object(CHOSEN)
    assert (told["preset"], told["mine"], told["isActive"]) == ("strict", [1], True)
    assert told["penaltyWeights"] == {**DEFAULTS["penaltyWeights"], "staffGroup": 10, "fairness": 2}
    assert told["solverSettings"] == {"timeout": 60, "numWorkers": 8}
    assert told["hardConstraints"] == {**DEFAULTS["hardConstraints"], "dailyLimits": True}


@pytest.mark.parametrize(
    ("row", "given", "changes"),
    [
        (PLAIN, {**DEFAULTS, "id": "theirs"}, {}),
        (PLAIN, {}, {}),
        (PLAIN, {"solverSettings": {"timeout": 60}}, {"parameters": {"timeLimitSeconds": 60, "seed": 7}}),
        (PLAIN, {"solverSettings": {"numWorkers": 2}}, {"parameters": {"timeLimitSeconds": 30, "seed": 7, "workers": 2}}),
        (CHOSEN, {"solverSettings": {"timeout": None}},
         {"parameters": {"workers": 8, "penaltyWeights": {"staffGroup": 10, "fairness": 2}}}),
        (CHOSEN, {"penaltyWeights": {"staffGroup": 20}},
         {"parameters": {**CHOSEN["parameters"], "penaltyWeights": {"staffGroup": 20, "fairness": 2}}}),
        (PLAIN, {"preset": "fast"}, {"modelConfig": {"zNote": 1, "ortools": {"preset": "fast"}}}),
        (PLAIN, {"isActive": False, "note": "x"}, {"modelConfig": {"zNote": 1, "ortools": {"isActive": False, "note": "x"}}}),
        (PLAIN, {"hardConstraints": {"dailyLimits": True}, "solverSettings": {"logLevel": 2}},
         {"modelConfig": {"zNote": 1, "ortools": {"hardConstraints": {"dailyLimits": True}, "solverSettings": {"logLevel": 2}}}}),
        (None, {"preset": "fast", "solverSettings": {"timeout": 9}},
         {"parameters": {"timeLimitSeconds": 9}, "modelConfig": {"ortools": {"preset": "fast"}}}),
    ],
)  # fmt: skip
def test_ortools_columns__edit__changes_what_differs(row: Row | None, given: Row, changes: Row) -> None:
    stored = (
        {name: row[name] for name in ("parameters", "modelConfig")} if row else {"parameters": {}, "modelConfig": {}}
    )
    columns = ortools_columns(given, row)
    assert columns == {**stored, **changes}
    told = ortools_object({"id": "row", **columns})
    chosen = {key: value for key, value in given.items() if key != "id" and not isinstance(value, dict)}
    assert {key: told[key] for key in chosen} == chosen


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        (dict(DEFAULTS), []),
        ({"penaltyWeights": None, "solverSettings": {"timeout": None}}, []),
        ({"penaltyWeights": 5, "hardConstraints": []}, ["penaltyWeights", "hardConstraints"]),
        ({"penaltyWeights": {"staffGroup": "much"}}, ["penaltyWeights.staffGroup"]),
        ({"solverSettings": {"timeout": "long", "numWorkers": -1}}, ["solverSettings.timeout", "solverSettings.numWorkers"]),
    ],
)  # fmt: skip
def test_ortools_errors__any__name_the_keys_of_the_object(given: Row, paths: list[str]) -> None:
    assert [error.path for error in ortools_errors(given)] == paths
