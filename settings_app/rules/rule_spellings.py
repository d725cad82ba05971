"""What priority rules were called before: older spellings of their keys, and whom a rule without people is about.

Rows of the older database and of version 1 clients say ``staff_ids`` or a single ``staffId``, ``type``, ``conditions``. They are
read as the keys of today wherever a row is read or taken in, in the definition and at the top of the row, so that no part of the
product knows two spellings. A key of today that is set beside an older one wins.

A rule that names no people and no groups is about everybody. Who has *not chosen yet* means nobody, and says so by an empty
``staffId`` (everywhere) or, in version 1, by ``staffIds`` that is empty or null, or by taking away the people that a rule had: that
is stored as ``aboutNobody``, since an empty list alone would turn one person's rule into everybody's.
"""

from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]

NOBODY = "aboutNobody"
ABOUT_NOBODY = f"ruleDefinition.{NOBODY}: the rule applies to nobody and has no effect until it names people or groups"

_OLDER = {
    "rule_type": "ruleType",
    "staff_ids": "staffIds",
    "group_ids": "groupIds",
    "shift_type": "shiftType",
    "days_of_week": "daysOfWeek",
    "allowed_shifts": "allowedShifts",
    "max_count": "maxCount",
}
_CONDITIONS = {
    "shift_type": "shiftType",
    "shiftType": "shiftType",
    "day_of_week": "daysOfWeek",
    "dayOfWeek": "daysOfWeek",
}
_ONE_PERSON = ("staffId", "staff_id")
_STRENGTH = "preference_strength"
_WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def read_rule(row: Mapping[str, Any], rule_types: tuple[str, ...]) -> Row:
    """A row, or a part of one, in the spelling of today; one that is in it already comes back as it is."""
    read = _spelled(dict(row), rule_types)
    if _STRENGTH in read:
        read.setdefault("preferenceStrength", read.pop(_STRENGTH))
    definition = read.get("ruleDefinition")
    if not isinstance(definition, dict):
        return read
    read["ruleDefinition"] = _spelled(definition, rule_types)
    if _STRENGTH in read["ruleDefinition"]:
        _move_strength(read)
    return read


def settle_people(definition: Mapping[str, Any], stored: Mapping[str, Any] | None, from_v1: bool) -> Row:
    """Whom the whole definition is about: ``aboutNobody`` goes where somebody is named, and comes where a version 1 client
    leaves no people. Its echo of a ``stored`` rule about everybody stays about everybody."""
    settled = dict(definition)
    if _names_people(settled):
        if settled.get(NOBODY) is True:
            del settled[NOBODY]
        return settled
    if settled.get(NOBODY) is True:
        return settled
    about_all = stored is not None and not _names_people(stored) and stored.get(NOBODY) is not True
    is_said = stored is not None or "staffIds" in settled
    if from_v1 and is_said and not about_all and not settled.get("staffIds"):
        settled |= {"staffIds": [], NOBODY: True}
    return settled


def says_nobody(people: object) -> bool:
    """Whether a list of people, as it came, names nobody: null, empty, or of blanks alone."""
    return not people or (isinstance(people, list) and all(each in ("", None) for each in people))


def remarks(row: Mapping[str, Any]) -> list[str]:
    """That a rule is about nobody."""
    definition = row.get("ruleDefinition")
    return [ABOUT_NOBODY] if isinstance(definition, dict) and definition.get(NOBODY) is True else []


def _names_people(definition: Mapping[str, Any]) -> bool:
    return bool(definition.get("staffIds") or definition.get("groupIds"))


def _spelled(definition: Row, rule_types: tuple[str, ...]) -> Row:
    """A definition, or a row with keys of it at its top, in the spelling of today."""
    read: Row = {}
    for key, value in definition.items():
        new = _key_of_today(key, value, rule_types)
        if new in read or (key != new and _is_set(definition, new)):
            continue
        read[new] = _days(value) if new != key and new == "daysOfWeek" else value
    return _conditions(_one_person(read))


def _key_of_today(key: str, value: object, rule_types: tuple[str, ...]) -> str:
    if key == "type":
        return "ruleType" if value in rule_types else key
    return _OLDER.get(key, key)


def _one_person(config: Row) -> Row:
    """``staffId`` as ``staffIds``; an empty one as nobody, unless people or groups are named beside it."""
    given = [config.pop(key) for key in _ONE_PERSON if key in config]
    if not given or config.get("staffIds"):
        return config
    person = next((each for each in given if each not in ("", None)), None)
    if person is not None:
        return {**config, "staffIds": [person]}
    return config if config.get("groupIds") else {**config, "staffIds": [], NOBODY: True}


def _conditions(definition: Row) -> Row:
    """``conditions: {shift_type, day_of_week}`` as the keys that rules read; other conditions stay."""
    conditions = definition.get("conditions")
    if not isinstance(conditions, dict) or conditions.keys().isdisjoint(_CONDITIONS):
        return definition
    read = {key: value for key, value in definition.items() if key != "conditions"}
    rest = {key: value for key, value in conditions.items() if key not in _CONDITIONS}
    for key, new in _CONDITIONS.items():
        if conditions.get(key) is not None and not _is_set(read, new):
            read[new] = _days(conditions[key]) if new == "daysOfWeek" else conditions[key]
    return {**read, "conditions": rest} if rest else read


def _days(value: Any) -> Any:
    """Days of the week as a list of numbers; what is neither a number nor a name stays, for the check to name it."""
    return [_day(each) for each in (value if isinstance(value, list) else [value])]


def _day(value: Any) -> Any:
    name = value.lower() if isinstance(value, str) else value
    return _WEEKDAYS.index(name) if name in _WEEKDAYS else value


def _move_strength(row: Row) -> None:
    """How strong a wish is stands in ``ruleConfig``; at the top level where the row brings none, to be laid over the stored one."""
    definition = dict(row["ruleDefinition"])
    strength, config = definition.pop(_STRENGTH), row.get("ruleConfig")
    row["ruleDefinition"] = definition
    if not isinstance(config, dict):
        row.setdefault("preferenceStrength", strength)
    elif not _is_set(config, "preferenceStrength"):
        row["ruleConfig"] = {**config, "preferenceStrength": strength}


def _is_set(config: Mapping[str, Any], key: str) -> bool:
    return config.get(key) is not None
