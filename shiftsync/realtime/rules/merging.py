"""Three-way merging of one value against its base.

Mappings merge key by key, facts that hold from a day (:mod:`shiftsync.core.dated`) day by day, lists of ids as sets, everything else
as a whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shiftsync.core.dated import VALID_FROM, settled

EARLIEST = "earliest"
"""What the fact is called, among dates, that holds from the beginning."""


class Absent:
    """The sentinel for a missing key."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


@dataclass(slots=True)
class Merged:
    """The merged value, and the paths (below the field) where both sides had changed the same thing differently."""

    value: Any
    clashes: list["Clash"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Clash:
    """Both sides changed ``path`` from ``base``, to different values."""

    path: tuple[str, ...]
    base: Any
    yours: Any
    theirs: Any


def merge(base: Any, theirs: Any, yours: Any, path: tuple[str, ...] = ()) -> Merged:
    """``yours`` merged over ``theirs``: what only one side changed is taken from that side, a clash goes to ``yours``."""
    if yours in (theirs, base):
        return Merged(theirs)
    if base == theirs:
        return Merged(yours)
    if isinstance(theirs, Mapping) and isinstance(yours, Mapping):
        return _merge_mappings(base if isinstance(base, Mapping) else {}, theirs, yours, path)
    if are_dated(theirs) and are_dated(yours):
        merged = _merge_mappings(_by_day(base) if are_dated(base) else {}, _by_day(theirs), _by_day(yours), path)
        return Merged(settled(merged.value.values()), merged.clashes)
    if _is_id_list(theirs) and _is_id_list(yours):
        return Merged(_merge_sets(base if _is_id_list(base) else [], theirs, yours))
    return Merged(yours, [Clash(path, base, yours, theirs)])


def are_dated(value: object) -> bool:
    """Whether that is a list of facts that hold from a day."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(each, Mapping) and VALID_FROM in each for each in value)
    )


def _by_day(facts: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {fact[VALID_FROM] or EARLIEST: fact for fact in facts}


def _merge_mappings(
    base: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any], path: tuple[str, ...]
) -> Merged:
    merged: dict[str, Any] = {}
    clashes: list[Clash] = []
    for key in _keys_in_order(theirs, yours):
        part = merge(base.get(key, ABSENT), theirs.get(key, ABSENT), yours.get(key, ABSENT), (*path, key))
        clashes += part.clashes
        if part.value is not ABSENT:
            merged[key] = part.value
    return Merged(merged, clashes)


def _keys_in_order(*mappings: Mapping[str, Any]) -> Iterator[str]:
    yield from dict.fromkeys(key for mapping in mappings for key in mapping)


def _merge_sets(base: list[str], theirs: list[str], yours: list[str]) -> list[str]:
    removed = set(base) - set(yours)
    kept = [item for item in theirs if item not in removed]
    return kept + [item for item in yours if item not in base and item not in kept]


def _is_id_list(value: object) -> bool:
    return isinstance(value, list) and all(_is_id(item) for item in value)


def _is_id(value: object) -> bool:
    if not isinstance(value, str) or len(value) != 36:
        return False
    try:
        UUID(value)
    except ValueError:
        return False
    return True
