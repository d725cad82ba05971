"""Payloads of version 1 clients, put into the words of today before anything else looks at them.

What holds for all of them is done here: ids that are numbers become text. What is peculiar to one type is registered beside its handler.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shiftsync.realtime.protocol.envelope import Envelope
from shiftsync.realtime.protocol.wire import Registry

Reading = Callable[[Any], Any]
"""Makes of a payload, which may be anything, the one that is meant."""

READINGS: Registry[Reading] = Registry()


def as_meant(message: Envelope) -> Envelope:
    """The message of a version 1 client, in the words of today."""
    payload = with_text_ids(message.payload)
    reading = READINGS.get(message.type)
    if reading is not None:
        payload = reading(payload)
    return message if payload is message.payload else replace(message, payload=payload)


def with_text_ids(payload: Any) -> Any:
    """A payload whose ids, at its top, are text; the very same one where they are already."""
    if not isinstance(payload, dict):
        return payload
    read = {key: _text(value) for key, value in payload.items() if isinstance(key, str) and _is_id(key)}
    changed = {key: value for key, value in read.items() if value is not payload[key]}
    return {**payload, **changed} if changed else payload


def _is_id(key: str) -> bool:
    return key == "id" or key.endswith(("Id", "Ids"))


def _text(value: Any) -> Any:
    if isinstance(value, list):
        read = [_text(item) for item in value]
        return read if any(new is not old for new, old in zip(read, value, strict=True)) else value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
