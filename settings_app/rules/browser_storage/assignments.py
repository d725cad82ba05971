"""Backup assignments: a list of objects that name the backup and the group by id or by name."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from settings_app.rules.browser_storage.items import read_item, read_list
from settings_app.rules.shapes import Shape
from settings_app.rules.storage_form import Draft, Reading, StorageForm

KEY = "backupAssignments"

_SPELLINGS = {
    "staffId": ("staffId", "staff_id", "backupStaffId", "staff", "staffMember", "staffName", "backupStaffName"),
    "groupId": ("groupId", "group_id", "group", "groupName", "staffGroup"),
}
_ALL_SPELLINGS = frozenset(key for keys in _SPELLINGS.values() for key in keys)


def read_assignments(shape: Shape, contents: Mapping[str, object]) -> Iterator[Reading]:
    """Reads backup assignments in each of their historical forms."""
    content = contents[KEY]
    if not isinstance(content, list):
        yield from read_list(shape, KEY, content, lambda item, notes: item)
        return
    for index, item in enumerate(content):
        yield _assignment(shape, f"{KEY}[{index}]", index, item)


def _assignment(shape: Shape, path: str, index: int, item: Any) -> Reading:
    if not isinstance(item, dict):
        return read_item(shape, path, index, item)
    named = {field: _candidates(item, keys) for field, keys in _SPELLINGS.items()}
    rest = {key: value for key, value in item.items() if key not in _ALL_SPELLINGS}
    first = {field: candidates[0] for field, candidates in named.items() if candidates}
    reading = read_item(shape, path, index, {**rest, **first})
    if isinstance(reading, Draft):
        return replace(reading, otherwise={field: tuple(others[1:]) for field, others in named.items()})
    return reading


def _candidates(item: Mapping[str, Any], keys: tuple[str, ...]) -> list[str]:
    """All that the item calls the same thing by, the best first."""
    values = (item.get(key) for key in keys)
    told = (part for value in values for part in (_parts(value) if isinstance(value, dict) else [value]))
    return list(dict.fromkeys(str(each) for each in told if isinstance(each, str | int) and each != ""))


def _parts(value: Mapping[str, Any]) -> list[Any]:
    return [value.get("id"), value.get("name")]


STORAGE = StorageForm((KEY,), read_assignments)
