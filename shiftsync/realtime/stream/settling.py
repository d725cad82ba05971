"""What becomes of a request, as pure functions: who may not come in, what was answered before, what is remembered.

A transaction of one restaurant and one of many judge by the same.
"""

from collections.abc import Iterable, Mapping, Set
from uuid import UUID, uuid4

from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import (
    DomainError,
    Forbidden,
    InternalError,
    NotFound,
    PreconditionFailed,
    RateLimited,
    Unauthenticated,
    Unavailable,
    ValidationFailed,
)
from shiftsync.core.scopes import ScopeMissing, area_of, require_scope
from shiftsync.realtime.stream.requests import AnyRequest, Outcome, RefusedBefore, Unread, Written, answered_before


class NoSuchRestaurant(NotFound):
    """The restaurant of a request does not exist, or no longer."""

    default_message = "No such restaurant."


class UsedForAnother(ValidationFailed):
    """The error for a ``requestId`` that was used before with different content."""


Verdict = Outcome | DomainError
# These depend on the moment or the user, not on the request; and earlier answers are already remembered.
PASSING = (
    Unavailable,
    RateLimited,
    InternalError,
    Unauthenticated,
    NoSuchRestaurant,
    UsedForAnother,
    RefusedBefore,
    PreconditionFailed,
    ScopeMissing,
)
Pending = tuple[AnyRequest, UUID, str]
"""A request, the id by which its answer is remembered, and the digest of its content."""
Known = Mapping[tuple[UUID | None, UUID], tuple[str, str]]
"""Digest and answer of what was answered before, by user and request id."""


def pending(requests: Iterable[AnyRequest]) -> list[Pending]:
    """The requests as a transaction takes them; they keep their ids when it is tried again."""
    return [(request, request.request_id or uuid4(), request.content_hash()) for request in requests]


def settled(
    entry: Pending, roles: Mapping[UUID, Role], live_tokens: Set[UUID], known: Known, version: int, needs: Role
) -> Verdict | None:
    """The verdict on what needs no writing: not permitted, or answered before. None: it is to be done."""
    request, request_id, digest = entry
    actor = request.actor
    return (
        _denial(actor, roles, live_tokens)
        or _beyond_token(request)
        or _repeat(known.get((actor.user_id, request_id)), None if isinstance(request.intent, Unread) else digest)
        or _refusal(request, roles, version, needs)
    )


def _denial(actor: Actor, roles: Mapping[UUID, Role], live: Set[UUID]) -> DomainError | None:
    """The refusal for users without any access."""
    if actor.user_id is not None and actor.user_id not in roles:
        return NoSuchRestaurant()
    if actor.token_id and actor.token_id not in live:
        return Unauthenticated("The token is not valid.")
    return None


def _beyond_token(request: AnyRequest) -> DomainError | None:
    """The refusal for a token that is not for this; an intent belongs to the area of its app."""
    if isinstance(request.intent, Unread):
        return None
    try:
        require_scope(request.actor.scopes, area_of(type(request.intent)), writes=True)
    except ScopeMissing as error:
        return error
    return None


def _refusal(request: AnyRequest, roles: Mapping[UUID, Role], version: int, needs: Role) -> DomainError | None:
    """The refusal for a missing permission, a version that is not the one asked for, or a base version that does not exist yet."""
    actor = request.actor
    role = actor.role if actor.user_id is None else roles[actor.user_id]
    if not role.covers(needs):
        return Forbidden()
    if request.if_versions is not None and version not in request.if_versions:
        return PreconditionFailed(details={"currentVersion": version})
    if request.base_version is not None and request.base_version > version:
        return ValidationFailed.of("baseVersion", f"Is higher than the restaurant's current version, {version}.")
    return None


def _repeat(stored: tuple[str, str] | None, digest: str | None) -> Verdict | None:
    """What was answered before. ``digest`` None: the request was not read, so whatever its id was used for is what it meant."""
    if stored is None:
        return None
    answer = answered_before(stored[1])
    if digest not in (None, stored[0]) and isinstance(answer, Outcome):
        return UsedForAnother.of("requestId", "This id has already been used for a different request.")
    return answer


def verdict_on(result: Written | DomainError, version: int) -> Verdict:
    """The answer to its author; ``version`` is that of the restaurant at that point."""
    if isinstance(result, DomainError):
        return result
    if result.change is not None:
        version = result.change.version
    else:
        version = version if result.version is None else result.version
    return Outcome(version, result.result, result.change, echo=result.echo)


def is_remembered(request: AnyRequest, verdict: Verdict) -> bool:
    """Whether the verdict is remembered: acknowledgements are, and refusals that a later copy of the request could
    otherwise contradict."""
    if isinstance(verdict, Outcome):
        return not verdict.is_repeat
    return request.request_id is not None and not isinstance(verdict, PASSING)
