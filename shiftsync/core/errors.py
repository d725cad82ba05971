"""The errors a client may see, each with a wire-protocol code and an HTTP status.

Services raise them; the socket, REST, the admin and the commands turn them into their own form of answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from shiftsync.core.brief import LONGEST_SENTENCE, brief, cut

Details = Mapping[str, Any]


class DomainError(Exception):
    """A refusal with a reason that the author of the request may read.

    ``details`` is by field, in wire names (camelCase). ``retry_after``, in seconds, is set where a retry may succeed.
    """

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    default_message: ClassVar[str] = "Something went wrong on the server."

    def __init__(
        self, message: str | None = None, details: Details | None = None, *, retry_after: float | None = None
    ) -> None:
        self.message = cut(message or self.default_message, LONGEST_SENTENCE)
        self.details: dict[str, Any] = dict(details or {})
        self.retry_after = retry_after
        super().__init__(self.message)

    def as_payload(self) -> dict[str, Any]:
        """The payload of an ``ERROR`` message and the body of a REST error."""
        payload: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "error": self.message,
            "details": self.details,
        }
        if self.retry_after is not None:
            payload["retryAfterSeconds"] = self.retry_after
        return payload


class InvalidJson(DomainError):
    """The body or frame is not JSON."""

    code = "invalid_json"
    status = 400
    default_message = "The message is not valid JSON."


class InvalidMessage(DomainError):
    """The frame is JSON but not an envelope."""

    code = "invalid_message"
    status = 400
    default_message = "The message is not an envelope of the protocol."


class UnknownType(DomainError):
    """There is no such message type."""

    code = "unknown_type"
    status = 400
    default_message = "Unknown message type."


class ValidationFailed(DomainError):
    """Bad input; ``details`` maps each field to the list of what is wrong with it, within the bounds of :func:`brief`."""

    code = "validation_error"
    status = 400
    default_message = "The request is not valid."

    def __init__(
        self, message: str | None = None, details: Details | None = None, *, retry_after: float | None = None
    ) -> None:
        super().__init__(message, brief(details or {}), retry_after=retry_after)

    @classmethod
    def of(cls, field: str, reason: str) -> "ValidationFailed":
        """The error of one field."""
        return cls.by_field({field: [reason]})

    @classmethod
    def by_field(cls, details: Mapping[str, Any]) -> "ValidationFailed":
        """An error whose message names the first field and what is wrong with it."""
        told = brief(details)
        return cls(first_problem(told), told)


class NotFound(DomainError):
    """No such thing in this restaurant, or not for this user."""

    code = "not_found"
    status = 404
    default_message = "Not found."


class Forbidden(DomainError):
    """The actor's role does not allow this."""

    code = "forbidden"
    status = 403
    default_message = "You don't have permission."


class Unauthenticated(DomainError):
    """Nobody is signed in, or the credential is not valid."""

    code = "unauthenticated"
    status = 401
    default_message = "Sign in first."


class VersionLocked(DomainError):
    """The version of the settings is locked."""

    code = "version_locked"
    status = 423
    default_message = "This is locked and cannot be changed."


class ConflictError(DomainError):
    """Somebody else changed the same values since the author's base version."""

    code = "conflict"
    status = 409
    default_message = "Someone else has changed this in the meantime."


class RateLimited(DomainError):
    """Too many requests; ``retry_after`` says how long to wait."""

    code = "rate_limited"
    status = 429
    default_message = "Too many requests; slow down."


class PayloadTooLarge(DomainError):
    """The request is larger than allowed."""

    code = "payload_too_large"
    status = 413
    default_message = "The request is too large."


class HttpRefusal(DomainError):
    """A refusal that only REST knows; its code is no code of the socket's protocol."""


class Gone(HttpRefusal):
    """What was asked for existed and does not any more (410)."""

    code = "gone"
    status = 410
    default_message = "Changes from this point on are no longer available; read everything again."


class PreconditionFailed(HttpRefusal):
    """The condition of ``If-Match`` does not hold (412)."""

    code = "precondition_failed"
    status = 412
    default_message = "This has changed since it was read; read it again."


class Unavailable(DomainError):
    """A service that is needed is down; the request may be sent again."""

    code = "unavailable"
    status = 503
    default_message = "The server cannot do this right now; try again."


class InternalError(DomainError):
    """The only details of an internal error that a client gets; never the traceback."""


ERROR_CODES: tuple[str, ...] = tuple(
    sorted({DomainError.code, *(error.code for error in DomainError.__subclasses__())})
)
"""The closed list of the protocol's codes."""

REST_CODES: tuple[str, ...] = tuple(sorted({*ERROR_CODES, *(error.code for error in HttpRefusal.__subclasses__())}))
"""Those and the ones that only REST has."""


def known_errors() -> tuple[type[DomainError], ...]:
    """The class of each code."""
    return (DomainError, *DomainError.__subclasses__(), *HttpRefusal.__subclasses__())


def first_problem(details: Mapping[str, Any], prefix: str = "") -> str:
    """``field: reason`` of the first entry of nested error details."""
    for field, problem in details.items():
        path = f"{prefix}.{field}" if prefix else str(field)
        return _first(problem, path)
    return ValidationFailed.default_message


def _first(problem: object, path: str) -> str:
    if isinstance(problem, Mapping):
        return first_problem(problem, path)
    if isinstance(problem, Sequence) and not isinstance(problem, str):
        for index, item in enumerate(problem):
            if isinstance(item, Mapping):
                if item:
                    return first_problem(item, f"{path}[{index}]")
            else:
                return f"{path}: {item}"
    return f"{path}: {problem}"
