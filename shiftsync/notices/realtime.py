"""Notices on the socket: asked for, and told to their user alone as they come."""

from collections.abc import Hashable, Sequence
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from shiftsync.core.clock import now
from shiftsync.core.encoding import encode
from shiftsync.core.scopes import Area
from shiftsync.notices.selectors import changed_since, news_for, notices_payload
from shiftsync.notices.serializers import NoticeNews, NoticesPayload
from shiftsync.realtime.hub.ephemeral import EphemeralMessage, register_ephemeral_source
from shiftsync.realtime.protocol.payloads import Nothing
from shiftsync.realtime.protocol.wire import answer, topic
from shiftsync.realtime.socket.router import Context, query

TOPIC = "notices"
TOLD_FOR = timedelta(seconds=60)
"""How long a change of somebody's notices is news. Who connects later asks for them."""

topic(TOPIC, Area.SCHEDULE, is_default_for_v1=False)
answer("NOTICE_NEWS", NoticeNews)


@query("NOTICES_REQUEST", Nothing, answers="NOTICES", shape=NoticesPayload)
def notices(context: Context, payload: dict[str, Any]) -> dict[str, Any]:
    """What the sender was told lately."""
    return notices_payload(context.actor)


class NoticesNews:
    """Notices are written by any process: what is news is read from their rows."""

    def marks(self, restaurant_ids: Sequence[UUID]) -> dict[Hashable, int]:
        """The users whose notices have changed just now."""
        changed = changed_since(restaurant_ids, now() - TOLD_FOR)
        return {key: int(last.timestamp() * 1_000_000) for key, last in changed.items()}

    def messages(self, keys: Sequence[Hashable]) -> list[EphemeralMessage]:
        """To each of them, how many they have not read, and the newest of what has changed."""
        since = now() - TOLD_FOR
        by_restaurant: dict[UUID, list[UUID]] = {}
        for restaurant_id, user_id in cast(Sequence[tuple[UUID, UUID]], keys):
            by_restaurant.setdefault(restaurant_id, []).append(user_id)
        return [
            EphemeralMessage(restaurant_id, TOPIC, "NOTICE_NEWS", encode(payload), user_id=user_id)
            for restaurant_id, user_ids in by_restaurant.items()
            for user_id, payload in news_for(restaurant_id, user_ids, since).items()
        ]


register_ephemeral_source(NoticesNews())
