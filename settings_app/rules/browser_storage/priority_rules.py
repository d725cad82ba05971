"""Priority rules: a list of rows, a list of ``{name, conditions}``, or a map from a person to their wishes.

A map (``{"田中": {preferredShifts: [{day: "sunday", shift: "early", priority, strength}]}}``) becomes one row for each wish.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from settings_app.rules.browser_storage.items import Item, not_a, read_item, read_list
from settings_app.rules.browser_storage.mending import Notes, mended
from settings_app.rules.browser_storage.words import shift_type, weekday
from settings_app.rules.configs import RULE_CONFIG, read_rule
from settings_app.rules.naming import plain
from settings_app.rules.rows import LINEAGE, Row
from settings_app.rules.rule_spellings import NOBODY, says_nobody
from settings_app.rules.scopes import ABOUT_EVERYBODY
from settings_app.rules.shapes import Shape
from settings_app.rules.storage_form import Reading, StorageForm, Unread
from settings_app.rules.values import is_day

KEY = "priorityRules"
EVERYBODY = ABOUT_EVERYBODY
"""Beside the columns of an exported rule: its empty list of people means everybody."""

_OF_A_ROW = {"name", "ruleDefinition", "ruleType", "conditions"}
_RULE_TYPES = {
    **dict.fromkeys(("preferredshifts", "preferences", "preferredshift", "preferred"), "preferred_shift"),
    **dict.fromkeys(("avoidshifts", "avoidedshifts", "avoidshift", "avoid"), "avoid_shift"),
    **dict.fromkeys(("requiredshifts", "requiredshift", "fixedshifts"), "required_shift"),
    **dict.fromkeys(("requiredoff", "requiredoffs", "requiredoffdays", "requireddaysoff", "daysoff"), "required_off"),
}
_TYPES_OF_VERSION_1 = {*_RULE_TYPES.values(), "avoid_shift_with_exceptions"}
_LEVELS = {"high": 1, "高": 1, "medium": 2, "中": 2, "low": 3, "低": 3}
_DAY_KEYS = ("day", "dayOfWeek", "weekday", "days", "daysOfWeek", "date", "dates")
_SHIFT_KEYS = ("shift", "shiftType")


def read_rules(shape: Shape, contents: Mapping[str, object]) -> Iterator[Reading]:
    """Reads priority rules, as a list or as a map from person to wishes."""
    content = contents[KEY]
    if isinstance(content, dict) and not _OF_A_ROW & content.keys():
        yield from _read_people(shape, content)
    elif isinstance(content, dict):
        yield read_item(shape, KEY, 0, content, _prepared)
    else:
        yield from read_list(shape, KEY, content, _prepared)


def _prepared(item: Item, notes: Notes) -> Item:
    """Words for the priority become numbers; what has no rule type that is known is kept, and said to have no effect."""
    if "rule_definition" in item:
        item = {"ruleDefinition" if key == "rule_definition" else key: value for key, value in item.items()}
    item = _settled(read_rule(item))
    if not (_known_definition(item) or item.get("ruleType")):
        notes.append("its rule type is unknown, so it has no effect until edited")
    if isinstance(item.get("priority"), str) and plain(item["priority"]) in _LEVELS:
        return {**item, "priority": _LEVELS[plain(item["priority"])]}
    return item


def _settled(item: Row) -> Row:
    """Whom the rule is about. People that are empty, null or blank are nobody, as in what version 1 clients send, unless the row is one
    of ours that says otherwise (:func:`_is_about_everybody`)."""
    marked = item.get(EVERYBODY) is True
    item = {key: value for key, value in item.items() if key != EVERYBODY}
    definition = _known_definition(item)
    places = [item] if definition is None else [item, definition]
    given = [place["staffIds"] for place in places if "staffIds" in place]
    if not given or not says_nobody(given[0]) or any(place.get("groupIds") for place in places):
        return item
    if definition is not None and definition.get(NOBODY) is True and "staffIds" not in item:
        return item
    rest = {key: value for key, value in item.items() if key != "staffIds"}
    if definition is not None and (marked or _is_about_everybody(item, definition)):
        return rest
    nobody: Row = {"staffIds": [], NOBODY: True}
    return {**item, **nobody} if definition is None else {**rest, "ruleDefinition": {**definition, **nobody}}


def _is_about_everybody(item: Row, definition: Row) -> bool:
    """Whether a rule without people was read from here, where that means everybody: it has a lineage, or a type that no screen of
    version 1 has; and nobody has been taken out of it."""
    is_ours = LINEAGE in item or definition["ruleType"] not in _TYPES_OF_VERSION_1
    people = definition.get("staffIds")
    return is_ours and not people and definition.get(NOBODY) is not True


def _known_definition(item: Item) -> Row | None:
    """The definition of a row with a rule type in it."""
    definition = item.get("ruleDefinition")
    return definition if isinstance(definition, dict) and definition.get("ruleType") else None


def _says_everybody(row: Row) -> Row:
    """A rule whose people are empty because it is about everybody says so."""
    definition = _known_definition(row) or {}
    is_empty = "staffIds" in definition and not definition["staffIds"] and not definition.get("groupIds")
    return {EVERYBODY: True} if is_empty and definition.get(NOBODY) is not True else {}


def _read_people(shape: Shape, content: Mapping[str, Any]) -> Iterator[Reading]:
    for index, (person, told) in enumerate(content.items()):
        path = f"{KEY}.{person}"
        wishes = {"preferredShifts": told} if isinstance(told, list) else told
        if not isinstance(wishes, dict):
            yield not_a(path, index, wishes, "an object of wishes")
            continue
        for key, entries in wishes.items():
            yield from _read_wishes(shape, f"{path}.{key}", index, person, key, entries)


def _read_wishes(shape: Shape, path: str, index: int, person: str, key: str, entries: Any) -> Iterator[Reading]:
    rule_type = _RULE_TYPES.get(plain(key).replace("_", ""))
    if rule_type is None:
        yield Unread(path, index, "is not a known kind of wish")
        return
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
        place = f"{path}[{number}]"
        wish = _wish(entry, rule_type)
        if wish is None:
            yield not_a(place, index, entry, "a wish")
        else:
            yield read_item(shape, place, index, {"person": person, "ruleType": rule_type, **wish}, _from_wish)


def _wish(entry: Any, rule_type: str) -> Row | None:
    """A wish as an object; a single word is a day where the wish is for days off, else a shift unless it is a day."""
    if isinstance(entry, dict):
        return entry
    if not isinstance(entry, str | int) or isinstance(entry, bool) or entry == "":
        return None
    is_a_day = rule_type == "required_off" or weekday(entry) is not None or is_day(str(entry))
    return {"day": entry} if is_a_day else {"shift": entry}


def _from_wish(wish: Item, notes: Notes) -> Item:
    """A wish as a row of the current form; keys that are not known go into the definition."""
    taken = {"person", "id", "name", "priority", "strength", "preferenceStrength", *_DAY_KEYS, *_SHIFT_KEYS}
    definition: Row = {"ruleType": wish["ruleType"], "staffIds": [wish["person"]]}
    shift = next((wish[key] for key in _SHIFT_KEYS if wish.get(key)), None)
    if shift is not None:
        definition["shiftType"] = shift_type(shift) or shift
    definition |= _days(wish)
    definition |= {key: value for key, value in wish.items() if key not in taken}
    item: Row = {
        "id": wish.get("id"),
        "name": wish.get("name") or _title(wish, definition),
        "ruleDefinition": definition,
    }
    item["ruleConfig"] = _strength(wish, notes)
    item |= {"priority": wish["priority"]} if wish.get("priority") is not None else {}
    return _prepared(item, notes)


def _days(wish: Item) -> Row:
    """The days of a wish: days of the week and dates; a word that is neither stays, for the check to name it."""
    given = [wish[key] for key in _DAY_KEYS if wish.get(key) is not None]
    words = [word for value in given for word in (value if isinstance(value, list) else [value])]
    dates = [word for word in words if isinstance(word, str) and is_day(word)]
    weekdays = [day if (day := weekday(word)) is not None else word for word in words if word not in dates]
    return {**({"daysOfWeek": weekdays} if weekdays else {}), **({"dates": dates} if dates else {})}


def _strength(wish: Item, notes: Notes) -> Row:
    given = wish.get("preferenceStrength", wish.get("strength"))
    if given is None:
        return {}
    kind = RULE_CONFIG.fields["preferenceStrength"].value
    strength = mended(given, kind, "strength", notes)
    if any(kind.errors(strength, "")):
        notes.append(f"strength: {given!r} is not between 0.1 and 1, and has no effect")
        return {"strength": given}
    return {"preferenceStrength": strength}


def _title(wish: Item, definition: Row) -> str:
    days = " ".join(
        str(wish[key]) for key in _DAY_KEYS if wish.get(key) is not None and not isinstance(wish[key], list)
    )
    what = definition.get("shiftType") or definition["ruleType"].replace("_", " ")
    return f"{wish['person']}: {what} {days}".strip()


STORAGE = StorageForm((KEY,), read_rules, says_besides=_says_everybody)
