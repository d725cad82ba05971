"""Payloads that nobody means well with, made from the schema of what is asked for: one part wrong at a time."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

Schema = Mapping[str, Any]


def nested(levels: int) -> Any:
    """A list in a list, and so on."""
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


ANYTHING: tuple[Any, ...] = (7, True, "\x00", {}, [], nested(100))
OF_TEXT: tuple[Any, ...] = ("", "a\x0bb", "\uffff", "x" * 3000, 7, False, ["x"], "９" * 30, "2025-08-01", "\ud800", {})
OF_DAYS: tuple[Any, ...] = (
    "0001-01-01",
    "9999-12-31",
    "2025-02-30",
    "2025-W31-5",
    20250801,
    "",
    "1899-12-31",
    "2201-01-01",
)
OF_NUMBERS: tuple[Any, ...] = (
    -1,
    2**31,
    2**53,
    2**63 - 1,
    10**30,
    1.5,
    True,
    "9" * 30,
    "x",
    -(10**30),
    float("inf"),
    float("nan"),
)
OF_FLAGS: tuple[Any, ...] = (1, "yes", "\x00", [])
BODIES: tuple[Any, ...] = (None, [], [None], "x", 7, True, nested(100))


class Sampler:
    """Makes valid payloads; ``known`` are the values of properties that must name something that is there."""

    def __init__(self, known: Mapping[str, Any], components: Mapping[str, Any] | None = None) -> None:
        self._known = known
        self._components = components or {}

    def resolved(self, schema: Schema) -> Schema:
        """The schema itself, where it only points to one or may be null."""
        while "$ref" in schema or any(key in schema for key in ("anyOf", "oneOf", "allOf")):
            if "$ref" in schema:
                schema = self._components[schema["$ref"].rpartition("/")[2]]
            else:
                schema = next(iter(schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf") or [{}]))
        return schema

    def sample(self, schema: Schema, name: str = "") -> Any:
        """A value that the schema allows."""
        schema = self.resolved(schema)
        if name in self._known:
            return self._known[name]
        if "enum" in schema:
            return schema["enum"][0]
        match kind_of(schema):
            case "object":
                return {key: self.sample(part, key) for key, part in schema.get("properties", {}).items()}
            case "array":
                return [self.sample(schema.get("items", {}), name)]
            case "integer" | "number":
                return max(1, schema.get("minimum", 1))
            case "boolean":
                return False
        return {"date": "2025-08-01", "uuid": str(uuid4()), "date-time": "2025-08-01T00:00:00Z"}.get(
            schema.get("format", ""), "10:00" if "pattern" in schema else "x"
        )

    def spoilt(self, schema: Schema, name: str = "") -> Iterator[Any]:
        """The sample with one part wrong, for every part and every way of being wrong."""
        schema = self.resolved(schema)
        kind = kind_of(schema)
        if kind == "object" and schema.get("properties"):
            whole = self.sample(schema)
            for key, part in schema["properties"].items():
                yield from ({**whole, key: value} for value in self.spoilt(part, key))
                yield {other: value for other, value in whole.items() if other != key}
        elif kind == "array":
            yield from ([value] for value in self.spoilt(schema.get("items", {}), name))
        elif kind == "object":
            yield from (
                {key: value}
                for key in ("x", "\x00", str(uuid4()))
                for value in ({"2025-08-01": 7}, {"\x0b": "\x0b"}, 7)
            )
        yield from self._wrong(schema, kind)

    def _wrong(self, schema: Schema, kind: str) -> tuple[Any, ...]:
        if schema.get("format") in ("date", "date-time"):
            return OF_DAYS
        return {"string": OF_TEXT, "integer": OF_NUMBERS, "number": OF_NUMBERS, "boolean": OF_FLAGS}.get(kind, ANYTHING)


def kind_of(schema: Schema) -> str:
    """The type that the schema names; of several the first that is not null."""
    kind = schema.get("type", "")
    return kind if isinstance(kind, str) else next((each for each in kind if each != "null"), "")
