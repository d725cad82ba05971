"""Solver configurations: ``mlModelConfigs`` as rows, ``mlParameters`` as one object in snake_case or camelCase, and
``ortoolsConfig``.

``mlParameters`` is one more row, the default one unless a row says that it is; where it repeats a row it is that row.
``ortoolsConfig`` is laid over the default row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from settings_app.rules.browser_storage.items import not_a, read_item, read_list, renamed
from settings_app.rules.browser_storage.words import camel
from settings_app.rules.rows import READ_ONLY, Row
from settings_app.rules.shapes import Shape
from settings_app.rules.storage_form import Draft, Reading, StorageForm, Unread, says_more_than_nothing
from settings_app.rules.v1.ortools import with_ortools

ROWS = "mlModelConfigs"
PARAMETERS = "mlParameters"
ORTOOLS = "ortoolsConfig"


def read_solver(shape: Shape, contents: Mapping[str, object]) -> Iterator[Reading]:
    """Reads solver configurations and the older objects of parameters."""
    readings = list(read_list(shape, ROWS, contents[ROWS], lambda item, notes: item)) if ROWS in contents else []
    if PARAMETERS in contents:
        readings.append(_parameters(shape, contents[PARAMETERS], [row for row in readings if isinstance(row, Draft)]))
    if ORTOOLS in contents:
        readings = _with_ortools(shape, contents[ORTOOLS], readings)
    yield from readings


def _parameters(shape: Shape, content: object, rows: list[Draft]) -> Reading:
    if not isinstance(content, dict):
        return not_a(PARAMETERS, 0, content, "an object")
    if not content:
        return Unread(PARAMETERS, 0, "is empty", harmless=True)
    item = _as_row(shape, content)
    same = next((row for row in rows if row.row["parameters"] == item["parameters"]), None)
    if same:
        return Unread(PARAMETERS, 0, f"is the same as {same.path}", harmless=True)
    item.setdefault("isDefault", not any(row.row["isDefault"] for row in rows))
    return read_item(shape, PARAMETERS, 0, item)


def _as_row(shape: Shape, content: Mapping[str, Any]) -> Row:
    """Columns are taken out, known parameters get their current names, all others stay as they are."""
    own = {"id", *READ_ONLY, *shape.fields}
    known = renamed({key: value for key, value in content.items() if camel(str(key)) in own}, shape)
    nested = known.pop("parameters", {})
    parameters = nested if isinstance(nested, dict) else {"parameters": nested}
    names = shape.configs["parameters"].fields
    for key, value in content.items():
        if camel(str(key)) not in own:
            current = camel(str(key)) if camel(str(key)) in names else key
            parameters = {**parameters, (key if current in content else current): value}
    return {"name": "Solver parameters", **known, "parameters": parameters}


def _with_ortools(shape: Shape, content: object, readings: list[Reading]) -> list[Reading]:
    """The readings with ``content`` in the row that plans are made with: the default one, else the first, else a new one."""
    if not isinstance(content, dict):
        return [*readings, not_a(ORTOOLS, 0, content, "an object")]
    if not content:
        return [*readings, Unread(ORTOOLS, 0, "is empty", harmless=True)]
    drafts = [reading for reading in readings if isinstance(reading, Draft)]
    if not drafts:
        item = {"name": "Solver parameters", "isDefault": True, **with_ortools({}, content)}
        return [*readings, read_item(shape, ORTOOLS, 0, item)]
    target = next((draft for draft in drafts if draft.row["isDefault"]), drafts[0])
    item = {**target.row, "id": target.old_id, **with_ortools(target.row, content)}
    laid = read_item(shape, f"{target.path}, {ORTOOLS}", target.index, item)
    if isinstance(laid, Draft):
        laid = replace(laid, notes=(*target.notes, *laid.notes))
    return [laid if reading is target else reading for reading in readings]


STORAGE = StorageForm((ROWS, PARAMETERS, ORTOOLS), read_solver, says_more_than_nothing)
