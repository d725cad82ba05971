"""The protocol as TypeScript: what the front end's client library knows of the wire."""

import json
import re
from collections.abc import Iterable
from typing import Any

from shiftsync.realtime.export.schema import Schema, referred_name

HEADER = """// Made by `manage.py export_protocol` from the server's own registries. Not edited by hand.

/** `YYYY-MM-DD`, without a time zone. */
export type DateKey = string;
/** ISO 8601 in UTC with milliseconds. */
export type Timestamp = string;
"""
_NAMES = {"integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
_FORMATS = {"date": "DateKey", "date-time": "Timestamp"}


def typescript(protocol: Schema) -> str:
    """The definitions by their names, a map of payloads for each direction, and the registries as constants."""
    used = _reachable([protocol["client"], protocol["server"]], protocol["$defs"])
    parts = [HEADER, *(_definition(name, schema) for name, schema in protocol["$defs"].items() if name in used)]
    for name, messages in (("ClientPayloads", protocol["client"]), ("ServerPayloads", protocol["server"])):
        members = "\n".join(f"  {type}: {type_of(schema, 1)};" for type, schema in messages.items())
        parts.append(f"export interface {name} {{\n{members}\n}}\n")
    parts.append("export type ClientType = keyof ClientPayloads;\nexport type ServerType = keyof ServerPayloads;\n")
    parts += [_constant(name, value) for name, value in protocol["registries"].items()]
    return "\n".join(parts)


def _reachable(schemas: Any, definitions: dict[str, Schema]) -> set[str]:
    """The names of all definitions that ``schemas`` speak of: those of version 1 alone are no business of this client."""
    found: set[str] = set()
    waiting = [schemas]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            name = referred_name(each)
            if name is not None and name not in found:
                found.add(name)
                waiting.append(definitions[name])
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return found


def _definition(name: str, schema: Schema) -> str:
    comment = _comment(schema, "")
    form = type_of(schema, 0)
    if form.startswith("{"):
        return f"{comment}export interface {name} {form}\n"
    return f"{comment}export type {name} = {form};\n"


def type_of(schema: Schema, depth: int) -> str:
    """The type of one schema, indented as a member at that depth."""
    name = referred_name(schema)
    if name is not None:
        return name
    if "anyOf" in schema:
        return _union(type_of(option, depth) for option in schema["anyOf"])
    if "enum" in schema:
        return _union(_literal(value) for value in schema["enum"])
    kind = schema.get("type")
    if isinstance(kind, list):
        return _union(type_of({**schema, "type": each}, depth) for each in kind)
    if kind == "array":
        item = type_of(schema.get("items", {}), depth)
        return f"({item})[]" if "|" in item else f"{item}[]"
    if kind == "object":
        return _object(schema, depth)
    if kind == "string":
        return _FORMATS.get(schema.get("format", ""), "string")
    return _NAMES.get(str(kind), "unknown")


def _union(options: Iterable[str]) -> str:
    different = dict.fromkeys(options)
    return "unknown" if "unknown" in different else " | ".join(different) or "never"


def _object(schema: Schema, depth: int) -> str:
    properties = schema.get("properties")
    values = schema.get("additionalProperties")
    if not properties:
        of_each = type_of(values, depth) if isinstance(values, dict) else "unknown"
        is_closed = properties is not None and not values
        return f"Record<string, {'never' if is_closed else of_each}>"
    required = set(schema.get("required", ()))
    pad = "  " * (depth + 1)
    members = [
        f"{_comment(value, pad)}{pad}{_key(name)}{'' if name in required else '?'}: {type_of(value, depth + 1)};"
        for name, value in properties.items()
    ]
    if values is True:
        members.append(f"{pad}[key: string]: unknown;")
    return "{\n" + "\n".join(members) + "\n" + "  " * depth + "}"


def _comment(schema: Schema, pad: str) -> str:
    text = schema.get("description")
    return f"{pad}/** {text.replace('*/', '* /')} */\n" if text else ""


def _constant(name: str, value: Any) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()
    return f"export const {words} = {_value(value, 0)} as const;\n"


def _value(value: Any, depth: int) -> str:
    pad, end = "  " * (depth + 1), "  " * depth
    if isinstance(value, dict):
        members = [f"{pad}{_key(key)}: {_value(item, depth + 1)}," for key, item in value.items()]
        return "{\n" + "\n".join(members) + f"\n{end}}}" if members else "{}"
    if isinstance(value, list):
        return "[\n" + "\n".join(f"{pad}{_value(item, depth + 1)}," for item in value) + f"\n{end}]" if value else "[]"
    return _literal(value)


def _literal(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    inner = json.dumps(value, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{inner}'"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_$][\w$]*", name, re.ASCII) else _literal(name)
