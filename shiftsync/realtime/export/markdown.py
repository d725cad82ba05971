"""The protocol as a page: what may be asked, what comes back, and what everybody hears."""

from collections.abc import Iterable
from typing import Any

from shiftsync.realtime.export.schema import Schema
from shiftsync.realtime.protocol.wire import BROADCASTS
from shiftsync.realtime.socket.router import HANDLERS, V1_HANDLERS, AnyHandler, ChangeHandler, LaneHandler, QueryHandler

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


OF_VERSION_1 = """## Version 1 alone

What clients that do not ask for `shiftsync.v2` may send besides, and what they get besides or in another shape. `docs/version-1.md`
says what else is theirs.
"""


def markdown(protocol: Schema) -> str:
    """The page."""
    lines = [INTRODUCTION, "## From client to server\n", *_requests(protocol["client"])]
    lines += ["## From server to client\n", *_messages(protocol["server"])]
    of_v1 = protocol["version1"]
    lines += [OF_VERSION_1, *_requests(of_v1["client"]), *_messages(of_v1["server"])]
    return "\n".join(lines).rstrip() + "\n"


def _requests(schemas: Schema) -> Iterable[str]:
    for name, schema in schemas.items():
        handler = HANDLERS.get(name) or V1_HANDLERS[name]
        yield from (f"### `{name}`\n", f"{_kind(handler)}\n", *_table(schema), "")


def _messages(schemas: Schema) -> Iterable[str]:
    for name, schema in schemas.items():
        spec = BROADCASTS.get(name)
        audience = "editors" if spec and spec.is_for_editors else "everybody"
        told = f"Tells {audience} of a change; topic `{spec.topic}`.\n" if spec else "Answers.\n"
        yield from (f"### `{name}`\n", told, *_table(schema), "")


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
