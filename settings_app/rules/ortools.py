"""The solver configuration under the name and in the form that older clients know: ``ortoolsConfig``.

What the solver reads of it stands in ``parameters``; all else (``preset``, ``hardConstraints``, keys that nobody knows) is kept
in ``modelConfig.ortools``.
"""

import copy
from collections.abc import Mapping
from typing import Any

from settings_app.rules.rows import Row

KEPT_IN = "ortools"
PARAMETER_OF_SETTING = {"timeout": "timeLimitSeconds", "numWorkers": "workers"}

_SETTINGS = "solverSettings"
_WEIGHTS = "penaltyWeights"
_OF_THE_ROW = frozenset({"id", "isActive", "restaurantId", "versionId", "createdAt", "updatedAt", "revision"})


def with_ortools(row: Mapping[str, Any], config: Mapping[str, Any]) -> Row:
    """``row`` (a solver configuration, or its columns) with what ``config`` sets; what that does not name stays."""
    parameters = dict(row.get("parameters") or {})
    model_config = dict(row.get("modelConfig") or {})
    kept = dict(model_config.get(KEPT_IN) or {})
    for key, value in config.items():
        if key == _SETTINGS and isinstance(value, Mapping):
            _take_settings(value, parameters, kept)
        elif key == _WEIGHTS:
            parameters[_WEIGHTS] = copy.deepcopy(value)
        elif key not in _OF_THE_ROW:
            kept[key] = copy.deepcopy(value)
    if kept:
        model_config[KEPT_IN] = kept
    return {**row, "parameters": parameters, "modelConfig": model_config}


def _take_settings(settings: Mapping[str, Any], parameters: Row, kept: Row) -> None:
    """Settings of the solver that are parameters of ours become these; the others stay beside ``preset``."""
    others = {key: copy.deepcopy(value) for key, value in settings.items() if key not in PARAMETER_OF_SETTING}
    parameters |= {name: settings[key] for key, name in PARAMETER_OF_SETTING.items() if key in settings}
    if others:
        kept[_SETTINGS] = {**(kept.get(_SETTINGS) or {}), **others}
