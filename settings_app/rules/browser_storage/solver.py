"""Solver configurations: ``mlModelConfigs`` as rows, ``mlParameters`` as one object in snake_case or camelCase.

``mlParameters`` is one more row, the default one unless a row says that it is; where it repeats a row it is that row.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from settings_app.rules.browser_storage.items import not_a, read_item, read_list, renamed
from settings_app.rules.browser_storage.words import camel
from settings_app.rules.rows import READ_ONLY, Row
from settings_app.rules.shapes import Shape
from settings_app.rules.storage_form import Draft, Reading, StorageForm, Unread

ROWS = "mlModelConfigs"
PARAMETERS = "mlParameters"


def read_solver(shape: Shape, contents: Mapping[str, object]) -> Iterator[Reading]:
    rows = list(read_list(shape, ROWS, contents[ROWS], lambda item, notes: item)) if ROWS in contents else []
    yield from rows
    if PARAMETERS in contents:
        yield _parameters(shape, contents[PARAMETERS], [row for row in rows if isinstance(row, Draft)])


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


STORAGE = StorageForm((ROWS, PARAMETERS), read_solver)
