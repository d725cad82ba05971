"""The envelope: JSON text in, JSON text out. Payloads that are already encoded are inserted as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shiftsync.core.clock import iso, now
from shiftsync.core.door import MAX_DEPTH, require_shallow
from shiftsync.core.encoding import decode, encode
from shiftsync.core.errors import DomainError, InvalidJson, InvalidMessage, PayloadTooLarge, ValidationFailed
from shiftsync.core.ids import parse_new_id
from shiftsync.core.telling import told
from shiftsync.core.text import unfit
from shiftsync.realtime.protocol.wire import Protocol

MAX_FRAME_BYTES = 1 << 20
CLIENT_ID_LENGTH = 100
TYPE_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message of a client. ``request_id`` and ``client_id`` are None where they are missing."""

    type: str
    payload: Any
    request_id: UUID | None
    client_id: str | None


def is_too_large(text: str) -> bool:
    """Whether a frame has more than ``MAX_FRAME_BYTES``."""
    size = len(text)
    return size > MAX_FRAME_BYTES or (not text.isascii() and size * 4 > MAX_FRAME_BYTES < len(text.encode()))


def parse(text: str | None) -> Envelope:
    """Reads a frame. Raises :class:`InvalidJson`, :class:`InvalidMessage`, :class:`ValidationFailed`."""
    if text is None:
        raise InvalidMessage("Messages are text frames.")
    if is_too_large(text):
        raise PayloadTooLarge("A frame can have at most 1 MiB.")
    try:
        message = decode(text)
    except ValueError:
        raise InvalidJson from None
    if not isinstance(message, dict):
        raise InvalidMessage("A message must be a JSON object.")
    if text.count("{") + text.count("[") > MAX_DEPTH:  # else it cannot be nested so deeply
        require_shallow(message)
    kind = message.get("type")
    if not isinstance(kind, str) or not kind or len(kind) > TYPE_LENGTH:
        raise InvalidMessage("type: every message needs a type.", {"type": ["This field is required."]})
    payload = message.get("payload")
    return Envelope(
        kind, {} if payload is None else payload, _request_id(message), client_id_from(message.get("clientId"))
    )


def request_id_from(text: str | None) -> str | None:
    """The ``requestId`` of a frame that could not be handled, so that its error can be matched to it; None if it has
    none."""
    try:
        message = decode(text or "")
    except ValueError:
        return None
    value = message.get("requestId") if isinstance(message, dict) else None
    return value if isinstance(value, str) and len(value) <= CLIENT_ID_LENGTH else None


def _request_id(message: dict[str, Any]) -> UUID | None:
    value = message.get("requestId")
    if value is None:
        return None
    request_id = parse_new_id(value)
    if request_id is None:
        raise ValidationFailed.of("requestId", "Must be a UUID.")
    return request_id


def client_id_from(value: object) -> str | None:
    """A client's own id, if it is valid."""
    if isinstance(value, str) and 0 < len(value) <= CLIENT_ID_LENGTH and unfit(value) is None:
        return value
    return None


def envelope(
    type: str,
    payload: str,
    *,
    client_id: str | None,
    version: int | None = None,
    request_id: UUID | str | None = None,
    timestamp: str | None = None,
    success: bool = True,
    frame: int | None = None,
) -> str:
    """The text of a message of the server; ``payload`` is JSON text."""
    parts = [
        f'{{"type":"{type}","payload":{payload},"timestamp":"{timestamp or iso(now())}"',
        f'"clientId":{encode(client_id)},"success":{"true" if success else "false"}',
    ]
    if version is not None:
        parts.append(f'"version":{version}')
    if request_id is not None:
        told = f'"{request_id}"' if isinstance(request_id, UUID) else encode(request_id)
        parts.append(f'"requestId":{told}')
    if frame is not None:
        parts.append(f'"frame":{frame}')
    return ",".join(parts) + "}"


def error_envelope(
    error: DomainError,
    protocol: Protocol,
    *,
    client_id: str | None,
    request_id: UUID | str | None = None,
    frame: int | None = None,
) -> str:
    """The ``ERROR`` message of a refusal; in Japanese as well for version 2. ``frame`` is the number of the frame on its connection, from
    1, for a request without an id."""
    said = error.as_payload() if protocol is Protocol.V1 else told(error)
    payload = encode(said if frame is None else {**said, "frame": frame})
    return envelope("ERROR", payload, client_id=client_id, request_id=request_id, success=False, frame=frame)


def batch(messages: Sequence[str], version: int) -> str:
    """Several messages in one frame, for version 2."""
    return envelope("BATCH", f'{{"messages":[{",".join(messages)}]}}', client_id=None, version=version)
