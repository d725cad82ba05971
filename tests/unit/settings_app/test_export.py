"""Export → migrate is the identity, up to ids."""

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from settings_app.rules.browser_storage.export import export_settings
from settings_app.rules.copying import repointed
from settings_app.rules.rows import Row
from settings_app.rules.shapes import STAFF as PEOPLE
from settings_app.rules.shapes import Field, Shape
from settings_app.rules.table import SettingsTable
from settings_app.rules.values import (
    Choice,
    Day,
    Flag,
    Integer,
    ListOf,
    MapOf,
    Number,
    Text,
    TimeOfDay,
    Value,
    WordOrSymbol,
)
from tests.unit.settings_app.sample import STAFF, TABLES, plan, stored

RowsByTable = dict[str, list[Row]]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(alphabet="aA_ 田○", max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
unknown_keys = st.sampled_from(["note", "time_limit_seconds", "value", "type", "old_key", "legacy"])


@st.composite
def versions(draw: st.DrawFn) -> RowsByTable:
    """The rows of a version: valid, whole, referring to staff and to one another."""
    ids: dict[str, list[str]] = {PEOPLE: [id_ for id_, _ in STAFF]}
    rows: RowsByTable = {}
    for table in TABLES:
        made = [
            row
            for index in range(draw(st.integers(0, 3 if _can_be_made(table.row, ids) else 0)))
            if _is_fit(table, row := _row(draw, table.row, f"{table.key}-{index}", ids), rows)
        ]
        rows[table.key], ids[table.key] = made, [row["id"] for row in made]
    return rows


def _is_fit(table: SettingsTable, row: Row, rows: RowsByTable) -> bool:
    there = {each["id"]: each for made in rows.values() for each in made}
    referred = {name: there[row[name]] for name in table.row.references if row[name] in there}
    return not table.errors(row) and not table.conditions(row, referred)


def _can_be_made(shape: Shape, ids: dict[str, list[str]]) -> bool:
    return all(ids[refers.target] for refers in shape.references.values())


def _row(draw: st.DrawFn, shape: Shape, id_: str, ids: dict[str, list[str]]) -> Row:
    columns = {name: draw(_value(field, ids, whole=True)) for name, field in shape.fields.items()}
    return {"id": id_, **columns}


def _value(field: Field, ids: dict[str, list[str]], *, whole: bool) -> st.SearchStrategy[Any]:
    strategy = _of_kind(field.value, ids)
    if field.refers:
        targets = {field.refers.target, *field.refers.targets.values()} - {""}
        known = [id_ for target in targets for id_ in ids.get(target, [])]
        if isinstance(field.value, ListOf):
            strategy = st.lists(st.sampled_from([*known, "gone"]), max_size=3)
        else:
            strategy = st.sampled_from(known) if known else st.none()
    return strategy if field.required or (whole and not field.nullable) else strategy | st.none()


def _of_kind(kind: Value, ids: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    if isinstance(kind, Shape):
        return _config(kind, ids)
    if isinstance(kind, ListOf):
        return st.lists(_of_kind(kind.item, ids), max_size=3)
    if isinstance(kind, MapOf):
        return st.dictionaries(st.text(max_size=5), _of_kind(kind.item, ids), max_size=2)
    if isinstance(kind, Flag):
        return st.booleans()
    if isinstance(kind, Day):
        return st.dates().map(str)
    return _scalar(kind)


def _scalar(kind: Value) -> st.SearchStrategy[Any]:
    if isinstance(kind, Choice):
        return st.sampled_from(kind.options)
    if isinstance(kind, WordOrSymbol):
        return st.sampled_from([*kind.words, "△", "早番"])
    if isinstance(kind, Number):
        low, high = int(kind.minimum or 0), int(kind.maximum or 9)
        whole = st.integers(low, high)
        return whole if isinstance(kind, Integer) else whole | st.floats(low, high)
    if isinstance(kind, TimeOfDay):
        return st.times().map(lambda time: f"{time:%H:%M}")
    assert isinstance(kind, Text)
    return st.text(alphabet="aA_ 1田○", min_size=0 if kind.may_be_empty else 1, max_size=8)


def _config(shape: Shape, ids: dict[str, list[str]]) -> st.SearchStrategy[Row]:
    known = {name: _value(field, ids, whole=False) for name, field in shape.fields.items()}
    unknown = st.dictionaries(unknown_keys, json_values, max_size=2)
    required = {name: strategy for name, strategy in known.items() if shape.fields[name].required}
    optional = {name: strategy for name, strategy in known.items() if name not in required}
    drawn = st.fixed_dictionaries(required, optional=optional)
    return st.builds(lambda first, second: {**first, **second}, drawn, unknown)


def migrated_back(rows: RowsByTable) -> tuple[RowsByTable, dict[str, str]]:
    found = plan(export_settings(rows, TABLES))
    assert found.left_out == ()
    pairs = [
        (old["id"], new["id"])
        for table in TABLES
        for old, new in zip(rows[table.key], found.rows[table.key], strict=True)
    ]
    return {key: list(made) for key, made in found.rows.items()}, dict(pairs)


ABOUT_NOBODY: Row = {
    "id": "priority_rules-0",
    "name": "",
    "description": "",
    "priorityLevel": 0,
    "ruleDefinition": {"staffIds": None, "groupIds": None, "ruleType": "preferred_shift", "aboutNobody": True},
    "ruleConfig": {},
    "penaltyWeight": 0,
    "isHardConstraint": False,
    "effectiveFrom": None,
    "effectiveUntil": None,
}


@settings(max_examples=40, deadline=None)
@given(versions())
@example({**{table.key: [] for table in TABLES}, "priority_rules": [ABOUT_NOBODY]})
def test_export_then_migrate__any_version__is_the_same_but_for_its_ids(rows: RowsByTable) -> None:
    back, ids = migrated_back(rows)

    for table in TABLES:
        expected = [{**repointed(row, table.row, ids), "id": ids[row["id"]]} for row in rows[table.key]]
        assert back[table.key] == expected
        assert [_key_order(row) for row in back[table.key]] == [_key_order(row) for row in expected]


def _key_order(value: Any) -> Any:
    """The keys inside configs, in their order."""
    if isinstance(value, dict):
        return [(key, _key_order(inner)) for key, inner in value.items()]
    return [_key_order(item) for item in value] if isinstance(value, list) else None


def test_export_then_migrate__of_each_stored_file__is_the_same_but_for_its_ids() -> None:
    for name in ("lists", "weighed_bounds", "plain_bounds", "named_values"):
        rows = {key: list(made) for key, made in plan(stored(name)).rows.items()}
        back, ids = migrated_back(rows)
        for table in TABLES:
            assert back[table.key] == [
                {**repointed(row, table.row, ids), "id": ids[row["id"]]} for row in rows[table.key]
            ]


def test_export__holds_what_a_client_may_write_and_nothing_else() -> None:
    row = {"id": "g", "name": "x", "restaurantId": "r", "revision": 3, "isActive": True, "groupConfig": {"a": 1}}

    exported = export_settings({"staff_groups": [row]}, TABLES)

    assert exported["staffGroups"] == [{"id": "g", "name": "x", "groupConfig": {"a": 1}}]
    assert exported["migrationVersion"] == 3
    assert exported["backupAssignments"] == []


def test_export__shares_nothing_with_the_rows() -> None:
    row: Row = {"id": "g", "name": "x", "groupConfig": {"members": ["a"]}}
    exported = export_settings({"staff_groups": [row]}, TABLES)
    exported["staffGroups"][0]["groupConfig"]["members"].append("b")

    assert row["groupConfig"]["members"] == ["a"]
