"""What changes shift types. A symbol is a name that cells, people and rules use, so renaming it renames it everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from schedules.events.calendar import ShiftTypeCreated, ShiftTypeDeleted, ShiftTypeUpdated, shift_type_payload
from schedules.models import ShiftType
from schedules.rules.spelling import tidy
from schedules.rules.times import TIME_FIELDS, show_times
from schedules.selectors.schedules import shift_type_in, shift_types_of, speller_in
from schedules.services.aliases import keep_answering_to, settle_aliases
from schedules.services.successions import succession_of
from schedules.services.symbols import move_symbol, require_same_past, require_unused, require_unused_past
from schedules.services.times import asked_fields, begin_times, change_times, read_dated, today_of
from shiftsync.core.errors import NotFound, ValidationFailed
from shiftsync.core.history import save_with_history
from shiftsync.core.ids import parse_id
from shiftsync.core.models import own_row
from shiftsync.core.payloads import FromPayload, from_payload, rest_of_payload
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.judging import judge_removal, judge_row, overwritten
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written

MAX_SHIFT_TYPES = 100
WRITABLE = (
    "symbol",
    "kind",
    "label_ja",
    "label_en",
    "color",
    *TIME_FIELDS,
    "times",
    "off_equivalent",
    "aliases",
    "is_leave",
)


@dataclass(frozen=True, slots=True)
class ShiftTypeCreate(FromPayload):
    """A new shift type."""

    fields: Mapping[str, Any] = field(metadata=rest_of_payload())
    id: UUID | None = field(default=None, metadata=from_payload(read=parse_id))


@dataclass(frozen=True, slots=True)
class ShiftTypeUpdate(FromPayload):
    """``valid_from``: from which day a start or an end among the changes holds."""

    shift_type_id: str
    changes: Mapping[str, Any]
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class ShiftTypeDelete(FromPayload):
    """``successor``: the id or the symbol of the shift type that takes its place wherever it is used."""

    shift_type_id: str
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class ShiftTypeRestore(FromPayload):
    """Brings a deleted shift type back."""

    shift_type_id: str


def shift_type_create(request: ChangeRequest[ShiftTypeCreate]) -> Outcome:
    """Adds a symbol. A known ``id`` is the same request again. The result carries it as ``shiftType``."""
    intent = request.intent

    def write(tx: Transaction) -> Written:
        own_id, known = own_row(ShiftType, tx.restaurant_id, intent.id) if intent.id else (None, None)
        if known is not None:
            return Written(None, {"shiftType": shift_type_payload(known)}, echo=ShiftTypeCreated(known))
        fields = {name: value for name, value in intent.fields.items() if name != "times"}
        shift_type = ShiftType(restaurant_id=tx.restaurant_id, **({"id": own_id} if own_id else {}), **fields)
        if intent.fields.get("times"):
            begin_times(shift_type, intent.fields["times"])
        _require_free_symbol(shift_type)
        settle_aliases(shift_type)
        _require_room(tx, "symbol")
        shift_type.revision = version = tx.take_version()
        save_with_history(shift_type, request.actor, reason=request.reason)
        change = tx.record(request, ShiftTypeCreated(shift_type), version)
        return Written(change, {"shiftType": shift_type_payload(shift_type)})

    return commit(request, write)


def shift_type_update(request: ChangeRequest[ShiftTypeUpdate]) -> Outcome:
    """Changes some fields of a shift type, by the conflict strategy. Times may hold from a day on, so that what was worked before
    stays what it was (:func:`schedules.services.times.change_times`).

    Another symbol is another name for the same: cells, people's allowed shift types and the settings of all versions follow in
    the same change, and the old symbol stays a word for it. Raises :class:`VersionLocked` where a locked version of the settings names it, and :class:`ValidationFailed` for another
    kind of a type that cells of months hold that are over and not published.
    """
    intent = request.intent

    def write(tx: Transaction) -> Written:
        shift_type = shift_type_in(tx.restaurant_id, intent.shift_type_id)
        show_times(shift_type, today_of(shift_type))
        before = {name: getattr(shift_type, name) for name in WRITABLE}
        asked = asked_fields(shift_type, intent.changes, intent.valid_from)
        apply, items = judge_row(tx, request, "shift_type", shift_type, asked, read_dated)
        _put(shift_type, apply)
        if shift_type.symbol != before["symbol"]:
            _require_free_symbol(shift_type)
        if shift_type.symbol != before["symbol"] and shift_type.aliases == before["aliases"]:
            keep_answering_to(shift_type, before["symbol"])
        old = {name: value for name, value in before.items() if getattr(shift_type, name) != value}
        is_said_anew = "aliases" in intent.changes and _reclaims(shift_type, before["symbol"])
        if not old and not is_said_anew:
            event = ShiftTypeUpdated(shift_type, {})
            return Written(None, {"shiftType": shift_type_payload(shift_type)}, echo=event)
        if {"kind", "off_equivalent"} & old.keys():
            require_same_past(shift_type, before)
        if {"aliases", "symbol"} & old.keys():
            settle_aliases(shift_type, before["aliases"])
        shift_type.revision = version = tx.take_version()
        save_with_history(shift_type, request.actor, reason=request.reason, fields=WRITABLE)
        moved = move_symbol(tx, request, old["symbol"], shift_type.symbol, version) if "symbol" in old else None
        change = tx.record(request, ShiftTypeUpdated(shift_type, old, moved), version)
        return Written(change, {"shiftType": shift_type_payload(shift_type), **overwritten(items)})

    return commit(request, write)


def _reclaims(shift_type: ShiftType, stored_symbol: str) -> bool:
    """Whether an alias was the symbol of another kind of shift, and means this type from now on since somebody says so again.

    ``stored_symbol`` is by which the type is known until this change is stored."""
    speller = speller_in(shift_type.restaurant_id)
    return any(speller.was_another(alias, stored_symbol) for alias in shift_type.aliases)


def _put(shift_type: ShiftType, apply: Mapping[str, Any]) -> None:
    for name, value in apply.items():
        if name not in TIME_FIELDS and name != "times":
            setattr(shift_type, name, value)
    change_times(shift_type, apply)


def shift_type_delete(request: ChangeRequest[ShiftTypeDelete]) -> Outcome:
    """Takes a symbol out of use. A deleted shift type is answered as done.

    One that is used is refused with where (:class:`ValidationFailed`), unless ``successor`` takes its place there.
    """

    def write(tx: Transaction) -> Written:
        shift_type = shift_type_in(tx.restaurant_id, request.intent.shift_type_id, include_deleted=True)
        if not shift_type.is_active:
            return Written(None, echo=ShiftTypeDeleted(shift_type))
        successor = _successor(shift_type, request.intent.successor)
        if successor is None:
            require_unused(tx, shift_type)
        items = judge_removal(tx, request, "shift_type", shift_type)
        shift_type.is_active = False
        shift_type.revision = version = tx.take_version()
        save_with_history(shift_type, request.actor, reason=request.reason, fields=["is_active"])
        moved = move_symbol(tx, request, shift_type.symbol, successor.symbol, version) if successor else None
        return Written(tx.record(request, ShiftTypeDeleted(shift_type, moved), version), overwritten(items))

    return commit(request, write)


def shift_type_restore(request: ChangeRequest[ShiftTypeRestore]) -> Outcome:
    """Brings a shift type back into use; one that is in use is answered as done. The result carries it as ``shiftType``.

    What its successor took over stays with that: whether a cell means the one or the other by now is for people to say. The result
    names the cells that nobody has changed since (:func:`schedules.services.successions.succession_of`), for whoever gives them back.
    Raises :class:`ValidationFailed` where its symbol or one of its other words means another type by now.
    """

    def write(tx: Transaction) -> Written:
        shift_type = shift_type_in(tx.restaurant_id, request.intent.shift_type_id, include_deleted=True)
        if shift_type.is_active:
            told = {"shiftType": shift_type_payload(shift_type)}
            return Written(None, told, echo=ShiftTypeCreated(shift_type))
        _require_free_symbol(shift_type, deleted_at=shift_type.revision)
        settle_aliases(shift_type)
        _require_room(tx, "shiftTypeId")
        succession = succession_of(shift_type)
        shift_type.is_active = True
        shift_type.revision = version = tx.take_version()
        save_with_history(shift_type, request.actor, reason=request.reason, fields=["is_active"])
        change = tx.record(request, ShiftTypeCreated(shift_type), version)
        return Written(change, {"shiftType": shift_type_payload(shift_type), **succession})

    return commit(request, write)


def _require_room(tx: Transaction, field: str) -> None:
    if shift_types_of(tx.restaurant_id).count() >= MAX_SHIFT_TYPES:
        raise ValidationFailed.of(field, f"A restaurant has at most {MAX_SHIFT_TYPES} shift types.")


def _successor(shift_type: ShiftType, named: str | None) -> ShiftType | None:
    if named is None:
        return None
    others = shift_types_of(shift_type.restaurant_id).exclude(id=shift_type.id)
    found = others.filter(symbol=named).first()
    if found is None:
        try:
            found = shift_type_in(shift_type.restaurant_id, named)
        except NotFound:
            raise ValidationFailed.of("successor", "No such shift type.") from None
    if found.id == shift_type.id:
        raise ValidationFailed.of("successor", "Must be another shift type.")
    return found


def _require_free_symbol(shift_type: ShiftType, deleted_at: int = 0) -> None:
    """Raises :class:`ValidationFailed` for a symbol that another type has. What nobody sees in it is no part of it.

    ``deleted_at``: until which version cells that hold it mean this type."""
    shift_type.symbol = tidy(shift_type.symbol)
    if not shift_type.symbol:
        raise ValidationFailed.of("symbol", "This field may not be blank.")
    others = shift_types_of(shift_type.restaurant_id).exclude(id=shift_type.id)
    if others.filter(symbol=shift_type.symbol).exists():
        raise ValidationFailed.of("symbol", "Another shift type already uses this symbol.")
    require_unused_past(shift_type, since=deleted_at)
