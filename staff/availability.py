"""What changes when staff members can work: entering, changing and withdrawing what repeats by weekday.

What a month that is over was planned by stays. So what an entry says is changed from today on, and its days that are over become an
entry of their own; to withdraw it ends it with yesterday. Only a manager can name a day that is over, to correct what was entered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import local_today
from shiftsync.core.dates import require_on_calendar
from shiftsync.core.errors import Forbidden, NotFound, ValidationFailed
from shiftsync.core.history import save_with_history
from shiftsync.core.ids import parse_id
from shiftsync.core.models import own_row
from shiftsync.core.payloads import FromPayload, from_payload, rest_of_payload
from shiftsync.core.serializers import camel
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.judging import judge_removal, judge_row, overwritten
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written
from shiftsync.tenants.selectors import person_of
from staff.events import AvailabilityCreated, AvailabilityDeleted, AvailabilityUpdated
from staff.models import Availability
from staff.rules import another_refusal, availability_refusal
from staff.selectors import availability_in, availability_of, availability_payloads, staff_member

SAID = ("weekdays", "available_from", "available_until")
"""What an entry says of its days."""
DAYS = ("valid_from", "valid_until")
"""Which days those are."""
OVER = "This day is over."
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AvailabilityCreate(FromPayload):
    """``fields`` of the model: weekdays, available_from, available_until, valid_from, valid_until, note."""

    staff_id: str
    fields: Fields = field(metadata=rest_of_payload())
    id: UUID | None = field(default=None, metadata=from_payload(read=parse_id))


@dataclass(frozen=True, slots=True)
class AvailabilityUpdate(FromPayload):
    """``changes``: the fields that are given, by name in snake case."""

    availability_id: str
    changes: Fields


@dataclass(frozen=True, slots=True)
class AvailabilityDelete(FromPayload):
    """The row goes away."""

    availability_id: str


def may_enter_for(tx: Transaction, actor: Actor, staff_id: UUID | None) -> bool:
    """Whether ``actor`` may enter, change and withdraw what that staff member asks for, as it is under the lock: managers for everybody,
    others for who they are on the schedule themselves."""
    if tx.role_of(actor).covers(Role.MANAGER):
        return True
    mine = person_of(actor)
    return mine is not None and mine.id == staff_id


def require_entering(actor: Actor, availability_id: str | None = None) -> None:
    """Raises :class:`Forbidden` for who has no availability to enter at all, and :class:`NotFound` for an entry that is not theirs: before
    what they sent is read. The service judges again, under its lock."""
    if actor.role.covers(Role.MANAGER):
        return
    mine = person_of(actor)
    if mine is None:
        raise Forbidden
    if availability_id is not None:
        row = availability_in(actor.restaurant_id, availability_id, include_deleted=True)
        if row.staff_id != mine.id:
            raise NotFound("No such entry of availability.")


def availability_create(request: ChangeRequest[AvailabilityCreate]) -> Outcome:
    """Enters when somebody can work. A known ``id`` is the same request again. The result carries it as ``availability``."""
    intent, actor = request.intent, request.actor
    _require_on_calendar(intent.fields)

    def write(tx: Transaction) -> Written:
        if not may_enter_for(tx, actor, parse_id(intent.staff_id)):
            raise Forbidden
        own_id, known = own_row(Availability, tx.restaurant_id, intent.id) if intent.id else (None, None)
        if known is not None:
            if not may_enter_for(tx, actor, known.staff_id):
                raise Forbidden
            payload = _payload(known)
            return Written(None, {"availability": payload}, echo=AvailabilityCreated(payload))
        row = Availability(
            restaurant_id=tx.restaurant_id,
            staff_id=_staff_id(tx, intent.staff_id),
            valid_from=_today(tx),
            made_by_id=actor.user_id,
            is_own=not tx.role_of(actor).covers(Role.MANAGER),
            **({"id": own_id} if own_id else {}),
        )
        _require_ahead(tx, actor, intent.fields)
        _lay_over(row, intent.fields)
        _require_fitting(row, another_on=_today(tx))
        row.revision = version = tx.take_version()
        save_with_history(row, actor, reason=request.reason)
        payload = _payload(row)
        return Written(tx.record(request, AvailabilityCreated(payload), version), {"availability": payload})

    return commit(request, write, needs=Role.VIEWER)


def availability_update(request: ChangeRequest[AvailabilityUpdate]) -> Outcome:
    """Changes some fields of an entry, by the conflict strategy: what it says from today on. The result carries it as ``availability``, and
    as ``past`` the entry that keeps what it said for the days that are over."""
    intent, actor = request.intent, request.actor
    _require_on_calendar(intent.changes)

    def write(tx: Transaction) -> Written:
        row = _to_change(tx, actor, intent.availability_id)
        apply, items = judge_row(tx, request, "availability", row, _as_kept(intent.changes))
        if not apply:
            payload = _payload(row)
            return Written(None, {"availability": payload}, echo=AvailabilityUpdated(payload))
        _require_open(tx, row)
        _require_ahead(tx, actor, apply)
        told = _payload(row)
        old = {camel(name): told[camel(name)] for name in apply}
        past = _part_that_is_over(tx, actor, row, apply)
        moved = {"valid_from": _today(tx)} if past and "valid_from" not in apply else {}
        _lay_over(row, {**apply, **moved})
        _require_fitting(row)
        row.revision = version = tx.take_version()
        save_with_history(row, actor, reason=request.reason, fields={*apply, *moved})
        if past is not None:
            past.revision = version
            save_with_history(past, actor, reason=request.reason)
        payload = _payload(row)
        kept = None if past is None else _payload(past)
        change = tx.record(request, AvailabilityUpdated(payload, old, kept), version)
        return Written(change, {"availability": payload, **({"past": kept} if kept else {}), **overwritten(items)})

    return commit(request, write, needs=Role.VIEWER)


def availability_delete(request: ChangeRequest[AvailabilityDelete]) -> Outcome:
    """Withdraws an entry: for the days that are over it stays, and ends with yesterday. One that is over, or withdrawn, is answered as
    done."""
    actor = request.actor

    def write(tx: Transaction) -> Written:
        row, today = _to_change(tx, actor, request.intent.availability_id, include_deleted=True), _today(tx)
        if not row.is_active or _is_over(row, today):
            return Written(None, echo=AvailabilityDeleted(_payload(row), stays=row.is_active))
        items = judge_removal(tx, request, "availability", row)
        stays = row.valid_from < today
        if stays:
            row.valid_until = today - timedelta(days=1)
        else:
            row.is_active = False
        row.revision = version = tx.take_version()
        save_with_history(row, actor, reason=request.reason, fields=["valid_until" if stays else "is_active"])
        change = tx.record(request, AvailabilityDeleted(_payload(row), stays=stays), version)
        return Written(change, overwritten(items))

    return commit(request, write, needs=Role.VIEWER)


def _to_change(tx: Transaction, actor: Actor, availability_id: str, *, include_deleted: bool = False) -> Availability:
    """The entry, if ``actor`` may change it now. What is not theirs does not exist for them."""
    row = availability_in(tx.restaurant_id, availability_id, include_deleted=include_deleted)
    if not may_enter_for(tx, actor, row.staff_id):
        raise Forbidden if person_of(actor) is None else NotFound("No such entry of availability.")
    return row


def _staff_id(tx: Transaction, staff_id: str) -> UUID:
    try:
        return staff_member(tx.restaurant_id, staff_id).id
    except NotFound as error:
        raise ValidationFailed.of("staffId", error.message) from None


def _part_that_is_over(tx: Transaction, actor: Actor, row: Availability, apply: Fields) -> Availability | None:
    """What an entry said until yesterday, as an entry of its own, where another thing is said from now on. None where it has not begun, and
    where somebody names a day that is over, and so corrects what was entered."""
    today = _today(tx)
    corrects = any((day := apply.get(name)) is not None and day < today for name in DAYS)
    if row.valid_from >= today or corrects or not apply.keys() & {*SAID, "valid_from"}:
        return None
    return Availability(
        restaurant_id=row.restaurant_id,
        staff_id=row.staff_id,
        weekdays=row.weekdays,
        available_from=row.available_from,
        available_until=row.available_until,
        valid_from=row.valid_from,
        valid_until=today - timedelta(days=1),
        note=row.note,
        made_by_id=row.made_by_id,
        is_own=row.is_own,
    )


def _require_open(tx: Transaction, row: Availability) -> None:
    if _is_over(row, _today(tx)):
        raise ValidationFailed.of("validUntil", "This entry is over and cannot be changed.")


def _require_ahead(tx: Transaction, actor: Actor, fields: Fields) -> None:
    """Raises :class:`ValidationFailed` for a day that is over; a manager may name one."""
    if tx.role_of(actor).covers(Role.MANAGER):
        return
    for name in DAYS:
        day = fields.get(name)
        if day is not None and day < _today(tx):
            raise ValidationFailed.of(camel(name), OVER)


def _require_on_calendar(fields: Fields) -> None:
    for name in DAYS:
        require_on_calendar(camel(name), fields.get(name))


def _require_fitting(row: Availability, *, another_on: date | None = None) -> None:
    """Raises :class:`ValidationFailed` where it does not go with the person's other entries. ``another_on``: the day on which it is added
    to them, and may be one too many."""
    days = row.valid_from, row.valid_until
    others = availability_of(row.restaurant_id).filter(staff_id=row.staff_id).exclude(id=row.id)
    theirs = [(each.weekdays, (each.valid_from, each.valid_until)) for each in others]
    refusal = availability_refusal((row.available_from, row.available_until), row.weekdays, days, theirs)
    if refusal is None and another_on is not None:
        refusal = another_refusal(days, [span for _, span in theirs], another_on)
    if refusal is not None:
        raise ValidationFailed.of(*refusal)


def _lay_over(row: Availability, fields: Fields) -> None:
    for name, value in _as_kept(fields).items():
        setattr(row, name, value)


def _as_kept(fields: Fields) -> dict[str, Any]:
    """The fields with each weekday once and in order: entries that say the same are the same."""
    return {**fields, "weekdays": sorted(set(fields["weekdays"]))} if "weekdays" in fields else dict(fields)


def _is_over(row: Availability, today: date) -> bool:
    return row.valid_until is not None and row.valid_until < today


def _today(tx: Transaction) -> date:
    return local_today(tx.restaurant.timezone)


def _payload(row: Availability) -> dict[str, Any]:
    return availability_payloads([row])[0]
