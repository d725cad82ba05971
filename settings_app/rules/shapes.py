"""Shapes: the known keys of a JSON object, checked with errors that name the path.

Keys that a shape does not know are kept exactly as they came, and no key is ever renamed: checking reads, it never
writes. A known key may always be missing or null, which means "not set", unless its field says otherwise.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from settings_app.rules.values import ListOf, Schema, ShapeError, Value, unstorable

Config = Mapping[str, Any]
Translate = Callable[[str, str, str], str]
"""``(target, id, path) → id``: see :func:`map_references`."""

CrossRule = Callable[[Config], Iterator[tuple[str, str]]]
"""What is wrong between the fields of one object: pairs of field and message."""

Settle = Callable[[Config, Config | None, bool], dict[str, Any]]
"""``(config, stored one, from version 1)`` → the config with what its keys together mean: see :attr:`Shape.settle`."""

STAFF = "staff"
"""The target of references to members of staff; every other target is the key of a settings table."""


@dataclass(frozen=True, slots=True)
class Refers:
    """The ids in a field name rows of ``target``; or of ``targets[...]`` by the value of the sibling field ``by``.

    ``must_exist``: an id that is newly written names a row that is there. Version 1 clients write lists that name nobody any more, so
    that fields which these know do not ask for it.
    """

    target: str = ""
    by: str = ""
    targets: Mapping[str, str] = field(default_factory=dict)
    must_exist: bool = False

    def target_in(self, config: Config) -> str | None:
        """What the ids refer to in this object; None where they are no ids (positions, types)."""
        if not self.by:
            return self.target
        chosen = config.get(self.by)
        return self.targets.get(chosen) if isinstance(chosen, str) else None

    def schema(self) -> Any:
        """The value of ``x-refers`` in a schema."""
        return {"by": self.by, **self.targets} if self.by else self.target


@dataclass(frozen=True, slots=True)
class Field:
    """One known key. ``default`` is what a missing value counts as; only rows write it out (:mod:`intake`)."""

    value: Value
    label: str
    help: str = ""
    default: Any = None
    required: bool = False
    nullable: bool = True
    refers: Refers | None = None

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        """All that is wrong with a value of this field, null included."""
        if value is not None:
            yield from self.value.errors(value, path)
        elif self.required or not self.nullable:
            yield ShapeError(path, "must not be null")

    @property
    def listed(self) -> "Shape | None":
        """What the items of a list of objects look like; None for all else."""
        item = self.value.item if isinstance(self.value, ListOf) else None
        return item if isinstance(item, Shape) else None

    def schema(self) -> Schema:
        """JSON Schema of the field, with label, help and default."""
        schema = self.value.schema()
        if self.nullable and not self.required:
            schema = _or_null(schema)
        extras = {"title": self.label, "description": self.help, "default": self.default}
        schema |= {key: extra for key, extra in extras.items() if extra not in (None, "")}
        if self.refers:
            schema["x-refers"] = self.refers.schema()
        return schema


def as_it_is(config: Config) -> dict[str, Any]:
    """Most objects have one spelling."""
    return dict(config)


def as_given(config: Config, stored: Config | None, from_v1: bool) -> dict[str, Any]:
    """Most objects mean what each key says by itself."""
    return dict(config)


@dataclass(frozen=True)
class Shape(Value):
    """The known keys of an object, and the rules between them.

    ``read`` puts older spellings of keys into those of today, wherever an object of this shape is taken in or read.
    ``settle`` runs on a whole config that is taken in, once the keys at the top level of its row are laid over it.
    """

    title: str
    fields: Mapping[str, Field]
    rules: Sequence[CrossRule] = ()
    read: Callable[[Config], dict[str, Any]] = field(default=as_it_is, repr=False)
    settle: Settle = field(default=as_given, repr=False)

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if not isinstance(value, dict):
            yield ShapeError(path, "must be an object")
            return
        found = list(self._field_errors(value, path))
        yield from found
        if not found:
            for rule in self.rules:
                yield from (ShapeError(join(path, name), message) for name, message in rule(value))

    def _field_errors(self, value: Config, path: str) -> Iterator[ShapeError]:
        for name, known in self.fields.items():
            if name in value:
                yield from known.errors(value[name], join(path, name))
            elif known.required:
                yield ShapeError(join(path, name), "is required")

    def schema(self) -> Schema:
        required = [name for name, known in self.fields.items() if known.required]
        return {
            "title": self.title,
            "type": "object",
            "properties": {name: known.schema() for name, known in self.fields.items()},
            **({"required": required} if required else {}),
            "additionalProperties": True,
        }

    @property
    def references(self) -> dict[str, Refers]:
        """The fields of this object itself whose ids refer to rows."""
        return {name: known.refers for name, known in self.fields.items() if known.refers}

    @property
    def configs(self) -> dict[str, "Shape"]:
        """The nested objects of known shape, by key."""
        return {name: known.value for name, known in self.fields.items() if isinstance(known.value, Shape)}


def check(config: object, shape: Shape, path: str = "") -> list[ShapeError]:
    """All that is wrong with ``config``, known keys first; ``path`` is where it stands (``limitConfig``)."""
    if config is None:
        return [ShapeError(path, "must not be null")]
    return [*shape.errors(config, path), *unstorable(config, path)]


def by_path(errors: Sequence[ShapeError]) -> dict[str, list[str]]:
    """The errors as the ``details`` of a refusal: path → messages."""
    details: dict[str, list[str]] = {}
    for error in errors:
        details.setdefault(error.path, []).append(error.message)
    return details


def map_references(config: Config, shape: Shape, translate: Translate, path: str = "") -> dict[str, Any]:
    """``config`` with every id that refers to a row replaced by ``translate(target, id, path)``; all else, order
    included, as it was."""
    changed = dict(config)
    for name, known in shape.fields.items():
        value, place = config.get(name), join(path, name)
        if isinstance(known.value, Shape) and isinstance(value, dict):
            changed[name] = map_references(value, known.value, translate, place)
        elif (inner := known.listed) and isinstance(value, list):
            changed[name] = [
                map_references(item, inner, translate, f"{place}[{index}]") if isinstance(item, dict) else item
                for index, item in enumerate(value)
            ]
        elif value is not None and known.refers and (target := known.refers.target_in(config)):
            changed[name] = _translated(value, target, translate, place)
    return changed


def must_exist(config: Config, shape: Shape) -> list[tuple[str, str, str]]:
    """Target, id and path of each id in ``config`` that has to name a row."""
    found: list[tuple[str, str, str]] = []

    def look(config: Config, shape: Shape, path: str) -> None:
        for name, known in shape.fields.items():
            value, place = config.get(name), join(path, name)
            if isinstance(known.value, Shape) and isinstance(value, dict):
                look(value, known.value, place)
            elif (inner := known.listed) and isinstance(value, list):
                for index, item in enumerate(value):
                    look(item, inner, f"{place}[{index}]")
            elif known.refers and known.refers.must_exist and (target := known.refers.target_in(config)):
                listed = enumerate(value) if isinstance(value, list) else ()
                found.extend((target, item, f"{place}[{index}]") for index, item in listed)
                if isinstance(value, str):
                    found.append((target, value, place))

    look(config, shape, "")
    return found


def join(path: str, name: str) -> str:
    """The path of a key inside an object."""
    return f"{path}.{name}" if path else name


def _translated(value: Any, target: str, translate: Translate, path: str) -> Any:
    if isinstance(value, str):
        return translate(target, value, path)
    if isinstance(value, list):
        return [
            translate(target, item, f"{path}[{index}]") if isinstance(item, str) else item
            for index, item in enumerate(value)
        ]
    return value


def _or_null(schema: Schema) -> Schema:
    nullable = {**schema, "type": [schema["type"], "null"]}
    if "enum" in schema:
        nullable["enum"] = [*schema["enum"], None]
    return nullable
