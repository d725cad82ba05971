"""The browsers in which a user is signed in: listed, with where and when they were last seen, and ended.

Django's session is what counts. Beside it stands a row that says whose it is, since a session's own data can only be read one by one.
"""

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.dispatch import receiver
from django.http import HttpRequest

from shiftsync.core.clock import now
from shiftsync.core.errors import NotFound
from shiftsync.core.upkeep import delete_in_batches, register_upkeep
from shiftsync.core.whence import address_now
from shiftsync.tenants.models import BrowserSession, SecurityKind, User, password_changed, session_ended
from shiftsync.tenants.security_log import note_account

SEEN_GRAIN_SECONDS = 300.0
MOST_REMEMBERED = 20_000
AGENT_LENGTH = 300

_noted: dict[str, float] = {}
"""When this process last noted a session: to ask the database at each request would cost each a round trip."""


def note_seen(request: HttpRequest) -> None:
    """Notes, every few minutes, that the browser of ``request`` was there, if it is signed in."""
    key, clock = request.session.session_key, time.monotonic()
    if not key or clock - _noted.get(key, float("-inf")) < SEEN_GRAIN_SECONDS:
        return
    if not isinstance(request.user, User):
        return
    if len(_noted) >= MOST_REMEMBERED:
        _noted.clear()
    _noted[key] = clock
    moment = now()
    seen = {"seen_at": moment, "address": address_now(), "agent": request.headers.get("User-Agent", "")[:AGENT_LENGTH]}
    if not BrowserSession.objects.filter(session_key=key, user=request.user).update(**seen):
        row = BrowserSession(user=request.user, session_key=key, began_at=moment, **seen)
        BrowserSession.objects.bulk_create([row], ignore_conflicts=True)


def browser_sessions_of(user: User) -> QuerySet[BrowserSession]:
    """Where ``user`` is signed in, the last seen first."""
    alive = Session.objects.filter(expire_date__gt=Now()).values("session_key")
    return BrowserSession.objects.filter(user=user, session_key__in=alive).order_by("-seen_at", "-id")


def browser_session_end(user: User, *, session_id: UUID) -> None:
    """Signs ``user`` out in that browser; its sockets close within seconds. Raises :class:`NotFound` for one that is not theirs."""
    found = list(BrowserSession.objects.filter(user=user, id=session_id))
    if not found:
        raise NotFound("No such session.")
    _end(user, found)


def browser_sessions_end_others(user: User, *, but: str) -> int:
    """Signs ``user`` out everywhere but in the session of that key, and says in how many browsers that was."""
    found = list(browser_sessions_of(user).exclude(session_key=but))
    _end(user, found)
    return len(found)


def _end(user: User, found: Sequence[BrowserSession]) -> None:
    keys = [each.session_key for each in found]
    Session.objects.filter(session_key__in=keys).delete()
    BrowserSession.objects.filter(session_key__in=keys).delete()
    for key in keys:
        _noted.pop(key, None)
        session_ended.send(User, session_key=key)
        note_account(SecurityKind.SESSION_ENDED, user.username, is_theirs=True)


@receiver(password_changed)
def _end_with_password(sender: Any, user: User, **_: Any) -> None:
    """The sessions of the former password count no more. The one in which it was changed is noted again with its next request."""
    keys = list(BrowserSession.objects.filter(user=user).values_list("session_key", flat=True))
    BrowserSession.objects.filter(session_key__in=keys).delete()
    for key in keys:
        _noted.pop(key, None)


def prune_browser_sessions() -> int:
    """Removes those whose session has expired; returns how many."""
    before = now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return delete_in_batches(BrowserSession, Q(seen_at__lt=before))


register_upkeep("browsers that were signed in", prune_browser_sessions)
