"""From a validated payload to a typed object: what a change intends, or what a question asks for."""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any, NamedTuple, Self, cast, get_args

CHANGE_OPTIONS = frozenset({"base_version", "strategy", "reason"})
"""What every change may carry besides its own fields; no intent takes them."""

Read = Callable[[Any], Any]
_NAME, _READ, _REST = "payload.name", "payload.read", "payload.rest"


def from_payload(name: str = "", *, read: Read | None = None) -> dict[str, Any]:
    """The ``metadata`` of a field that the payload calls ``name``, or whose value it writes in another form than the field."""
    return {_NAME: name, _READ: read}


def rest_of_payload() -> dict[str, Any]:
    """The ``metadata`` of a field that takes all that neither another field takes nor ``CHANGE_OPTIONS`` names."""
    return {_REST: True}


class _Source(NamedTuple):
    field: str
    name: str
    read: Read | None
    is_needed: bool
    is_none_without: bool


class FromPayload:
    """The base of frozen dataclasses that a validated payload fills, field by field, by name.

    A message and its REST twin give the same object, so that an idempotency key holds for both.
    """

    __slots__ = ()

    @classmethod
    def of(cls, payload: Mapping[str, Any], **given: Any) -> Self:
        """What ``payload`` states. ``given`` are fields that it does not state: parts of a path, what the connection implies.

        Fields that neither has keep their defaults; one without a default that may be None is None.
        """
        sources, rest = _sources(cast(Hashable, cls))
        values = dict(given)
        for source in sources:
            if source.name in payload and source.field not in given:
                value = payload[source.name]
                values[source.field] = value if source.read is None else source.read(value)
            elif source.is_none_without:
                values.setdefault(source.field, None)
        if rest is not None and rest not in given:
            taken = {source.name for source in sources} | CHANGE_OPTIONS
            values[rest] = {name: value for name, value in payload.items() if name not in taken}
        return cls(**values)

    @classmethod
    def missing_from(cls, names: Collection[str]) -> list[str]:
        """The fields without a default that a payload with those names always leaves out."""
        return [
            source.field for source in _sources(cast(Hashable, cls))[0] if source.is_needed and source.name not in names
        ]


@cache
def _sources(kind: Any) -> tuple[tuple[_Source, ...], str | None]:
    """Where each field of the class comes from, and the field that takes the rest."""
    named = [part for part in fields(kind) if _REST not in part.metadata]
    rest = next((part.name for part in fields(kind) if _REST in part.metadata), None)
    return tuple(map(_source, named)), rest


def _source(part: Field[Any]) -> _Source:
    has_default = part.default is not MISSING or part.default_factory is not MISSING
    may_be_none = type(None) in get_args(part.type)
    return _Source(
        part.name,
        part.metadata.get(_NAME) or part.name,
        part.metadata.get(_READ),
        is_needed=not has_default and not may_be_none,
        is_none_without=not has_default and may_be_none,
    )
