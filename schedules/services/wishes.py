"""What changes wishes: entering, changing and withdrawing them, and the terms on which staff may."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from schedules.events.wishes import (
    WishCreated,
    WishDeleted,
    WishTermsUpdated,
    WishUpdated,
    wish_payload,
    wish_terms_payload,
)
from schedules.models import Schedule, Wish, WishState
from schedules.rules.wishes import NAMES_A_SHIFT, own_wish_refusal
from schedules.selectors.schedules import schedule_in
from schedules.selectors.special_days import closed_days_between
from schedules.selectors.wishes import wish_in, wish_payloads, wishes_of
from schedules.services.plan import NOT_EMPLOYED, Plan, problem_of, read_plan
from schedules.services.telling import tell_of_removal
from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import local_today
from shiftsync.core.dates import require_on_calendar
from shiftsync.core.errors import Forbidden, NotFound, ValidationFailed
from shiftsync.core.history import save_with_history, update_all_with_history
from shiftsync.core.ids import parse_id
from shiftsync.core.models import own_row
from shiftsync.core.payloads import FromPayload, from_payload, rest_of_payload
from shiftsync.core.serializers import camel
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.judging import judge_removal, judge_row, overwritten
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Written
from shiftsync.tenants.selectors import person_of
from staff.availability import may_enter_for

COLUMNS = {"shift_value": "value"}
"""Fields of the wire that are called otherwise in the table."""
WIRE = {column: name for name, column in COLUMNS.items()}
WISHED = ("kind", "value")


@dataclass(frozen=True, slots=True)
class WishCreate(FromPayload):
    """``fields`` by wire name in snake case: kind, shift_value, weight, note."""

    schedule_id: str
    staff_id: str
    date_key: date
    fields: Mapping[str, Any] = field(metadata=rest_of_payload())
    id: UUID | None = field(default=None, metadata=from_payload(read=parse_id))


@dataclass(frozen=True, slots=True)
class WishUpdate(FromPayload):
    """``changes``: those fields of a wish that are given, by name in snake case."""

    wish_id: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WishDelete(FromPayload):
    """The wish is withdrawn."""

    wish_id: str


@dataclass(frozen=True, slots=True)
class WishTermsUpdate(FromPayload):
    """``changes``: ``deadline`` and ``limit``, those that are given."""

    schedule_id: str
    changes: Mapping[str, Any] = field(metadata=rest_of_payload())


def require_wishing(actor: Actor, wish_id: str | None = None) -> None:
    """Raises :class:`Forbidden` for who may enter no wish at all, and :class:`NotFound` for a wish that is not theirs: before what they
    sent is read. The service judges again, under its lock."""
    if actor.role.covers(Role.MANAGER):
        return
    mine = person_of(actor)
    if mine is None:
        raise Forbidden
    if wish_id is not None:
        _require_theirs(wish_in(actor.restaurant_id, wish_id, include_deleted=True), mine.id)


def _require_theirs(wish: Wish, staff_id: UUID) -> None:
    if wish.staff_id != staff_id:
        raise NotFound("No such wish.")


def wish_create(request: ChangeRequest[WishCreate]) -> Outcome:
    """Enters a wish; one per person and day. A known ``id`` is the same request again. The result carries it as ``wish``."""
    intent = request.intent

    def write(tx: Transaction) -> Written:
        if not may_enter_for(tx, request.actor, parse_id(intent.staff_id)):
            raise Forbidden
        own_id, known = own_row(Wish, tx.restaurant_id, intent.id) if intent.id else (None, None)
        if known is not None:
            if not may_enter_for(tx, request.actor, known.staff_id):
                raise Forbidden
            payload = wish_payloads([known])[0]
            return Written(None, {"wish": payload}, echo=WishCreated(known.schedule_id, payload))
        wish, plan = _placed(tx, request, own_id)
        _lay_over(wish, plan, intent.fields)
        wish.revision = version = tx.take_version()
        save_with_history(wish, request.actor, reason=request.reason)
        payload = wish_payloads([wish])[0]
        return Written(tx.record(request, WishCreated(wish.schedule_id, payload), version), {"wish": payload})

    return commit(request, write, needs=Role.VIEWER)


def wish_update(request: ChangeRequest[WishUpdate]) -> Outcome:
    """Changes some fields of a wish, by the conflict strategy; another wish is open again. The result carries it as ``wish``."""
    intent = request.intent

    def write(tx: Transaction) -> Written:
        wish = _wish_to_change(tx, request.actor, intent.wish_id)
        _require_no_weight(tx, request.actor, intent.changes)
        plan = read_plan(tx.restaurant_id, [])
        apply, items = judge_row(tx, request, "wish", wish, _columns(plan, intent.changes))
        old = {camel(WIRE.get(name, name)): getattr(wish, name) for name in apply}
        if not apply:
            payload = wish_payloads([wish])[0]
            return Written(None, {"wish": payload}, echo=WishUpdated(wish.schedule_id, payload, old))
        _lay_over(wish, plan, apply)
        reopened = _reopen(wish) if apply.keys() & set(WISHED) else ()
        wish.revision = version = tx.take_version()
        save_with_history(wish, request.actor, reason=request.reason, fields={*apply, "value", *reopened})
        payload = wish_payloads([wish])[0]
        change = tx.record(request, WishUpdated(wish.schedule_id, payload, old), version)
        return Written(change, {"wish": payload, **overwritten(items)})

    return commit(request, write, needs=Role.VIEWER)


def wish_delete(request: ChangeRequest[WishDelete]) -> Outcome:
    """Withdraws a wish; its cell stays as it is. A withdrawn one is answered as done."""

    def write(tx: Transaction) -> Written:
        wish = _wish_to_change(tx, request.actor, request.intent.wish_id, include_deleted=True)
        if not wish.is_active:
            return Written(None, echo=WishDeleted(wish.schedule_id, wish_payload(wish, None)))
        items = judge_removal(tx, request, "wish", wish)
        wish.is_active = False
        wish.revision = version = tx.take_version()
        save_with_history(wish, request.actor, reason=request.reason, fields=["is_active"])
        tell_of_removal(tx, request.actor, wish, version)
        event = WishDeleted(wish.schedule_id, wish_payload(wish, None))
        return Written(tx.record(request, event, version), overwritten(items))

    return commit(request, write, needs=Role.VIEWER)


def wish_terms_update(request: ChangeRequest[WishTermsUpdate]) -> Outcome:
    """Says until when and how often staff may wish for a schedule. The result carries both as ``wishTerms``."""
    names = {"deadline": "wish_deadline", "limit": "wish_limit"}
    require_on_calendar("deadline", request.intent.changes.get("deadline"))

    def write(tx: Transaction) -> Written:
        schedule = schedule_in(tx.restaurant_id, request.intent.schedule_id)
        wanted = {names[name]: value for name, value in request.intent.changes.items()}
        apply, items = judge_row(tx, request, "schedule", schedule, wanted)
        before = wish_terms_payload(schedule.wish_deadline, schedule.wish_limit)
        for name, value in apply.items():
            setattr(schedule, name, value)
        terms = wish_terms_payload(schedule.wish_deadline, schedule.wish_limit)
        event = WishTermsUpdated(schedule.id, terms, before)
        if not apply:
            return Written(None, {"wishTerms": terms}, echo=event)
        version = tx.take_version()
        save_with_history(schedule, request.actor, reason=request.reason, fields=apply)
        return Written(tx.record(request, event, version), {"wishTerms": terms, **overwritten(items)})

    return commit(request, write)


def _placed(tx: Transaction, request: ChangeRequest[WishCreate], own_id: UUID | None) -> tuple[Wish, Plan]:
    """A new wish at its place, if it may be there."""
    intent = request.intent
    plan = read_plan(tx.restaurant_id, [intent.staff_id])
    period = plan.period(intent.schedule_id, None)
    staff_id = plan.staff_id(intent.staff_id, period)
    problem = problem_of(intent.date_key, period, staff_id, "")
    if problem is not None or staff_id is None or period.schedule_id is None:
        raise ValidationFailed.of(*(problem or ("scheduleId", "No such schedule.")))
    if not plan.employs(staff_id, intent.date_key):
        raise ValidationFailed.of("dateKey", NOT_EMPLOYED)
    wish = Wish(
        restaurant_id=tx.restaurant_id,
        schedule_id=period.schedule_id,
        staff_id=staff_id,
        date=intent.date_key,
        made_by_id=request.actor.user_id,
        **({"id": own_id} if own_id else {}),
    )
    _require_in_terms(tx, request.actor, wish, is_new=True)
    _require_no_weight(tx, request.actor, intent.fields)
    if wishes_of(wish.schedule_id).filter(staff_id=staff_id, date=wish.date).exists():
        raise ValidationFailed.of("dateKey", "This person already has a wish for this day.")
    return wish, plan


def _wish_to_change(tx: Transaction, actor: Actor, wish_id: str, *, include_deleted: bool = False) -> Wish:
    """The wish, if ``actor`` may change it now. What is not theirs does not exist for them, and of a withdrawn one nothing is asked."""
    wish = wish_in(tx.restaurant_id, wish_id, include_deleted=include_deleted)
    if not may_enter_for(tx, actor, wish.staff_id):
        raise Forbidden if person_of(actor) is None else NotFound("No such wish.")
    if wish.is_active:
        _require_in_terms(tx, actor, wish)
    return wish


def _require_in_terms(tx: Transaction, actor: Actor, wish: Wish, *, is_new: bool = False) -> None:
    """Raises :class:`ValidationFailed` where the terms of the period are against it. A manager is not bound by them."""
    if tx.role_of(actor).covers(Role.MANAGER):
        return
    schedule = Schedule.objects.select_related("period").get(id=wish.schedule_id)
    limit = tx.restaurant.wish_limit if schedule.wish_limit is None else schedule.wish_limit
    counts = is_new and limit is not None
    period = schedule.period
    refusal = own_wish_refusal(
        today=local_today(tx.restaurant.timezone),
        day=wish.date,
        deadline=schedule.wish_deadline,
        limit=limit,
        others=wishes_of(wish.schedule_id).filter(staff_id=wish.staff_id).values_list("date", flat=True)
        if counts
        else (),
        closed=closed_days_between(tx.restaurant_id, period.start_date, period.end_date) if counts else (),
        is_new=is_new,
    )
    if refusal is not None:
        raise ValidationFailed.of(*refusal)
    wish.is_own = wish.is_own or is_new


def _require_no_weight(tx: Transaction, actor: Actor, fields: Mapping[str, Any]) -> None:
    """How much a wish counts among those of others is not for its author to say."""
    if "weight" in fields and not tx.role_of(actor).covers(Role.MANAGER):
        raise ValidationFailed.of("weight", "Only a manager can set how much a wish counts.")


def _columns(plan: Plan, fields: Mapping[str, Any]) -> dict[str, Any]:
    columns = {COLUMNS.get(name, name): value for name, value in fields.items()}
    if "value" in columns:
        columns["value"] = plan.spell(columns["value"])
    return columns


def _lay_over(wish: Wish, plan: Plan, fields: Mapping[str, Any]) -> None:
    """Sets fields of a wish, whose shift must be one of the restaurant's where its kind names one."""
    for name, value in _columns(plan, fields).items():
        setattr(wish, name, value)
    if wish.kind not in NAMES_A_SHIFT:
        wish.value = ""
    elif not wish.value:
        raise ValidationFailed.of("shiftValue", "Name the shift that is preferred or avoided.")
    elif not plan.knows(wish.value):
        raise ValidationFailed.of("shiftValue", f"No such shift type: {wish.value}.")


def _reopen(wish: Wish) -> tuple[str, ...]:
    """What was answered was another wish. The columns that this sets."""
    wish.state, wish.answer, wish.taken_value = WishState.OPEN, "", ""
    return "state", "answer", "taken_value"


def rename_wished(tx: Transaction, request: AnyRequest, old: str, new: str) -> None:
    """Wishes that name the shift ``old`` name ``new``; those taken with it were taken with ``new``: the cells hold that now.

    Clients follow by the symbols alone, so that no wish counts as changed.
    """
    naming = Q(value=old) | Q(taken_value=old)
    wishes = list(Wish.objects.filter(naming, restaurant_id=tx.restaurant_id, is_active=True))
    if not wishes:
        return
    for wish in wishes:
        wish.value = new if wish.value == old else wish.value
        wish.taken_value = new if wish.taken_value == old else wish.taken_value
    columns = ["value", "taken_value"]
    update_all_with_history(Wish, wishes, columns, request.actor, reason=request.reason or f"{old} → {new}")
