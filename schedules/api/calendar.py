"""REST about periods, calendar days and shift types."""

from datetime import date
from typing import Any

from rest_framework import serializers

from schedules.api.filters import DaysFilter, is_within
from schedules.events.calendar import closing_rule_payload, shift_type_payload
from schedules.models import DayKind
from schedules.publications import shown
from schedules.selectors.schedules import periods_of, shift_type_in
from schedules.selectors.special_days import closing_rule_in
from schedules.serializers.calendar import (
    CalendarDaySerializer,
    CalendarPayload,
    DatedTimes,
    PeriodCreatePayload,
    PeriodDays,
    ShiftTypeCreatePayload,
    ShiftTypeFields,
    ShiftTypeSerializer,
    Succession,
    SuccessionPayload,
)
from schedules.serializers.closings import (
    ClosingRuleCreatePayload,
    ClosingRuleFields,
    ClosingRuleSerializer,
    closing_rule_fields,
)
from schedules.serializers.places import PeriodEntry
from schedules.services import calendar as services
from schedules.services import closings
from schedules.services import shift_types as types
from shiftsync.core.actor import Role
from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from shiftsync.core.viewsets import Payload, whole
from shiftsync.realtime.api import Result, StreamViewSet, answers, changes
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.stream.requests import Outcome


class PeriodResult(Result):
    """The period after the change."""

    period = PeriodEntry()


class PeriodDeleteResult(Result):
    """Nothing."""


class CalendarDayResult(Result):
    """The day after the change."""

    day = CalendarDaySerializer()


class ClosingRuleResult(Result):
    """The closing rule after the change."""

    rule = ClosingRuleSerializer(required=False, help_text="Missing after a delete.")


class ShiftTypeResult(Result):
    """The shift type after the change."""

    shift_type = ShiftTypeSerializer(required=False, help_text="Missing after a delete.")


class ShiftTypeRestoreResult(ShiftTypeResult):
    """The shift type, and what its successor has taken over."""

    succession = SuccessionPayload(required=False, help_text="If it had a successor.")


class DayPatch(ChangePayload):
    """What to change about a day."""

    example = {"kind": "closed", "note": "設備点検"}

    kind = serializers.ChoiceField(
        choices=DayKind.choices, required=False, allow_null=True, help_text="null: an ordinary day."
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class DayPut(DayPatch):
    """What is special about a day from now on."""

    example = {"kind": "closed", "note": "設備点検"}

    kind = serializers.ChoiceField(choices=DayKind.choices, allow_null=True, help_text="null: an ordinary day.")
    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class ShiftTypePatch(ShiftTypeFields, DatedTimes):
    """The fields to change."""

    example = {"color": "red"}


class ClosingRulePatch(ClosingRuleFields, ChangePayload):
    """The fields to change."""

    example = {"note": "定休日"}


ClosingRulePut = whole(ClosingRuleFields, ChangePayload, name="ClosingRulePut")
ShiftTypePut = whole(ShiftTypeFields, DatedTimes, name="ShiftTypePut", but=("aliases", "is_leave", "times"))


class PeriodsViewSet(StreamViewSet):
    """The stretches of days that are planned as one."""

    @answers(PeriodEntry(many=True), takes=DaysFilter)
    def list(self, query: Payload) -> list[Payload]:
        """The periods in order of start; a period's index is its place among all of them."""
        found = (period.payload() for period in periods_of(self.actor.restaurant_id))
        return [period for period in found if is_within(period, query)]

    @answers(PeriodEntry)
    def retrieve(self, query: Payload, id: str) -> Payload:
        """One of them."""
        wanted = parse_id(id)
        for period in periods_of(self.actor.restaurant_id):
            if period.id == wanted:
                return period.payload()
        raise NotFound("No such period.")

    @changes(PeriodCreatePayload, PeriodResult, status=201, location="/api/periods/{period[id]}/")
    def create(self, payload: Payload) -> Outcome:
        """Adds a period with an empty schedule; without dates, the first from today on that is not planned."""
        intent = services.PeriodCreate.of(payload)
        return services.period_create(self.sender.change(intent, payload))

    @changes(PeriodDays, PeriodResult, echoes=PeriodEntry)
    def partial_update(self, payload: Payload, id: str) -> Outcome:
        """Gives an empty, unpublished period other days."""
        intent = services.PeriodUpdate.of(payload, period_id=id)
        return services.period_update(self.sender.change(intent, payload))

    @changes(ChangePayload, PeriodDeleteResult, source="query")
    def destroy(self, payload: Payload, id: str) -> Outcome:
        """Removes an empty, unpublished period with its schedule."""
        return services.period_delete(self.sender.change(services.PeriodDelete(id), payload))

    @changes(ChangePayload, PeriodResult)
    def restore(self, payload: Payload, id: str) -> Outcome:
        """Brings a deleted period back, empty as it was."""
        return services.period_restore(self.sender.change(services.PeriodRestore(id), payload))


class CalendarViewSet(StreamViewSet):
    """What is special about the restaurant's days."""

    @answers(CalendarPayload)
    def retrieve(self, query: Payload) -> Payload:
        """Periods, special days and shift types; the payload of a `CALENDAR_SYNC_RESPONSE`."""
        return shown.sync_calendar(self.actor)

    def present(self, path: Payload) -> Payload:
        """The day of the address; one of which nothing is said has no more than that."""
        day = str(path["day"])
        days: list[Payload] = shown.sync_calendar(self.actor)["days"]
        return next((found for found in days if str(found["date"]) == day), {"date": day})

    @changes(DayPut, CalendarDayResult, echoes=CalendarDaySerializer)
    def update(self, payload: Payload, day: date) -> Outcome:
        """Says all that is special about a day."""
        return self._update(payload, day)

    @changes(DayPatch, CalendarDayResult, echoes=CalendarDaySerializer)
    def partial_update(self, payload: Payload, day: date) -> Outcome:
        """Changes its kind or its note."""
        return self._update(payload, day)

    def _update(self, payload: Payload, day: date) -> Outcome:
        intent = services.CalendarDayUpdate.of(payload, date=day)
        return services.calendar_day_update(self.sender.change(intent, payload))


class ClosingRulesViewSet(StreamViewSet):
    """The recurring closings."""

    @answers(ClosingRuleSerializer(many=True))
    def list(self, query: Payload) -> list[Payload]:
        """The closings in the order in which they were made; none for viewers, who read the days of published months."""
        rules: list[Payload] = shown.sync_calendar(self.actor)["closingRules"]
        return rules

    @answers(ClosingRuleSerializer, needs=Role.MANAGER)
    def retrieve(self, query: Payload, id: str) -> Payload:
        """One of them; a deleted one too."""
        return closing_rule_payload(closing_rule_in(self.actor.restaurant_id, id, include_deleted=True))

    @changes(ClosingRuleCreatePayload, ClosingRuleResult, status=201, location="/api/closing-rules/{rule[id]}/")
    def create(self, payload: Payload) -> Outcome:
        """Adds a closing. A known `id` is the same request again."""
        intent = closings.ClosingRuleCreate.of(payload)
        return closings.closing_rule_create(self.sender.change(intent, payload))

    @changes(ClosingRulePatch, ClosingRuleResult, echoes=ClosingRuleSerializer)
    def partial_update(self, payload: Payload, id: str) -> Outcome:
        """Changes what is given."""
        return self._update(payload, id)

    @changes(ClosingRulePut, ClosingRuleResult, echoes=ClosingRuleSerializer)
    def update(self, payload: Payload, id: str) -> Outcome:
        """Changes everything: each field must be given."""
        return self._update(payload, id)

    @changes(ChangePayload, ClosingRuleResult, source="query")
    def destroy(self, payload: Payload, id: str) -> Outcome:
        """Takes a closing away."""
        return closings.closing_rule_delete(self.sender.change(closings.ClosingRuleDelete(id), payload))

    @changes(ChangePayload, ClosingRuleResult)
    def restore(self, payload: Payload, id: str) -> Outcome:
        """Brings a deleted closing back."""
        return closings.closing_rule_restore(self.sender.change(closings.ClosingRuleRestore(id), payload))

    def _update(self, payload: Payload, id: str) -> Outcome:
        intent = closings.ClosingRuleUpdate(id, closing_rule_fields(payload))
        return closings.closing_rule_update(self.sender.change(intent, payload))


class ShiftTypesViewSet(StreamViewSet):
    """The symbols that a cell may contain."""

    @answers(ShiftTypeSerializer(many=True))
    def list(self, query: Payload) -> list[Payload]:
        """The shift types in the order in which they were made."""
        return shown.shift_types(self.actor)

    @answers(ShiftTypeSerializer)
    def retrieve(self, query: Payload, id: str) -> Payload:
        """One of them; a deleted one too."""
        return shift_type_payload(shift_type_in(self.actor.restaurant_id, id, include_deleted=True))

    @changes(ShiftTypeCreatePayload, ShiftTypeResult, status=201, location="/api/shift-types/{shiftType[id]}/")
    def create(self, payload: Payload) -> Outcome:
        """Adds a symbol. A known `id` is the same request again."""
        intent = types.ShiftTypeCreate.of(payload)
        return types.shift_type_create(self.sender.change(intent, payload))

    @changes(ShiftTypePatch, ShiftTypeResult, echoes=ShiftTypeSerializer)
    def partial_update(self, payload: Payload, id: str) -> Outcome:
        """Changes what is given."""
        return self._update(payload, id)

    @changes(ShiftTypePut, ShiftTypeResult, echoes=ShiftTypeSerializer)
    def update(self, payload: Payload, id: str) -> Outcome:
        """Changes everything: each field must be given."""
        return self._update(payload, id)

    @changes(Succession, ShiftTypeResult, source="query")
    def destroy(self, payload: Payload, id: str) -> Outcome:
        """Takes a symbol out of use. One that is used is refused with where, unless a successor takes its place."""
        return types.shift_type_delete(self.sender.change(types.ShiftTypeDelete.of(payload, shift_type_id=id), payload))

    @changes(ChangePayload, ShiftTypeRestoreResult)
    def restore(self, payload: Payload, id: str) -> Outcome:
        """Brings a deleted symbol back into use. The cells that its successor took over stay with that; the result names them."""
        return types.shift_type_restore(self.sender.change(types.ShiftTypeRestore(id), payload))

    def _update(self, payload: Payload, id: str) -> Outcome:
        intent = types.ShiftTypeUpdate(id, _fields(payload), payload.get("valid_from"))
        return types.shift_type_update(self.sender.change(intent, payload))


SHIFT_TYPE_FIELDS = frozenset(ShiftTypeFields().fields)


def _fields(payload: Payload) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name in SHIFT_TYPE_FIELDS}
