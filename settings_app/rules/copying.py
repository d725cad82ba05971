"""Copying the rows of a version: new ids, and every reference among the rows re-pointed to the copies."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from settings_app.rules.rows import LINEAGE, Row
from settings_app.rules.shapes import STAFF, Config, Shape, map_references
from settings_app.rules.table import SettingsTable


@dataclass(frozen=True, slots=True)
class Copied:
    """The copies by table key, in the order of their originals, and what became of each id."""

    rows: Mapping[str, tuple[Row, ...]]
    ids: Mapping[str, str]


def copy_rows(
    rows: Mapping[str, Sequence[Row]], tables: Sequence[SettingsTable], new_id: Callable[[], object]
) -> Copied:
    """Copies of all rows, deleted ones included if they are given. Each carries the lineage of its original.

    An id that names no row among ``rows`` (a group removed for good) stays: nothing is dropped from a config.
    """
    ids = {row["id"]: str(new_id()) for table in tables for row in rows.get(table.key, ())}
    copies = {table.key: tuple(_copy(row, table.row, ids) for row in rows.get(table.key, ())) for table in tables}
    return Copied(copies, ids)


@dataclass(frozen=True, slots=True)
class WithoutPeople:
    """A row as it is where its people are not. ``people``: how many it named. ``is_possible`` false: it is about particular people, or
    about something that is gone, and means something else, or nothing, without them."""

    row: Row
    people: int
    is_possible: bool


def without_people(row: Row, table: SettingsTable, known: Collection[str]) -> WithoutPeople:
    """The row without the people that it names, and without ids that are not among the ``known`` rows.

    A group and a skill are still what they are when they have nobody. A limit or a rule is about those whom it names: without any of
    them it would be about everybody.
    """
    people: set[str] = set()
    is_possible = True

    def strip(config: Config, shape: Shape) -> Row:
        nonlocal is_possible
        kept = dict(config)
        named: list[bool] = []
        for name, field in shape.fields.items():
            value = config.get(name)
            if isinstance(field.value, Shape) and isinstance(value, dict):
                kept[name] = strip(value, field.value)
            elif (inner := field.listed) and isinstance(value, list):
                kept[name] = [item for item in (strip(each, inner) for each in value) if _says_whom(item, inner)]
            elif value and field.refers and (target := field.refers.target_in(config)):
                ids = [value] if isinstance(value, str) else list(value)
                people.update(ids if target == STAFF else ())
                left = [] if target == STAFF else [each for each in ids if each in known]
                kept[name] = left if isinstance(value, list) else next(iter(left), None)
                named.append(bool(left))
        is_possible &= table.outlives_reset or not named or any(named)
        return kept

    stripped = strip(row, table.row)
    return WithoutPeople(stripped, len(people), is_possible and not table.errors(stripped))


def _says_whom(item: Config, shape: Shape) -> bool:
    """Whether an object in a list still names what it must."""
    return all(item.get(name) for name, field in shape.fields.items() if field.refers and field.required)


def repointed(row: Mapping[str, Any], shape: Shape, ids: Mapping[str, str]) -> Row:
    """A row (or a config) whose references to settings rows go through ``ids``; those to staff stay."""

    def translate(target: str, text: str, path: str) -> str:
        return text if target == STAFF else ids.get(text, text)

    return map_references(row, shape, translate)


def lineage_of(row: Mapping[str, Any]) -> str:
    """What a row and all its copies have in common: the id of the first of them."""
    return str(row.get(LINEAGE) or row["id"])


def _copy(row: Row, shape: Shape, ids: Mapping[str, str]) -> Row:
    return {**repointed(row, shape, ids), "id": ids[row["id"]], LINEAGE: lineage_of(row)}
