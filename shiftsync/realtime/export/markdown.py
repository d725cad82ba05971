"""The protocol as a page: what may be asked, what comes back, and what everybody hears."""

from collections.abc import Iterable
from typing import Any

from shiftsync.realtime.export.schema import Schema, referred_name, resolved
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

OBJECTS = """## Objects

What several messages contain, or one of them contains as a part.
"""


def markdown(protocol: Schema) -> str:
    """The page."""
    page = _Page(protocol["$defs"])
    lines = [INTRODUCTION, "## From client to server\n", *page.requests(protocol["client"])]
    lines += ["## From server to client\n", *page.messages(protocol["server"])]
    of_v1 = protocol["version1"]
    lines += [OF_VERSION_1, *page.requests(of_v1["client"]), *page.messages(of_v1["server"])]
    lines += [OBJECTS, *page.objects()]
    return "\n".join(lines).rstrip() + "\n"


class _Page:
    """The sections of the page. An object that a field holds is a link, and has a section of its own at the end."""

    def __init__(self, definitions: dict[str, Schema]) -> None:
        self._definitions = definitions
        self._linked: set[str] = set()

    def requests(self, schemas: Schema) -> Iterable[str]:
        for name, schema in schemas.items():
            handler = HANDLERS.get(name) or V1_HANDLERS[name]
            yield from (f"### `{name}`\n", f"{_kind(handler)}\n", *self._table(schema), "")

    def messages(self, schemas: Schema) -> Iterable[str]:
        for name, schema in schemas.items():
            spec = BROADCASTS.get(name)
            audience = "editors" if spec and spec.is_for_editors else "everybody"
            told = f"Tells {audience} of a change; topic `{spec.topic}`.\n" if spec else "Answers.\n"
            yield from (f"### `{name}`\n", told, *self._table(schema), "")

    def objects(self) -> Iterable[str]:
        """All objects that were linked to, and those that they link to themselves."""
        sections: dict[str, list[str]] = {}
        while missing := sorted(self._linked - set(sections)):
            for name in missing:
                schema = self._definitions[name]
                purpose = schema.get("description")
                sections[name] = [f"### {name}\n", *([f"{purpose}\n"] if purpose else []), *self._table(schema), ""]
        return [line for _, lines in sorted(sections.items()) for line in lines]

    def _table(self, schema: Schema) -> Iterable[str]:
        schema = resolved(schema, self._definitions)
        properties = schema.get("properties")
        if not properties:
            return [f"{self._form(schema)}."] if "additionalProperties" in schema else ["No fields."]
        required = set(schema.get("required", ()))
        rows = ["| field | form | |", "|---|---|---|"]
        rows += [
            f"| `{name}`{'*' if name in required else ''} | {self._form(field)} | {field.get('description', '')} |"
            for name, field in properties.items()
        ]
        return rows

    def _form(self, schema: Any) -> str:
        name = referred_name(schema)
        if name is not None:
            self._linked.add(name)
            return f"[{name}](#{name.lower()})"
        if "anyOf" in schema:
            return " or ".join(self._form(option) for option in schema["anyOf"])
        if "enum" in schema:
            return " ".join(f"`{value}`" for value in schema["enum"])
        kind = schema.get("type", "any JSON")
        if isinstance(kind, list):
            return " or ".join(self._form({**schema, "type": each}) for each in kind)
        if kind == "array":
            return f"list of {self._form(schema.get('items', {}))}"
        if kind == "object" and "properties" in schema:
            return "{" + ", ".join(f"`{name}`" for name in schema["properties"]) + "}"
        if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
            return f"object of {self._form(schema['additionalProperties'])}"
        form = schema.get("format")
        return f"{kind} ({form})" if form else str(kind)


def _kind(handler: AnyHandler) -> str:
    if isinstance(handler, QueryHandler):
        return f"A question; needs `{handler.needs}`; answered by `{handler.answer}`."
    if isinstance(handler, (ChangeHandler, LaneHandler)):
        return f"A change; needs `{handler.needs}`."
    return "Of the connection."
