"""What changes recurring closings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from schedules.events.calendar import ClosingRuleCreated, ClosingRuleDeleted, ClosingRuleUpdated, closing_rule_payload
from schedules.models import ClosingPattern, ClosingRule
from schedules.selectors.special_days import closing_rule_in, closing_rules_of
from shiftsync.core.clock import local_today
from shiftsync.core.dates import require_on_calendar
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.history import save_with_history
from shiftsync.core.ids import parse_id
from shiftsync.core.models import own_row
from shiftsync.core.payloads import FromPayload, from_payload, rest_of_payload
from shiftsync.core.serializers import camel
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.judging import judge_removal, judge_row, overwritten
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written
from shiftsync.tenants.models import Restaurant

MAX_RULES = 50


@dataclass(frozen=True, slots=True)
class ClosingRuleCreate(FromPayload):
    """``fields`` by attribute name; without ``valid_from`` it holds from today on."""

    fields: Mapping[str, Any] = field(metadata=rest_of_payload())
    id: UUID | None = field(default=None, metadata=from_payload(read=parse_id))


@dataclass(frozen=True, slots=True)
class ClosingRuleUpdate(FromPayload):
    """New values for some fields of one closing rule."""

    rule_id: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClosingRuleDelete(FromPayload):
    """Takes one closing rule away."""

    rule_id: str


@dataclass(frozen=True, slots=True)
class ClosingRuleRestore(FromPayload):
    """Brings a closing rule back that was taken away."""

    rule_id: str


def closing_rule_create(request: ChangeRequest[ClosingRuleCreate]) -> Outcome:
    """Adds a closing that repeats. A known ``id`` is the same request again. The result carries it as ``rule``."""
    intent = request.intent

    def write(tx: Transaction) -> Written:
        own_id, known = own_row(ClosingRule, tx.restaurant_id, intent.id) if intent.id else (None, None)
        if known is not None:
            return Written(None, {"rule": closing_rule_payload(known)}, echo=ClosingRuleCreated(known))
        rule = ClosingRule(restaurant_id=tx.restaurant_id, **({"id": own_id} if own_id else {}))
        _lay_over(rule, {"valid_from": _today(tx), **intent.fields})
        _require_room(tx, "repeats")
        rule.revision = version = tx.take_version()
        save_with_history(rule, request.actor, reason=request.reason)
        return Written(tx.record(request, ClosingRuleCreated(rule), version), {"rule": closing_rule_payload(rule)})

    return commit(request, write)


def closing_rule_update(request: ChangeRequest[ClosingRuleUpdate]) -> Outcome:
    """Changes some fields of a closing, by the conflict strategy. The result carries it as ``rule``."""
    intent = request.intent

    def write(tx: Transaction) -> Written:
        rule = closing_rule_in(tx.restaurant_id, intent.rule_id)
        apply, items = judge_row(tx, request, "closing_rule", rule, _in_order(intent.changes))
        old = {name: getattr(rule, name) for name in apply}
        if not apply:
            return Written(None, {"rule": closing_rule_payload(rule)}, echo=ClosingRuleUpdated(rule, old))
        _lay_over(rule, apply)
        rule.revision = version = tx.take_version()
        save_with_history(rule, request.actor, reason=request.reason, fields=apply)
        change = tx.record(request, ClosingRuleUpdated(rule, old), version)
        return Written(change, {"rule": closing_rule_payload(rule), **overwritten(items)})

    return commit(request, write)


def closing_rule_delete(request: ChangeRequest[ClosingRuleDelete]) -> Outcome:
    """Takes a closing away; its days are ordinary then, those of published months stay. A deleted one is answered as done."""

    def write(tx: Transaction) -> Written:
        rule = closing_rule_in(tx.restaurant_id, request.intent.rule_id, include_deleted=True)
        if not rule.is_active:
            return Written(None, echo=ClosingRuleDeleted(rule))
        items = judge_removal(tx, request, "closing_rule", rule)
        rule.is_active = False
        rule.revision = version = tx.take_version()
        save_with_history(rule, request.actor, reason=request.reason, fields=["is_active"])
        return Written(tx.record(request, ClosingRuleDeleted(rule), version), overwritten(items))

    return commit(request, write)


def closing_rule_restore(request: ChangeRequest[ClosingRuleRestore]) -> Outcome:
    """Brings a closing back as it was; one that is there is answered as done. The result carries it as ``rule``."""

    def write(tx: Transaction) -> Written:
        rule = closing_rule_in(tx.restaurant_id, request.intent.rule_id, include_deleted=True)
        if rule.is_active:
            return Written(None, {"rule": closing_rule_payload(rule)}, echo=ClosingRuleCreated(rule))
        _require_room(tx, "ruleId")
        rule.is_active = True
        rule.revision = version = tx.take_version()
        save_with_history(rule, request.actor, reason=request.reason, fields=["is_active"])
        return Written(tx.record(request, ClosingRuleCreated(rule), version), {"rule": closing_rule_payload(rule)})

    return commit(request, write)


def _require_room(tx: Transaction, field: str) -> None:
    if closing_rules_of(tx.restaurant_id).count() >= MAX_RULES:
        raise ValidationFailed.of(field, f"A restaurant has at most {MAX_RULES} recurring closings.")


def _today(tx: Transaction) -> Any:
    return local_today(Restaurant.objects.values_list("timezone", flat=True).get(id=tx.restaurant_id))


def _in_order(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Lists of days say the same in any order."""
    return {name: sorted(set(value)) if isinstance(value, list) else value for name, value in fields.items()}


def _lay_over(rule: ClosingRule, fields: Mapping[str, Any]) -> None:
    """Sets the fields. Raises :class:`ValidationFailed` at the field that the pattern lacks."""
    for name, value in _in_order(fields).items():
        setattr(rule, name, value)
    needed = {
        ClosingPattern.WEEKLY: ("days_of_week",),
        ClosingPattern.MONTHLY: ("days_of_week", "weeks"),
        ClosingPattern.YEARLY: ("from_day", "to_day"),
    }[ClosingPattern(rule.repeats)]
    for name in needed:
        if not getattr(rule, name):
            raise ValidationFailed.of(camel(name), f"Required for a closing that repeats {rule.repeats}.")
    require_on_calendar("validFrom", rule.valid_from)
    require_on_calendar("validUntil", rule.valid_until)
    if rule.valid_from and rule.valid_until and rule.valid_until < rule.valid_from:
        raise ValidationFailed.of("validUntil", "Must not be before the first day.")
