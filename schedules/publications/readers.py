"""Who of a published month has seen what it is for them, and who has not: people, not views."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max

from schedules.models import Publication, PublicationView
from schedules.publications.rows import shown_publication
from schedules.rules.publication import document_from
from shiftsync.core.actor import Role
from shiftsync.notices.models import Notice
from shiftsync.tenants.models import Membership

PUBLISHED, CHANGED, REMINDING = "schedule_published", "schedule_changed", "schedule_reminder"
"""Kinds of notices of a published month."""
TELLING = (PUBLISHED, CHANGED)


class Facts(NamedTuple):
    """What is known of all readers: their account and role by person, when they were told last, and when they looked last."""

    accounts: Mapping[UUID, tuple[UUID, str]]
    told: Mapping[UUID, datetime]
    reminded: Mapping[UUID, datetime]
    looked: Mapping[tuple[UUID, bool], datetime]
    read: Mapping[UUID, datetime]


def readers_of(restaurant_id: UUID, schedule_id: object) -> dict[str, Any]:
    """Everybody on the month as it is shown, in its order. Raises :class:`NotPublished`.

    Somebody has seen it who has looked at it, by page or calendar, since they were last told that it is published or has changed for
    them, or has read that notice. What changed for others is nothing that they would have to see. Who edits sees the plan, so nothing is known.
    """
    publication = shown_publication(restaurant_id, schedule_id)
    people = [(UUID(person.id), person.name) for person in document_from(publication.document).people]
    facts = _facts(publication, [id for id, _ in people])
    return {"number": publication.number, "readers": [_reader(id, name, facts) for id, name in people]}


def unseen_in(readers: Collection[Mapping[str, Any]]) -> Iterator[UUID]:
    """Those who have an account and have not seen it."""
    return (each["staffId"] for each in readers if each["state"] == "unseen")


def _facts(publication: Publication, people: Collection[UUID]) -> Facts:
    members = Membership.objects.filter(restaurant_id=publication.restaurant_id, is_active=True, staff_id__in=people)
    accounts = {
        staff_id: (user_id, role)
        for staff_id, user_id, role in members.values_list("staff_id", "user_id", "role")
        if staff_id
    }
    notices = Notice.objects.filter(
        restaurant_id=publication.restaurant_id,
        user_id__in=[user_id for user_id, _ in accounts.values()],
        data__scheduleId=str(publication.schedule_id),
    )
    by_user = notices.order_by().values_list("user_id")
    views = PublicationView.objects.filter(publication__schedule_id=publication.schedule_id).order_by()
    return Facts(
        accounts,
        dict(by_user.filter(kind__in=TELLING).annotate(last=Max("created_at"))),
        dict(by_user.filter(kind=REMINDING).annotate(last=Max("created_at"))),
        {
            (viewer, is_feed): last
            for viewer, is_feed, last in views.values_list("viewer_id", "is_feed").annotate(last=Max("last_seen_at"))
        },
        dict(by_user.filter(kind__in=(*TELLING, REMINDING), read_at__isnull=False).annotate(last=Max("read_at"))),
    )


def _reader(staff_id: UUID, name: str, facts: Facts) -> dict[str, Any]:
    user_id, role = facts.accounts.get(staff_id, (None, ""))
    found = [facts.looked.get((staff_id, True))]
    if user_id is not None:
        found += [facts.looked.get((user_id, False)), facts.read.get(user_id)]
    seen_at = max(filter(None, found), default=None)
    told_at = facts.told.get(user_id) if user_id is not None else None
    return {
        "staffId": staff_id,
        "name": name,
        "state": _state(user_id, role, seen_at, told_at),
        "seenAt": seen_at,
        "remindedAt": facts.reminded.get(user_id) if user_id is not None else None,
    }


def _state(user_id: UUID | None, role: str, seen_at: datetime | None, told_at: datetime | None) -> str:
    if seen_at is not None and (told_at is None or seen_at >= told_at):
        return "seen"
    if user_id is None:
        return "no_account"
    return "edits" if Role(role).covers(Role.MANAGER) else "unseen"
