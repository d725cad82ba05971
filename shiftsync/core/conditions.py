"""Conditional requests (RFC 9110): ETags of answers, and what a client says of one that it has."""

from contextlib import suppress
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from shiftsync.core.encoding import encode
from shiftsync.core.errors import PreconditionFailed, ValidationFailed
from shiftsync.core.ids import parse_id
from shiftsync.core.text import unfit

NEVER_STALE = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}


IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The ETag of what you have read: nothing is written if it has changed since (412). `*` is always true.",
)
LONGEST_KEY = 255
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    OpenApiParameter.HEADER,
    description="Any text of your own: what was answered under this key is not done again, and gets the same answer, for as long as "
    "the change log is kept (30 days unless the operator says otherwise). "
    "A UUID is the `requestId` of the socket.",
)
KEY_USED = "This key has already been used for a different request."
OF_KEYS = UUID("6b1f4c1e-5d0e-4a51-9a53-0c1a3f7f2f3b")
"""The namespace of the ids that are made of keys which are no UUIDs."""


def request_id_of(request: Request) -> UUID | None:
    """The id under which the answer to a request is remembered, by its key. Raises :class:`ValidationFailed`."""
    key = request.headers.get(IDEMPOTENCY_KEY.name)
    if key is None:
        return None
    with suppress(UnicodeError):  # headers are read as Latin-1, whatever was meant
        key = key.encode("latin-1").decode()
    if not 0 < len(key) <= LONGEST_KEY or unfit(key):
        raise ValidationFailed.of(IDEMPOTENCY_KEY.name, f"Must be text of 1 to {LONGEST_KEY} characters.")
    return parse_id(key) or uuid5(OF_KEYS, key)


def digest_of(body: Any) -> str:
    """What tells one content of an answer from another; not when it was read."""
    if isinstance(body, dict):
        body = {name: value for name, value in body.items() if name != "timestamp"}
    return sha256(encode(body).encode()).hexdigest()[:24]


def etag_of(body: Any) -> str:
    """The ETag of an answer that is its content alone. Weak, since a proxy may compress it."""
    return f'W/"{digest_of(body)}"'


def tags_in(header: str) -> list[str]:
    """The opaque tags of an ``If-Match`` or ``If-None-Match``. Whether one is weak makes no difference here: ours tell versions, not bytes."""
    return [part.strip().removeprefix("W/").strip('"') for part in header.split(",")]


def holds(header: str | None, etag: str) -> bool:
    """Whether the header names that ETag, or any."""
    return header is not None and (header.strip() == "*" or etag.removeprefix("W/").strip('"') in tags_in(header))


def conditional(request: Request, response: Response, etag: str) -> Response:
    """The answer to a read as the request's conditions want it. Raises :class:`PreconditionFailed`."""
    wanted = request.headers.get("If-Match")
    if wanted is not None and not holds(wanted, etag):
        raise PreconditionFailed
    if holds(request.headers.get("If-None-Match"), etag):
        response.data, response.status_code = None, 304
    for name, value in {"ETag": etag, **NEVER_STALE}.items():
        response[name] = value
    return response


def refuse_conditions(request: Request, *names: str) -> None:
    """Raises :class:`ValidationFailed` for conditions that a write cannot honour, rather than to write as if there were none."""
    for name in names:
        if request.headers.get(name) not in (None, "*"):
            raise ValidationFailed.of(name, "Not accepted here; leave this header out.")
    if request.headers.get("If-None-Match") is not None:
        raise ValidationFailed.of("If-None-Match", "For reads only; a write takes If-Match.")
