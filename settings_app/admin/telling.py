"""Entries of the audit trail and comparisons as one reads them: fields that differ, names instead of ids."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from settings_app.admin.fields import as_text
from settings_app.models import ConfigVersion
from settings_app.rules.rows import READ_ONLY, Row
from settings_app.rules.shapes import join
from settings_app.selectors.rows import all_rows
from settings_app.tables import settings_table, settings_tables
from settings_app.wire_rows import reference_fields
from shiftsync.core.ids import parse_id
from shiftsync.core.wording import said
from staff.selectors import staff_of

Names = Mapping[str, str]
Told = tuple[str, str, str]
"""A field, what it was, what it is."""

SILENT = frozenset({"id", *READ_ONLY} - {"isActive"})


def told_entries(restaurant_id: UUID, entries: Sequence[Row]) -> list[Row]:
    """The entries of a page of the trail, each with ``name``, ``title`` of its table, ``version`` and ``fields``."""
    names = names_in(restaurant_id, entries)
    return [
        {
            **entry,
            "name": names.get(entry["rowId"]) or _name(entry["newData"] or entry["oldData"] or {}, entry["tableName"]),
            "title": title_of(entry["tableName"]),
            "version": names.get(entry["versionId"], ""),
            "fields": list(_fields(entry["oldData"], entry["newData"], names)),
        }
        for entry in entries
    ]


def told_tables(restaurant_id: UUID, tables: Mapping[str, Row]) -> list[Row]:
    """The tables of a comparison that differ: rows added and removed by name, fields changed."""
    names = names_in(restaurant_id, tables)
    return [
        {
            "title": title_of(collection),
            "added": [names.get(row["id"]) or _name(row, collection) for row in found["added"]],
            "removed": [names.get(row["id"]) or _name(row, collection) for row in found["removed"]],
            "changed": [
                (
                    names.get(change["rowId"], ""),
                    change["field"],
                    as_text(change["from"], names),
                    as_text(change["to"], names),
                )
                for change in found["changed"]
            ],
        }
        for collection, found in tables.items()
        if any(found.values())
    ]


def names_in(restaurant_id: UUID, content: Any) -> Names:
    """What the ids somewhere in ``content`` are called: people, rows, versions."""
    ids = {*_ids(content)}
    versions = ConfigVersion.objects.filter(restaurant_id=restaurant_id, id__in=ids)
    people = staff_of(restaurant_id, include_deleted=True).filter(id__in=ids)
    rows = [
        row
        for table in settings_tables()
        for row in all_rows(table, restaurant_id)
        .filter(id__in=ids)
        .select_related("config_version", *reference_fields(table))
    ]
    return {str(each.pk): str(each) for each in (*people, *rows, *versions)}


def title_of(name: str) -> str:
    """What a table is called."""
    table = settings_table(name)
    return said(table.title).capitalize() if table else gettext("Versions")


def _ids(content: Any) -> Iterator[str]:
    if isinstance(content, Mapping):
        for value in content.values():
            yield from _ids(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _ids(value)
    elif isinstance(content, str) and parse_id(content):
        yield content


def _name(row: Row, table_name: str) -> str:
    """A row that has no name is called by its kind."""
    table = settings_table(table_name)
    return str(row.get("name") or (f"({said(table.row.title.lower())})" if table else "—"))


def _fields(old: Row | None, new: Row | None, names: Names) -> Iterator[Told]:
    before, after = dict(_flat(old or {}, "")), dict(_flat(new or {}, ""))
    for path in dict.fromkeys([*before, *after]):
        was, is_now = as_text(before.get(path), names), as_text(after.get(path), names)
        if path not in SILENT and was != is_now:
            yield path, was, is_now


def _flat(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The values inside an object by path."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, join(path, str(key)))
    else:
        yield path, value
