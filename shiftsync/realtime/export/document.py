"""The whole protocol as one document: its messages, their definitions, and the registries that apps add to it."""

from collections.abc import Callable, Iterable
from typing import Any

from shiftsync.realtime.export.schema import Definitions, Schema, definition_name
from shiftsync.realtime.protocol.wire import ANSWERS, BROADCASTS, TOPICS, V1_ANSWERS, Registry
from shiftsync.realtime.socket.router import HANDLERS, V1_HANDLERS, AnyHandler, ChangeHandler, LaneHandler, QueryHandler

REGISTRIES: Registry[Callable[[], Any]] = Registry()
"""What clients need to know besides shapes, by name: lists and maps that the apps make of their own descriptions."""

FURTHER: Registry[Callable[[], str]] = Registry()
"""What else clients have of the server's, as whole files by their path from the project's root."""


def exported(path: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Registers what writes the text of such a file."""

    def register(function: Callable[[], str]) -> Callable[[], str]:
        FURTHER.add(path, function)
        return function

    return register


def protocol_schema() -> Schema:
    """Every message of the protocol: ``client`` and ``server`` map each type to the schema of its payload; ``version1`` those that
    version 1 clients have besides, or in another shape. ``registries`` say which messages are changes, which answers which, and
    what else the apps tell."""
    definitions = Definitions()
    server = {name: entry.payload for name, entry in ANSWERS.items()}
    server |= {name: entry.payload for name, entry in BROADCASTS.items()}

    def requests(handlers: Iterable[tuple[str, AnyHandler]]) -> Schema:
        return {name: definitions.part(handler.payload) for name, handler in sorted(handlers)}

    def messages(shapes: Iterable[tuple[str, Any]]) -> Schema:
        return {name: definitions.part(shape()) for name, shape in sorted(shapes)}

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ShiftSync wire protocol, shiftsync.v2",
        "client": requests(HANDLERS.items()),
        "server": messages(server.items()),
        "version1": {
            "client": requests(V1_HANDLERS.items()),
            "server": messages((name, entry.payload) for name, entry in V1_ANSWERS.items()),
        },
        "registries": _registries(),
        "$defs": definitions.sorted(),
    }


def _whole_rows() -> dict[str, list[str]]:
    """The changes whose payload is one row and nothing else, by the name of its shape: what applies one of them applies all. The
    shape of a row is called ``...Serializer``, that of a message ``...Payload``."""
    rows: dict[str, list[str]] = {}
    for type, spec in sorted(BROADCASTS.items()):
        if spec.payload.__name__.endswith("Serializer"):
            rows.setdefault(definition_name(spec.payload), []).append(type)
    return dict(sorted(rows.items()))


def _registries() -> dict[str, Any]:
    return {
        "topics": sorted(TOPICS),
        "changeTypes": sorted(BROADCASTS),
        "changeRequests": sorted(
            name for name, handler in HANDLERS.items() if isinstance(handler, (ChangeHandler, LaneHandler))
        ),
        "wholeRows": _whole_rows(),
        "answers": {
            name: handler.answer for name, handler in sorted(HANDLERS.items()) if isinstance(handler, QueryHandler)
        },
        **{name: make() for name, make in sorted(REGISTRIES.items())},
    }
