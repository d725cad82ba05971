"""JSON as the wire and the change log hold it."""

from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from shiftsync.core.clock import iso


def _default(value: object) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, (UUID, date)):
        return str(value)
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    raise TypeError(f"{type(value).__name__} has no JSON form")


_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS


def encode(value: object) -> str:
    """Compact JSON text; decimals become numbers, moments UTC with milliseconds, days ``YYYY-MM-DD``,
    times of day ``HH:MM``."""
    return orjson.dumps(value, default=_default, option=_OPTIONS).decode()


def decode(text: str | bytes) -> Any:
    """The value of JSON text. Raises ``ValueError`` where it is not JSON (NaN and Infinity are not)."""
    return orjson.loads(text)


def digest(value: object) -> str:
    """A digest of the content that does not depend on the order of keys."""
    data = orjson.dumps(value, default=_default, option=_OPTIONS | orjson.OPT_SORT_KEYS)
    return sha256(data).hexdigest()
