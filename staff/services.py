"""What changes staff members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from shiftsync.core.actor import Actor
from shiftsync.core.dates import LAST_DAY, require_on_calendar
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.history import save_with_history, update_all_with_history
from shiftsync.core.ids import parse_id
from shiftsync.core.models import own_row
from shiftsync.core.payloads import FromPayload, from_payload, rest_of_payload
from shiftsync.realtime.rules.merging import Clash
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.judging import Item, conflict_item, judge_removal, judge_row, judge_whole, overwritten
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Written
from shiftsync.realtime.stream.selectors import changes_by_others
from staff.events import (
    StaffCreated,
    StaffDeleted,
    StaffEvent,
    StaffReordered,
    StaffRestored,
    StaffUpdated,
    member_payload,
)
from staff.models import StaffMember
from staff.rules import (
    MOST_ORDER,
    TERM_FIELDS,
    Span,
    default_blank_means,
    first_day,
    is_name,
    last_day,
    reordered,
    span_on,
)
from staff.selectors import staff_member, staff_of
from staff.terms import (
    SPAN_FIELDS,
    change_span,
    change_terms,
    come_back,
    has_past,
    is_employed,
    leave,
    names_symbol,
    rename_symbol,
    show_today,
    spans_of,
    today_of,
)

MAX_STAFF = 2000


@dataclass(frozen=True, slots=True)
class StaffCreate(FromPayload):
    """A new member with those fields (of the model, snake_case). ``id`` may be chosen by the client."""

    fields: Mapping[str, Any] = field(metadata=rest_of_payload())
    id: UUID | None = field(default=None, metadata=from_payload(read=parse_id))
    period: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class StaffUpdate(FromPayload):
    """New values for some of a member's fields. ``valid_from``: from which day the terms among them hold."""

    staff_id: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    period: int | None = field(default=None, compare=False)
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class StaffDelete(FromPayload):
    """``from_day``: the first day on which the member is not employed any more."""

    staff_id: str
    from_day: date | None = None


@dataclass(frozen=True, slots=True)
class StaffRestore(FromPayload):
    """``from_day``: the first day on which the member is employed again."""

    staff_id: str
    period: int | None = field(default=None, compare=False)
    from_day: date | None = None


@dataclass(frozen=True, slots=True)
class StaffReorder(FromPayload):
    """The wanted order; members left out follow in their present order."""

    staff_ids: Sequence[str]


def staff_create(request: ChangeRequest[StaffCreate]) -> Outcome:
    """Adds a member at the end of the order. A known ``id`` is the same request again: nothing changes.

    The result carries the member as ``staff``.
    """
    intent = request.intent
    require_name(intent.fields.get("name", ""))
    check_employment(intent.fields.get("start_period"), intent.fields.get("end_period"))

    def write(tx: Transaction) -> Written:
        own_id, known = own_row(StaffMember, tx.restaurant_id, intent.id) if intent.id else (None, None)
        if known is not None:
            return _unchanged(StaffCreated(known, intent.period))
        member = _new_member(tx, intent, own_id)
        member.revision = version = tx.take_version()
        save_with_history(member, request.actor, reason=request.reason)
        event = StaffCreated(member, intent.period)
        return Written(tx.record(request, event, version), {"staff": event.payload()})

    return commit(request, write)


def staff_update(request: ChangeRequest[StaffUpdate]) -> Outcome:
    """Changes some fields of a member who is not deleted, by the conflict strategy. Raises :class:`NotFound`."""
    intent = request.intent
    if "name" in intent.changes:
        require_name(intent.changes["name"])

    require_on_calendar("validFrom", intent.valid_from)
    dated = {name for name in intent.changes if name in TERM_FIELDS and intent.valid_from is not None}

    def write(tx: Transaction) -> Written:
        member = show_today(staff_member(tx.restaurant_id, intent.staff_id))
        before = _state(member)
        judged = {name: value for name, value in intent.changes.items() if name not in dated}
        apply, items = judge_row(tx, request, "staff", member, judged)
        apply |= {name: intent.changes[name] for name in dated}
        for name, value in apply.items():
            if name not in TERM_FIELDS and name not in SPAN_FIELDS:
                setattr(member, name, value)
        change_span(member, apply, span_on(spans_of(member), today_of(member)))
        check_spans(spans_of(member))
        change_terms(member, apply, intent.valid_from)
        written = _save_changed(tx, request, member, before, intent.period)
        return replace(written, result={**written.result, **overwritten(items)})

    return commit(request, write)


def staff_delete(request: ChangeRequest[StaffDelete]) -> Outcome:
    """Takes a member off the schedule; the row and its cells stay. A deleted member is answered as done.

    From a day on: the employment ends before it, and the member stays where they were until then; so does, without a day, somebody
    of whom anything is recorded on a day that is over, whose employment ends with yesterday. Somebody whose employment had not begun
    by then is taken off altogether.
    """
    day = request.intent.from_day
    require_on_calendar("from", day)

    def write(tx: Transaction) -> Written:
        member = staff_member(tx.restaurant_id, request.intent.staff_id, include_deleted=True)
        items = judge_removal(tx, request, "staff", member, besides={"staff_order"}) if member.is_active else []
        written = take_off(tx, member)
        return replace(written, result={**written.result, **overwritten(items)})

    def take_off(tx: Transaction, member: StaffMember) -> Written:
        before = _state(show_today(member))
        if day is not None and member.is_active and leave(member, day):
            return _save_changed(tx, request, member, before, None)
        if day is None and member.is_active and has_past(member) and leave(member, today_of(member)):
            return _save_changed(tx, request, member, before, None, StaffDeleted(member, stays=True))
        return _set_active(tx, request, member, False, StaffDeleted(member))

    return commit(request, write)


def staff_restore(request: ChangeRequest[StaffRestore]) -> Outcome:
    """Brings a deleted member back. From a day on: a new stretch of employment, also for somebody whose employment has ended, who
    comes back today where no day is told."""
    day = request.intent.from_day
    require_on_calendar("from", day)

    def write(tx: Transaction) -> Written:
        member = staff_member(tx.restaurant_id, request.intent.staff_id, include_deleted=True)
        has_left = member.is_active and not is_employed(member, today_of(member), LAST_DAY)
        if day is not None or has_left:
            before = _state(show_today(member))
            come_back(member, day or today_of(member))
            event = StaffRestored(member, request.intent.period) if day is None else None
            return _save_changed(tx, request, member, before, request.intent.period, event)
        return _set_active(tx, request, member, True, StaffRestored(member, request.intent.period))

    return commit(request, write)


def staff_reorder(request: ChangeRequest[StaffReorder]) -> Outcome:
    """Puts the staff into another order, by the conflict strategy. Ids that are not of this restaurant's staff are refused by name."""

    def write(tx: Transaction) -> Written:
        members = {str(member.id): member for member in staff_of(tx.restaurant_id)}
        unknown = [staff_id for staff_id in request.intent.staff_ids if staff_id not in members]
        if unknown:
            raise ValidationFailed.of("staffIds", f"No such staff member: {unknown[0]}.")
        present = list(members)
        wanted = reordered(present, list(request.intent.staff_ids))
        if wanted == present:
            return Written(None, echo=StaffReordered(present, present, tx.version))
        items = judge_whole(tx, request, _order_by_others(tx, request, present, wanted))
        version = tx.take_version()
        _renumber(request.actor, [members[staff_id] for staff_id in wanted], version, request.reason)
        return Written(
            tx.record(request, StaffReordered(wanted, present, version), version),
            {"staffIds": wanted, **overwritten(items)},
        )

    return commit(request, write)


def _order_by_others(tx: Transaction, request: AnyRequest, present: list[str], wanted: list[str]) -> list[Item]:
    """The order that somebody else has made since the author read it: one conflict, about the whole of it."""
    if request.base_version is None:
        return []
    changes = changes_by_others(tx.restaurant_id, request.actor, request.base_version, [StaffReordered.entity])
    orders = [(change, author) for change, author in changes if change.type == StaffReordered.type]
    if not orders:
        return []
    (first, _), (_, author) = orders[0], orders[-1]
    return [conflict_item("staff", "", Clash(("staff_order",), first.old["staffIds"], wanted, present), author)]


def replace_allowed_symbol(
    tx: Transaction, request: AnyRequest, old: str, new: str, *, version: int, reason: str
) -> list[dict[str, Any]]:
    """Lets everybody whose allowed shift types name ``old`` name ``new``, those who have left too, as part of ``version``.

    Returns those who are on the schedule, as the wire has them.
    """
    members = staff_of(tx.restaurant_id, include_deleted=True)
    changed = [member for member in members if names_symbol(member, old)]
    for member in changed:
        rename_symbol(member, old, new)
        member.revision = version
        save_with_history(member, request.actor, reason=reason, fields=["allowed_shift_types", "terms"])
    return [member_payload(member) for member in changed if member.is_active]


def require_name(name: str) -> None:
    """Raises :class:`ValidationFailed` for a name that has nothing but spaces."""
    if not is_name(name):
        raise ValidationFailed.of("name", "Must not be blank.")


def check_employment(start: Mapping[str, int] | None, end: Mapping[str, int] | None) -> None:
    """Raises :class:`ValidationFailed` where employment would end before it starts."""
    begins, ends = first_day(start), last_day(end)
    if begins is not None and ends is not None and ends < begins:
        raise ValidationFailed.of("endPeriod", "Must not be before startPeriod.")


def check_spans(spans: Sequence[Span]) -> None:
    """The same for every stretch of employment; none begins before the one before it has ended."""
    for place, span in enumerate(spans):
        check_employment(span["startPeriod"], span["endPeriod"])
        if place == 0:
            continue
        begins, ended = first_day(span["startPeriod"]), last_day(spans[place - 1]["endPeriod"])
        if begins is None or ended is None or begins <= ended:
            name = "startPeriod" if ended is not None else "endPeriod"
            raise ValidationFailed.of(name, "Overlaps another period of employment.")


STATE = (
    "name",
    "position",
    "department",
    "staff_order",
    "is_active",
    *TERM_FIELDS,
    *SPAN_FIELDS,
    "terms",
    "employments",
)


def _state(member: StaffMember) -> dict[str, Any]:
    return {name: getattr(member, name) for name in STATE}


def _save_changed(
    tx: Transaction,
    request: AnyRequest,
    member: StaffMember,
    before: Mapping[str, Any],
    period: int | None,
    told: StaffEvent | None = None,
) -> Written:
    """Stores what differs from ``before`` and records the event: ``told``, else an update or (of somebody who was deleted) a
    restoration."""
    old = {name: value for name, value in before.items() if getattr(member, name) != value}
    if not old:
        return _unchanged(told or StaffUpdated(member, period, {}))
    member.revision = version = tx.take_version()
    save_with_history(member, request.actor, reason=request.reason, fields=old)
    is_back = member.is_active and not before["is_active"]
    event = told or (StaffRestored(member, period) if is_back else StaffUpdated(member, period, old))
    return Written(tx.record(request, event, version), {"staff": member_payload(member, period)})


def _new_member(tx: Transaction, intent: StaffCreate, own_id: UUID | None) -> StaffMember:
    present = StaffMember.objects.filter(restaurant_id=tx.restaurant_id)
    if present.count() >= MAX_STAFF:
        raise ValidationFailed.of("name", f"A restaurant has at most {MAX_STAFF} staff members, deleted ones included.")
    fields = dict(intent.fields)
    last = present.aggregate(last=Max("staff_order"))["last"] or 0
    fields.setdefault("staff_order", min(last + 1, MOST_ORDER))
    fields.setdefault("blank_means", default_blank_means(fields.get("type", ""), fields.get("status", "")))
    return StaffMember(restaurant_id=tx.restaurant_id, **({"id": own_id} if own_id else {}), **fields)


def _set_active(
    tx: Transaction, request: ChangeRequest[Any], member: StaffMember, is_active: bool, event: StaffEvent
) -> Written:
    if member.is_active == is_active:
        return _unchanged(event)
    member.is_active = is_active
    member.revision = version = tx.take_version()
    save_with_history(member, request.actor, reason=request.reason, fields=["is_active"])
    return Written(tx.record(request, event, version), {"staff": member_payload(member)})


def _renumber(actor: Actor, members: Sequence[StaffMember], version: int, reason: str) -> None:
    moved = [(place, member) for place, member in enumerate(members, start=1) if member.staff_order != place]
    for place, member in moved:
        member.staff_order, member.revision = place, version
    update_all_with_history(
        StaffMember, [member for _, member in moved], ["staff_order", "revision"], actor, reason=reason
    )


def _unchanged(event: StaffEvent) -> Written:
    return Written(None, {"staff": member_payload(event.member)}, echo=event)
