"""JSON Schema as TypeScript: the types that the front end's client library is checked against."""

import json
from typing import Any

from shiftsync.realtime.export.schema import Schema

HEADER = "// Made by `manage.py export_protocol` from the server's own message registry. Not edited by hand.\n"
_NAMES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def typescript(protocol: Schema) -> str:
    """Two interfaces, ``ClientPayloads`` and ``ServerPayloads``, with one member for each message."""
    parts = [HEADER]
    for name, messages in (("ClientPayloads", protocol["client"]), ("ServerPayloads", protocol["server"])):
        members = "\n".join(f"  {type}: {type_of(schema, 1)};" for type, schema in messages.items())
        parts.append(f"export interface {name} {{\n{members}\n}}\n")
    parts.append("export type ClientType = keyof ClientPayloads;\nexport type ServerType = keyof ServerPayloads;\n")
    return "\n".join(parts)


def type_of(schema: Schema, depth: int) -> str:
    """The type of one schema, indented as a member at that depth."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(type_of(option, depth) for option in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(_literal(value) for value in schema["enum"]) or "never"
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(_NAMES.get(name, "unknown") for name in kind)
    if kind == "array":
        item = type_of(schema.get("items", {}), depth)
        return f"({item})[]" if "|" in item else f"{item}[]"
    if kind == "object":
        return _object(schema, depth)
    return _NAMES.get(str(kind), "unknown")


def _object(schema: Schema, depth: int) -> str:
    properties = schema.get("properties")
    if properties is None:
        values = schema.get("additionalProperties")
        return f"Record<string, {type_of(values, depth) if isinstance(values, dict) else 'unknown'}>"
    if not properties:
        return f"Record<string, {'unknown' if schema.get('additionalProperties') else 'never'}>"
    required = set(schema.get("required", ()))
    pad = "  " * (depth + 1)
    members = [
        f"{pad}{_key(name)}{'' if name in required else '?'}: {type_of(value, depth + 1)};"
        for name, value in properties.items()
    ]
    return "{\n" + "\n".join(members) + "\n" + "  " * depth + "}"


def _literal(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace('"', "'")


def _key(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name)
