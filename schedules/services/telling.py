"""Whom a change of a month concerns, and what they are told of it: notices are written with the change, or not at all."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from schedules.models import Period, Schedule, Wish
from schedules.publications.readers import CHANGED, PUBLISHED
from schedules.rules.publication import Document, changes_by_person
from schedules.selectors.schedules import PlannedPeriod, staff_in_period
from schedules.selectors.wishes import wishes_of
from shiftsync.core.actor import Actor
from shiftsync.core.clock import local_today, now
from shiftsync.core.fence import everywhere, within
from shiftsync.notices.services import tell
from shiftsync.realtime.stream.commit import Transaction
from staff.selectors import staff_of

ANSWERED, DEADLINE = "wish_answered", "wish_deadline"
NEAR = timedelta(days=3)
"""How long before the last day on which wishes may be entered people are reminded of it."""
REMOVED = "removed"
"""How a wish stands that a manager has taken away."""
MOST_CHANGES = 62
"""How many changed days a notice names; it says of how many it does not."""


def tell_of_publication(
    tx: Transaction,
    actor: Actor,
    before: Document | None,
    after: Document,
    version: int,
    *,
    but: Collection[str] = (),
    taken_back: Document | None = None,
) -> None:
    """Those to whom the month is new are told that it is published; those who knew it, what has changed for them, if something has.
    ``but``: people who are told of these changes by a notice of another kind. ``taken_back``: the month as it was published until it was
    taken back; to those who knew that it is published again, with what has changed for them since."""
    month = _month(after.schedule_id, after.start_date, after.end_date)
    known = {person.id for person in before.people} if before else set()
    earlier = before or taken_back
    changed = {
        id: {**month, "changes": changes[:MOST_CHANGES], "count": len(changes)}
        for id, changes in (changes_by_person(earlier, after) if earlier else {}).items()
        if id not in but
    }
    new = {UUID(person.id): changed.pop(person.id, month) for person in after.people if person.id not in known}
    told = {UUID(id): facts for id, facts in changed.items()}
    for kind, people in ((PUBLISHED, new), (CHANGED, told)):
        tell(tx.restaurant_id, kind, str(version), people, moment=tx.moment, but=actor.user_id)


def tell_of_answers(tx: Transaction, actor: Actor, period: PlannedPeriod, wishes: Iterable[Wish], version: int) -> None:
    """Each whose wishes were answered is told how, in one notice."""
    by_person: dict[UUID, list[dict[str, Any]]] = {}
    for wish in wishes:
        by_person.setdefault(wish.staff_id, []).append(_answered(wish))
    month = _month(str(period.schedule_id), period.start_date, period.end_date)
    told = {id: {**month, "wishes": answers} for id, answers in by_person.items()}
    tell(tx.restaurant_id, ANSWERED, str(version), told, moment=tx.moment, but=actor.user_id)


def tell_of_removal(tx: Transaction, actor: Actor, wish: Wish, version: int) -> None:
    """Whose wish it was is told that it is gone, unless they have withdrawn it themselves."""
    first, last = Period.objects.values_list("start_date", "end_date").get(schedule=wish.schedule_id)
    told = {
        **_month(str(wish.schedule_id), first, last),
        "wishes": [{**_answered(wish), "state": REMOVED, "answer": ""}],
    }
    tell(tx.restaurant_id, ANSWERED, str(version), {wish.staff_id: told}, moment=tx.moment, but=actor.user_id)


def tell_of_deadlines() -> None:
    """Everybody who is planned in a month is told, once, that the day is near until which they may wish for it."""
    moment = now()
    soon = (moment.date() - timedelta(days=1), moment.date() + NEAR + timedelta(days=1))
    with everywhere():
        near = list(
            Schedule.objects.filter(wish_deadline__range=soon).select_related("restaurant", "period").order_by("id")
        )
    for schedule in near:
        today = local_today(schedule.restaurant.timezone)
        deadline = schedule.wish_deadline
        if deadline is not None and today <= deadline <= today + NEAR:
            with within(schedule.restaurant_id):
                _tell_of_deadline(schedule, deadline)


def _tell_of_deadline(schedule: Schedule, deadline: date) -> None:
    period = schedule.period
    planned = PlannedPeriod(0, period.id, period.start_date, period.end_date, schedule.id, schedule.state)
    counts: dict[UUID, int] = {}
    for staff_id in wishes_of(schedule.id).values_list("staff_id", flat=True):
        counts[staff_id] = counts.get(staff_id, 0) + 1
    month = {**_month(str(schedule.id), period.start_date, period.end_date), "deadline": str(deadline)}
    told: Mapping[UUID, Mapping[str, Any]] = {
        member.id: {**month, "count": counts.get(member.id, 0)}
        for member in staff_in_period(list(staff_of(schedule.restaurant_id)), planned)
    }
    tell(schedule.restaurant_id, DEADLINE, f"{schedule.id}:{deadline}", told, moment=now())


def _month(schedule_id: str, first: date, last: date) -> dict[str, Any]:
    return {"scheduleId": schedule_id, "startDate": str(first), "endDate": str(last)}


def _answered(wish: Wish) -> dict[str, Any]:
    return {
        "dateKey": str(wish.date),
        "kind": wish.kind,
        "shiftValue": wish.value,
        "state": wish.state,
        "answer": wish.answer,
    }
