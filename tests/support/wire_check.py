"""Whether what the server sends is what its own export says of it."""

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from shiftsync.realtime.export.document import protocol_schema
from shiftsync.realtime.export.schema import expanded

ENVELOPE = {"type", "payload", "timestamp", "clientId", "success"}
OPTIONAL = {"frame", "version", "requestId"}


@cache
def _schemas(*, is_v1: bool) -> dict[str, tuple[Draft202012Validator, set[str]]]:
    """By type: what checks a payload, and the fields that it may have."""
    checker = FormatChecker(["uuid", "date"])
    protocol = protocol_schema()
    schemas = {**protocol["server"], **(protocol["version1"]["server"] if is_v1 else {})}
    return {
        name: (Draft202012Validator(whole, format_checker=checker), set(whole["properties"]))
        for name, schema in schemas.items()
        if (whole := expanded(schema, protocol["$defs"]))
    }


def check_message(message: dict[str, Any], *, is_v1: bool) -> None:
    """Asserts that the envelope is whole and the payload has just the fields that are exported for its type."""
    assert set(message) >= ENVELOPE, message
    assert set(message) <= ENVELOPE | OPTIONAL, message
    validator, known = _schemas(is_v1=is_v1)[message["type"]]
    problems = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(message["payload"])]
    assert not problems, (message["type"], problems)
    assert set(message["payload"]) <= known, (message["type"], set(message["payload"]) - known)
