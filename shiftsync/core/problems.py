"""Errors of REST as RFC 9457 has them, with the protocol's own fields beside: one body for both kinds of client."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from shiftsync.core.errors import DomainError
from shiftsync.core.telling import told

PROBLEM_JSON = "application/problem+json"
REQUEST_ID = "X-Request-Id"
"""The header that names a request; a client may choose it (a UUID), and finds it in the answer."""


def problem(error: DomainError, status: int, occurrence: UUID) -> dict[str, Any]:
    """The body of a refusal. ``type`` is the address of what its code means, ``instance`` the request that it answers."""
    return {
        "type": f"/api/problems/{error.code}/",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": error.message,
        "instance": occurrence.urn,
        **told(error),
    }
