"""The protocol as a page: what may be asked, what comes back, and what everybody hears."""

from collections.abc import Iterable
from typing import Any

from shiftsync.realtime.export.schema import Schema
from shiftsync.realtime.router import HANDLERS, AnyHandler, ChangeHandler, LaneHandler, QueryHandler
from shiftsync.realtime.wire import BROADCASTS

INTRODUCTION = """# The wire protocol

Made by `manage.py export_protocol`; the machine-readable form is `protocol.schema.json`. One WebSocket, `/staff-sync`, carries JSON
text frames: `{type, payload, timestamp, clientId, requestId}` to the server, `{type, payload, timestamp, clientId, success}` and, where
they apply, `requestId` and `version` back. `*` marks what is required. A client asks for version 2 with the WebSocket subprotocol
`shiftsync.v2`.

- **change**: answered by an `ACK` (where it carried a `requestId`) after the commit, and broadcast to everybody; or by `ERROR` or
  `CONFLICT`.
- **question**: answered by the message named, at its place among the changes.
- **of the connection**: about this socket alone.
"""


def markdown(protocol: Schema) -> str:
    """The page."""
    lines = [INTRODUCTION, "## From client to server\n"]
    for name, schema in protocol["client"].items():
        lines += [f"### `{name}`\n", f"{_kind(HANDLERS[name])}\n", *_table(schema), ""]
    lines.append("## From server to client\n")
    for name, schema in protocol["server"].items():
        spec = BROADCASTS.get(name)
        audience = "editors" if spec and spec.is_for_editors else "everybody"
        told = f"Tells {audience} of a change; topic `{spec.topic}`.\n" if spec else "Answers.\n"
        lines += [f"### `{name}`\n", told, *_table(schema), ""]
    return "\n".join(lines).rstrip() + "\n"


def _kind(handler: AnyHandler) -> str:
    if isinstance(handler, QueryHandler):
        return f"A question; needs `{handler.needs}`; answered by `{handler.answer}`."
    if isinstance(handler, (ChangeHandler, LaneHandler)):
        return f"A change; needs `{handler.needs}`."
    return "Of the connection."


def _table(schema: Schema) -> Iterable[str]:
    properties = schema.get("properties")
    if not properties:
        return ["No fields."]
    required = set(schema.get("required", ()))
    rows = ["| field | form | |", "|---|---|---|"]
    rows += [
        f"| `{name}`{'*' if name in required else ''} | {_form(field)} | {field.get('description', '')} |"
        for name, field in properties.items()
    ]
    return rows


def _form(schema: Any) -> str:
    if "anyOf" in schema:
        return " or ".join(_form(option) for option in schema["anyOf"])
    if "enum" in schema:
        return " ".join(f"`{value}`" for value in schema["enum"])
    kind = schema.get("type", "any JSON")
    if kind == "array":
        return f"list of {_form(schema.get('items', {}))}"
    if kind == "object" and "properties" in schema:
        return "{" + ", ".join(f"`{name}`" for name in schema["properties"]) + "}"
    form = schema.get("format")
    return f"{kind} ({form})" if form else str(kind)
