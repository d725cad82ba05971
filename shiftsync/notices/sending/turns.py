"""A worker's part of what leaves the server: making deliveries of notices, taking those that are due, and noting what became of them.

The database decides: a delivery is one worker's at a time, by a lease, and there is one for each notice, channel and place.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from shiftsync.core.clock import now
from shiftsync.core.fence import everywhere, within
from shiftsync.core.models import DeliveryState, OnItsWay
from shiftsync.core.outward.backoff import pause_after
from shiftsync.notices.models import Channel, Notice, NoticeDelivery, PushSubscription
from shiftsync.notices.selectors import is_wanted, language_for, place_of, settings_by_user, settings_of, words_of
from shiftsync.tenants.models import Restaurant, User
from shiftsync.tenants.selectors import roles_in

MOST_ROUTED = 500
LEASE_MARGIN = timedelta(seconds=60)
GIVEN_UP_AFTER = timedelta(days=2)
"""What could not be sent for so long is not sent any more: the page has it."""


class Outcome(StrEnum):
    """What became of an attempt. ``UNCERTAIN``: it may have been sent. ``GONE``: the place is not there any more."""

    SENT = "sent"
    AGAIN = "again"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Turn:
    """A delivery that this worker holds."""

    delivery_id: UUID
    restaurant_id: UUID
    channel: str
    holder: UUID


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be sent, and to whom. ``id`` is the same in each attempt."""

    id: UUID
    notice_id: UUID
    title: str
    text: str
    language: str
    restaurant: str
    restaurant_id: UUID
    place: str
    address: str = ""
    browser: PushSubscription | None = None


def route() -> int:
    """Makes the deliveries of notices that have none yet, by how their users want to be told now; returns of how many notices."""
    with everywhere():
        fresh = Notice.objects.filter(routed_at=None).order_by("created_at")
        rows = list(fresh.values_list("restaurant_id", "id")[:MOST_ROUTED])
    by_restaurant: dict[UUID, list[UUID]] = {}
    for restaurant_id, id in rows:
        by_restaurant.setdefault(restaurant_id, []).append(id)
    for restaurant_id, ids in by_restaurant.items():
        with within(restaurant_id), transaction.atomic():
            _route(restaurant_id, ids)
    return len(rows)


def _route(restaurant_id: UUID, ids: Iterable[UUID]) -> None:
    free = Notice.objects.select_for_update(skip_locked=True, of=("self",)).filter(id__in=list(ids), routed_at=None)
    notices = list(free.select_related("user"))
    known = settings_by_user(restaurant_id, {notice.user_id for notice in notices})
    made = [
        NoticeDelivery(restaurant_id=restaurant_id, notice=notice, channel=Channel.MAIL)
        for notice in notices
        if _has_mail(notice.user) and is_wanted(known.get(notice.user_id), notice.kind, Channel.MAIL)
    ]
    browsers = PushSubscription.objects.filter(
        restaurant_id=restaurant_id, user_id__in={each.user_id for each in notices}
    )
    by_user: dict[UUID, list[UUID]] = {}
    for user_id, id in browsers.values_list("user_id", "id"):
        by_user.setdefault(user_id, []).append(id)
    made += [
        NoticeDelivery(restaurant_id=restaurant_id, notice=notice, channel=Channel.PUSH, target=str(id))
        for notice in notices
        if is_wanted(known.get(notice.user_id), notice.kind, Channel.PUSH)
        for id in by_user.get(notice.user_id, ())
    ]
    NoticeDelivery.objects.bulk_create(made, ignore_conflicts=True)
    Notice.objects.filter(id__in=[notice.id for notice in notices]).update(routed_at=now())


def _has_mail(user: User) -> bool:
    return settings.CONFIG.email is not None and bool(user.email)


_EARLIER = NoticeDelivery.objects.filter(
    Q(notice__created_at__lt=OuterRef("notice__created_at"))
    | Q(notice__created_at=OuterRef("notice__created_at"), notice_id__lt=OuterRef("notice_id")),
    state=DeliveryState.WAITING,
    restaurant=OuterRef("restaurant"),
    notice__user=OuterRef("notice__user"),
    channel=OuterRef("channel"),
    target=OuterRef("target"),
)
"""Of a delivery, what goes to the same place and is to come before it."""


def claim_due(most: int) -> list[Turn]:
    """Up to so many deliveries that are due and that nobody holds, those that have waited longest first.

    What somebody is told at one place goes there in the order in which it happened, one after the other: what is tried again later would
    otherwise come last, and tell of a day as it was before.
    """
    moment = now()
    due = NoticeDelivery.objects.filter(is_free(moment), state=DeliveryState.WAITING, next_attempt_at__lte=moment)
    turns = []
    with everywhere():
        first = due.filter(~Exists(_EARLIER))
        found = first.order_by("next_attempt_at").values_list("id", "restaurant_id", "channel")[:most]
        for id, restaurant_id, channel in list(found):
            turn = Turn(id, restaurant_id, channel, uuid4())
            free = NoticeDelivery.objects.filter(is_free(moment), id=id, state=DeliveryState.WAITING)
            if free.update(holder=turn.holder, lease_until=lease()):
                turns.append(turn)
    return turns


def begin(turn: Turn) -> Parcel | None:
    """What is to be sent, noted as begun before anything leaves; None: nothing is, which its row then says.

    A mail that a worker had begun and not ended may have been sent, and nobody can ask: it is not sent again. A push is: one that comes
    twice is shown once, by its id.
    """
    with within(turn.restaurant_id), transaction.atomic():
        held = NoticeDelivery.objects.select_related("notice__user").filter(id=turn.delivery_id, holder=turn.holder)
        row = held.first()
        if row is None:
            return None
        if row.begun_at is not None and row.channel == Channel.MAIL:
            settle(row, DeliveryState.UNCERTAIN, "The worker ended while it sent this.")
            return None
        browser = _browser(row)
        if not _is_needed(row) or (row.channel == Channel.PUSH and browser is None):
            settle(row, DeliveryState.DROPPED)
            return None
        parcel = _parcel(row, browser)
        row.begun_at, row.lease_until = now(), lease()
        row.save(update_fields=["begun_at", "lease_until"])
        return parcel


def _is_needed(row: NoticeDelivery) -> bool:
    """Whether it has not been read in the page, and its user still belongs there and wants to be told by this channel."""
    notice = row.notice
    known = settings_of(row.restaurant_id, notice.user_id)
    is_there = notice.user.is_active and notice.user_id in roles_in(row.restaurant_id, [notice.user_id])
    return notice.read_at is None and is_there and is_wanted(known, notice.kind, row.channel)


def _browser(row: NoticeDelivery) -> PushSubscription | None:
    """The browser that it is for, while its user still uses it."""
    if row.channel != Channel.PUSH:
        return None
    return PushSubscription.objects.filter(id=row.target, user_id=row.notice.user_id).first()


def _parcel(row: NoticeDelivery, browser: PushSubscription | None) -> Parcel:
    notice = row.notice
    restaurant = Restaurant.objects.get(id=row.restaurant_id)
    known = settings_of(row.restaurant_id, notice.user_id)
    language = browser.language if browser else language_for(known, restaurant)
    words = words_of(notice, language)
    return Parcel(
        id=row.id,
        notice_id=notice.id,
        title=words.title,
        text=words.text,
        language=language,
        restaurant=restaurant.name,
        restaurant_id=restaurant.id,
        place=place_of(notice),
        address=notice.user.email,
        browser=browser,
    )


def end(turn: Turn, outcome: Outcome, error: str = "", retry_after: float | None = None) -> None:
    """Notes what became of an attempt."""
    with within(turn.restaurant_id), transaction.atomic():
        row = NoticeDelivery.objects.filter(id=turn.delivery_id, holder=turn.holder).first()
        if row is None:
            return
        note_attempt(row, outcome, error, retry_after)


def is_free(moment: datetime) -> Q:
    """What nobody holds."""
    return Q(lease_until=None) | Q(lease_until__lt=moment)


def note_attempt(row: OnItsWay, outcome: Outcome, error: str, retry_after: float | None) -> None:
    """Settles what was attempted, or says when it is tried again."""
    row.attempts += 1
    if outcome is Outcome.AGAIN and now() - row.created_at < GIVEN_UP_AFTER:
        pause = timedelta(seconds=pause_after(row.attempts, random.random(), retry_after))
        row.next_attempt_at, row.error = now() + pause, error[:200]
        row.begun_at = row.holder = row.lease_until = None
        row.save()
        return
    settle(row, _STATES[outcome], error)


_STATES = {
    Outcome.SENT: DeliveryState.SENT,
    Outcome.AGAIN: DeliveryState.FAILED,
    Outcome.REFUSED: DeliveryState.FAILED,
    Outcome.UNCERTAIN: DeliveryState.UNCERTAIN,
    Outcome.GONE: DeliveryState.DROPPED,
}


def settle(row: OnItsWay, state: DeliveryState, error: str = "") -> None:
    """Nothing more is done about it."""
    row.state, row.error, row.settled_at = state, error[:200], now()
    row.holder = row.lease_until = None
    row.save()


def lease() -> datetime:
    """Until when whoever takes something up now holds it."""
    return now() + timedelta(seconds=settings.NOTICE_TIMEOUT_SECONDS) + LEASE_MARGIN
