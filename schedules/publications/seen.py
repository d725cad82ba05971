"""Who has seen a publication: noted after the answer was read, at most once an hour for each viewer."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from schedules.models import FeedLink, Publication, PublicationView
from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import now

PAUSE = timedelta(hours=1)
MOST_REMEMBERED = 10_000

Key = tuple[UUID, UUID, bool]


class Seen:
    """What this process has noted lately; a second note of the same within :data:`PAUSE` writes nothing."""

    def __init__(self) -> None:
        self._noted: OrderedDict[Key, datetime] = OrderedDict()
        self._lock = threading.Lock()

    def is_news(self, key: Key, moment: datetime) -> bool:
        """Whether that is to be written; if so, it counts as written from now on."""
        with self._lock:
            last = self._noted.get(key)
            if last is not None and moment - last < PAUSE:
                return False
            self._noted[key] = moment
            self._noted.move_to_end(key)
            while len(self._noted) > MOST_REMEMBERED:
                self._noted.popitem(last=False)
            return True


_SEEN = Seen()


def note_viewer(actor: Actor, publication: Publication) -> None:
    """A user who only looks has read the publication. What editors read says nothing about the staff."""
    if actor.user_id is not None and not actor.role.covers(Role.MANAGER):
        _note(publication, actor.user_id, actor.name, is_feed=False)


def note_feed(link: FeedLink, name: str, publication: Publication) -> None:
    """The feed of a person has fetched the publication."""
    _note(publication, link.staff_id, name, is_feed=True)


def _note(publication: Publication, viewer_id: UUID, name: str, *, is_feed: bool) -> None:
    """Written once the caller's read is over: that one may not write, and its answer does not depend on this."""
    moment = now()
    if _SEEN.is_news((publication.id, viewer_id, is_feed), moment):
        row = PublicationView(
            restaurant_id=publication.restaurant_id,
            publication=publication,
            viewer_id=viewer_id,
            is_feed=is_feed,
            name=name[:200],
            first_seen_at=moment,
            last_seen_at=moment,
        )
        transaction.on_commit(partial(_write, row), robust=True)


def _write(row: PublicationView) -> None:
    PublicationView.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["publication", "viewer_id", "is_feed"],
        update_fields=["name", "last_seen_at"],
    )


def views_of(publication: Publication) -> list[dict[str, Any]]:
    """Who has seen it, by name; ``isFeed``: by their calendar."""
    rows = PublicationView.objects.filter(publication=publication).order_by("name", "first_seen_at")
    return [
        {"name": row.name, "isFeed": row.is_feed, "firstSeenAt": row.first_seen_at, "lastSeenAt": row.last_seen_at}
        for row in rows
    ]
