"""What changes notices: telling people, their reading, and how they want to be told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from shiftsync.core.actor import Actor
from shiftsync.core.clock import now
from shiftsync.core.errors import Forbidden, ValidationFailed
from shiftsync.core.history import save_with_history
from shiftsync.core.ids import parse_id
from shiftsync.core.upkeep import delete_in_batches, register_upkeep
from shiftsync.notices.kinds import KINDS
from shiftsync.notices.models import Channel, Notice, NoticeSettings
from shiftsync.notices.selectors import settings_of
from shiftsync.tenants.models import Membership, Restaurant

Told = Mapping[UUID, Mapping[str, Any]]
"""What each person of the schedule is told."""


def tell(restaurant_id: UUID, kind: str, source: str, told: Told, *, moment: datetime, but: UUID | None = None) -> None:
    """Tells the users who are those people on the schedule, within the caller's transaction: with the change that it tells of, or not
    at all. Who was told of that ``source`` already is not told again; ``but``: a user who need not be, having done it themselves.

    Nothing is sent here: workers find what was written.
    """
    if not told:
        return
    linked = Membership.objects.filter(restaurant_id=restaurant_id, is_active=True, staff_id__in=list(told))
    rows = [
        Notice(
            restaurant_id=restaurant_id,
            user_id=user_id,
            kind=KINDS[kind].key,
            source=source,
            data=told[staff_id],
            created_at=moment,
            changed_at=moment,
        )
        for staff_id, user_id in linked.values_list("staff_id", "user_id")
        if staff_id is not None and user_id != but
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def notices_read(actor: Actor, *, ids: Sequence[object] | None = None) -> None:
    """Notes that the actor has seen those notices of theirs, or all; one that is not theirs is none."""
    if actor.user_id is None:
        return
    mine = Notice.objects.filter(restaurant_id=actor.restaurant_id, user_id=actor.user_id, read_at=None)
    if ids is not None:
        mine = mine.filter(id__in=[id for each in ids if (id := parse_id(each)) is not None])
    moment = now()
    mine.update(read_at=moment, changed_at=moment)


def notice_settings_change(
    actor: Actor, *, kinds: Sequence[Mapping[str, Any]] = (), language: str | None = None
) -> NoticeSettings:
    """Switches channels of kinds (``kind``, and of ``page``, ``push``, ``mail`` what is given), and says in which language to write.

    Raises :class:`ValidationFailed` for a kind that there is none of.
    """
    if actor.user_id is None:
        raise Forbidden("Sign in to do this.")
    with transaction.atomic():
        # Two tabs of one user: the later keeps what the earlier has switched.
        Restaurant.objects.select_for_update().filter(id=actor.restaurant_id).first()
        known = settings_of(actor.restaurant_id, actor.user_id)
        before = (known.switched_off, known.language)
        for each in kinds:
            known.switched_off = {**known.switched_off, each["kind"]: _off(known, each)}
        known.switched_off = {kind: channels for kind, channels in known.switched_off.items() if channels}
        known.language = known.language if language is None else language
        if (known.switched_off, known.language) != before:
            save_with_history(known, actor, reason="Changed")
    return known


def _off(known: NoticeSettings, switches: Mapping[str, Any]) -> list[str]:
    if switches["kind"] not in KINDS:
        raise ValidationFailed.of("kinds", f"There is no kind of notice {switches['kind']}.")
    off = set(known.switched_off.get(switches["kind"], ()))
    for channel in map(str, Channel):
        if switches.get(channel) is not None:
            off = off - {channel} if switches[channel] else off | {channel}
    return sorted(off)


def prune_notices() -> int:
    """Removes what is older than ``SHIFTSYNC_NOTICE_DAYS``, with what was sent of it; returns how many rows."""
    before = now() - timedelta(days=settings.CONFIG.notice_days)
    return delete_in_batches(Notice, Q(created_at__lt=before))


register_upkeep("notices", prune_notices)
