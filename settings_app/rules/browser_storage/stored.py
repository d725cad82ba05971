"""The stored file itself: unwrapping, its content hash, which of its keys belong to which table."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from settings_app.rules.browser_storage.plan import Ignored
from settings_app.rules.browser_storage.words import camel
from settings_app.rules.table import SettingsTable

EXPORTED_VERSION = 3
"""The ``migrationVersion`` that an export carries."""

NEWEST_KNOWN_VERSION = 5
"""The newest ``migrationVersion`` that browsers have written: 4 has the bounds of a day in one object, 5 their lower bounds."""

_DEEPEST = 100
_WRAPPERS = ("settings", "state", "data", "shift-schedule-settings")
_ABOUT_THE_FILE = {
    "migrationVersion",
    "version",
    "lastModified",
    "lastSyncedAt",
    "lastUpdated",
    "savedAt",
    "exportedAt",
    "timestamp",
    "revision",
}
_LEFT_OUT_ON_PURPOSE = {
    "conflictRules": "is left out on purpose: the group's own coverage already reports two members off on one day",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """The content of the file by current storage key, and what of it is no settings table."""

    contents: Mapping[str, object]
    ignored: tuple[Ignored, ...]
    migration_version: str | None


def stored_hash(stored: object) -> str:
    """The same for the same content, whatever the order of its keys."""
    if is_too_deep(stored):
        return hashlib.sha256(b"nested too deeply").hexdigest()
    canonical = json.dumps(stored, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def read_stored(stored: object, tables: Sequence[SettingsTable]) -> Stored:
    """The tables of the file, through the wrappers that it may come in (``{settings: ...}``, JSON in text)."""
    keys = {key for table in tables for key in table.storage.keys}
    content = None if is_too_deep(stored) else _unwrapped(stored, keys)
    if not isinstance(content, dict):
        return Stored({}, (Ignored("", "is not an object of settings"),), None)
    contents: dict[str, object] = {}
    ignored: list[Ignored] = []
    for key, value in content.items():
        current = key if key in keys or camel(key) in content else camel(key)
        if current in keys:
            contents[current] = value
        else:
            ignored.append(_about(key, value))
    version = content.get("migrationVersion")
    return Stored(contents, tuple(ignored), None if version is None else str(version))


def is_too_deep(stored: object) -> bool:
    """Whether something in the file lies deeper than any settings do."""
    level = [stored]
    for _ in range(_DEEPEST):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True


def _unwrapped(stored: object, keys: set[str]) -> object:
    """What lies inside text and wrappers, at most four deep."""
    content = stored
    for _ in range(4):
        if isinstance(content, str):
            content = _parsed(content)
        if not isinstance(content, dict) or any(camel(str(key)) in keys for key in content):
            return content
        inside = next((content[key] for key in _WRAPPERS if isinstance(content.get(key), dict | str)), None)
        if inside is None:
            return content
        content = inside
    return content


def _parsed(text: str) -> object:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return None if is_too_deep(content) else content


def _about(key: str, value: object) -> Ignored:
    if key == "migrationVersion":
        number = int(value) if isinstance(value, int | str) and str(value).isdecimal() else 0
        if number > NEWEST_KNOWN_VERSION:
            return Ignored(key, f"{number} is newer than {NEWEST_KNOWN_VERSION}: read as far as possible")
    if camel(key) in _LEFT_OUT_ON_PURPOSE:
        return Ignored(key, _LEFT_OUT_ON_PURPOSE[camel(key)])
    return Ignored(key, "is about the file" if key in _ABOUT_THE_FILE else "is not a settings table")
