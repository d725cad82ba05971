"""The solver configuration under its other name: one object, made of the row that is used by default.

``penaltyWeights`` and the time limit and workers of ``solverSettings`` are parameters of the row; what the solver does not read is
kept in its ``modelConfig.ortools``.
"""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from settings_app.rules.configs import PARAMETERS
from settings_app.rules.rows import READ_ONLY, Row
from settings_app.rules.shapes import Field, Shape, check
from settings_app.rules.v1.inputs import read_input
from settings_app.rules.values import Flag, Number, ShapeError

KEPT = "ortools"
DEFAULTS: Mapping[str, Any] = {
    "preset": "balanced",
    "penaltyWeights": {
        "staffGroup": 100,
        "dailyLimitMin": 50,
        "dailyLimitMax": 50,
        "monthlyLimit": 80,
        "adjacentConflict": 30,
        "fiveDayRest": 200,
    },
    "solverSettings": {"timeout": 30, "numWorkers": 4},
    "hardConstraints": {"dailyLimits": False, "monthlyLimits": False, "staffGroups": True, "fiveDayRest": False},
    "isActive": True,
}
_PARAMETERS: Mapping[str, str] = {"timeout": "timeLimitSeconds", "numWorkers": "workers"}
_OBJECTS = tuple(key for key, value in DEFAULTS.items() if isinstance(value, dict))
_NOT_KEPT = {"id", *READ_ONLY} - {"isActive"}

_READ = {name: PARAMETERS.fields[column] for name, column in _PARAMETERS.items()}
_SOLVER_SETTINGS = Shape("Solver settings", _READ)
_WEIGHT, _SWITCH, _KEPT_AS_IT_IS = (Field(kind, "") for kind in (Number(), Flag(), Shape("Anything", {})))
_PARTS: Mapping[str, Callable[[str], Field]] = {
    "penaltyWeights": lambda name: _WEIGHT,
    "solverSettings": lambda name: _READ.get(name, _KEPT_AS_IT_IS),
    "hardConstraints": lambda name: _SWITCH,
}


def ortools_object(row: Row | None) -> Row:
    """The object of the row that is used by default; None where there is no such row."""
    parameters, kept = _config(row, "parameters"), _config(row, "modelConfig").get(KEPT)
    kept = kept if isinstance(kept, dict) else {}
    settings = {name: parameters[column] for name, column in _PARAMETERS.items() if parameters.get(column) is not None}
    stored = {**kept, "penaltyWeights": parameters.get("penaltyWeights")}
    stored["solverSettings"] = {**_dict(kept.get("solverSettings")), **settings}
    return {
        "id": row["id"] if row else None,
        **copy.deepcopy(dict(DEFAULTS)),
        **{key: value for key, value in stored.items() if key not in _OBJECTS and value is not None},
        **{key: {**DEFAULTS[key], **_dict(stored.get(key))} for key in _OBJECTS},
    }


def read_config(given: Mapping[str, Any]) -> Row:
    """``given`` with what the inputs of its weights, solver settings and switches mean; null for one that was emptied."""
    return {key: _read_part(key, value) if key in _OBJECTS else value for key, value in given.items()}


def _read_part(key: str, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: read_input(each, _PARTS[key](name)) for name, each in value.items()}


def ortools_errors(given: Mapping[str, Any]) -> list[ShapeError]:
    """All that is wrong with an object that was sent; paths are its own keys."""
    errors = [
        ShapeError(key, "must be an object")
        for key in _OBJECTS
        if given.get(key) is not None and not isinstance(given[key], dict)
    ]
    weights = {key: value for key, value in _dict(given.get("penaltyWeights")).items() if value is not None}
    errors += PARAMETERS.fields["penaltyWeights"].errors(weights, "penaltyWeights")
    return errors + check(_dict(given.get("solverSettings")), _SOLVER_SETTINGS, "solverSettings")


def ortools_columns(given: Mapping[str, Any], row: Row | None) -> Row:
    """The configs of the row with what of a right object differs from :func:`ortools_object`; null takes a value away."""
    told = ortools_object(row)
    parameters, model = dict(_config(row, "parameters")), dict(_config(row, "modelConfig"))
    kept = dict(_dict(model.get(KEPT)))
    for key, value in given.items():
        if key in _NOT_KEPT or value == told.get(key) or (key in _OBJECTS and value is None):
            continue
        if key not in _OBJECTS:
            _put(kept, key, value)
            continue
        for name, each in value.items():
            if each == told[key].get(name):
                continue
            if key == "penaltyWeights":
                parameters[key] = _with(_dict(parameters.get(key)), name, each)
            elif key == "solverSettings" and name in _PARAMETERS:
                _put(parameters, _PARAMETERS[name], each)
            else:
                kept[key] = _with(_dict(kept.get(key)), name, each)
    if kept or KEPT in model:
        model[KEPT] = kept
    return {"parameters": parameters, "modelConfig": model}


def with_ortools(row: Mapping[str, Any], given: Mapping[str, Any]) -> Row:
    """The configs of ``row`` with all that an object of a browser's storage says, equal to the defaults or not."""
    parameters, model = dict(_config({**row}, "parameters")), dict(_config({**row}, "modelConfig"))
    kept = dict(_dict(model.get(KEPT)))
    for key, value in given.items():
        if key == "solverSettings" and isinstance(value, dict):
            parameters |= {_PARAMETERS[name]: each for name, each in value.items() if name in _PARAMETERS}
            others = {name: each for name, each in value.items() if name not in _PARAMETERS}
            kept |= {key: {**_dict(kept.get(key)), **others}} if others else {}
        elif key == "penaltyWeights":
            parameters[key] = copy.deepcopy(value)
        elif key not in _NOT_KEPT:
            kept[key] = copy.deepcopy(value)
    return {"parameters": parameters, "modelConfig": {**model, KEPT: kept} if kept else model}


def _config(row: Row | None, name: str) -> Row:
    return _dict(row.get(name)) if row else {}


def _dict(value: Any) -> Row:
    return value if isinstance(value, dict) else {}


def _with(stored: Row, name: str, value: Any) -> Row:
    changed = dict(stored)
    _put(changed, name, value)
    return changed


def _put(stored: Row, name: str, value: Any) -> None:
    if value is None:
        stored.pop(name, None)
    else:
        stored[name] = value
