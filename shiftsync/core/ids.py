"""Identifiers: UUIDs that sort by creation time."""

import secrets
import time
from functools import lru_cache
from uuid import UUID

USUAL_LENGTH = 36


def new_id() -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of Unix milliseconds, then random bits.

    Rows inserted together lie together in their index, which random UUIDs do not.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def parse_id(value: object) -> UUID | None:
    """``value`` as a UUID, or None if it is not one: such an id is simply not found."""
    if isinstance(value, UUID):
        return value
    if not isinstance(value, str):
        return None
    return _known_id(value) if len(value) <= USUAL_LENGTH else _read_id(value)


def parse_new_id(value: object) -> UUID | None:
    """The same for an id that was not seen before, such as a request's: it is not remembered."""
    return _read_id(value) if isinstance(value, str) else parse_id(value)


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


_known_id = lru_cache(16_384)(_read_id)  # edits name the same few schedules and people again and again
