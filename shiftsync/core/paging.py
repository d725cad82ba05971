"""Lists page by page: ``limit`` and ``cursor``, with the next page's address in ``Link`` (RFC 8288). Without them a list is whole."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from shiftsync.core.errors import ValidationFailed

MOST = 1000
LIMIT = OpenApiParameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MOST},
    description="At most so many; `Link` then names the next page (`rel=next`). Without it: all.",
)
CURSOR = OpenApiParameter(
    "cursor", OpenApiTypes.STR, description="Where the page begins: out of the `Link` of the page before."
)
KEYS = ("id", "jobId", "name")
"""What tells an entry of a list from the others: the first of these that it has."""


def limit_of(request: Request) -> int | None:
    """How many entries are asked for; None: all. Raises :class:`ValidationFailed`."""
    given = request.query_params.get(LIMIT.name)
    if given is None:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 6 and 1 <= int(given) <= MOST):
        raise ValidationFailed.of(LIMIT.name, f"Must be a whole number from 1 to {MOST}.")
    return int(given)


def page_of(request: Request, rows: Sequence[Any]) -> tuple[list[Any], str | None]:
    """The page that is asked for, and the ``Link`` to the next one. Raises :class:`ValidationFailed`."""
    limit, start = limit_of(request), _start_of(request.query_params.get(CURSOR.name), rows)
    end = len(rows) if limit is None else start + limit
    page = list(rows[start:end])
    if end >= len(rows) or not page:
        return page, None
    query = request.query_params.copy()
    query[CURSOR.name] = urlsafe_b64encode(f"{end}:{_key_of(page[-1])}".encode()).decode()
    return page, f'<{request.path}?{query.urlencode()}>; rel="next"'


def _start_of(cursor: str | None, rows: Sequence[Any]) -> int:
    """Behind the last entry of the page before; where that is gone, at the place where it was."""
    if cursor is None:
        return 0
    try:
        place, _, key = urlsafe_b64decode(cursor.encode()).decode().partition(":")
        number = int(place)
    except ValueError:
        raise ValidationFailed.of(CURSOR.name, "Is not a cursor from a `Link`.") from None
    if not key:
        return max(0, number)
    found = next((index + 1 for index, row in enumerate(rows) if _key_of(row) == key), None)
    return max(0, number - 1) if found is None else found


def _key_of(row: Any) -> str:
    return next((str(row[name]) for name in KEYS if name in row), "")
