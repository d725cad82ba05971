"""The messages about periods, calendar days and shift types."""

from django.utils.translation import gettext_lazy as _

from schedules.events.calendar import CALENDAR_TOPIC
from schedules.realtime.snapshots import after_day, after_move, after_period, after_restaurant, whole_calendar
from schedules.serializers.calendar import (
    CalendarDaySerializer,
    CalendarUpdatePayload,
    PeriodCreatedPayload,
    PeriodCreatePayload,
    PeriodDeletedPayload,
    PeriodDeletePayload,
    PeriodRestorePayload,
    PeriodUpdatePayload,
    ShiftTypeCreatePayload,
    ShiftTypeDeletedPayload,
    ShiftTypeDeletePayload,
    ShiftTypeRestorePayload,
    ShiftTypeSerializer,
    ShiftTypeUpdatedPayload,
    ShiftTypeUpdatePayload,
)
from schedules.serializers.closings import (
    ClosingRuleCreatePayload,
    ClosingRuleDeletedPayload,
    ClosingRuleDeletePayload,
    ClosingRuleRestorePayload,
    ClosingRuleSerializer,
    ClosingRuleUpdatePayload,
)
from schedules.services import calendar as services
from schedules.services import closings
from schedules.services import shift_types as types
from shiftsync.core.scopes import Area
from shiftsync.realtime.protocol.wire import KNOWN_TO_V1, V1Form, broadcast, follow_for_v1, topic
from shiftsync.realtime.socket.router import change_message

topic(CALENDAR_TOPIC, Area.SCHEDULE)
broadcast(
    "CALENDAR_UPDATE",
    CALENDAR_TOPIC,
    CalendarDaySerializer,
    is_for_editors=True,
    v1=V1Form(more=after_day),
    told=_("changed a special day"),
)
AS_DAYS = V1Form(keeps=False, whole=whole_calendar)
broadcast(
    "CLOSING_RULE_CREATE",
    CALENDAR_TOPIC,
    ClosingRuleSerializer,
    is_for_editors=True,
    v1=AS_DAYS,
    told=_("added a recurring closing"),
)
broadcast(
    "CLOSING_RULE_UPDATE",
    CALENDAR_TOPIC,
    ClosingRuleSerializer,
    is_for_editors=True,
    v1=AS_DAYS,
    told=_("changed a recurring closing"),
)
broadcast(
    "CLOSING_RULE_DELETE",
    CALENDAR_TOPIC,
    ClosingRuleDeletedPayload,
    is_for_editors=True,
    v1=AS_DAYS,
    told=_("removed a recurring closing"),
)
broadcast("PERIOD_CREATE", CALENDAR_TOPIC, PeriodCreatedPayload, v1=V1Form(more=after_period), told=_("added a period"))
broadcast(
    "SHIFT_TYPE_CREATE",
    CALENDAR_TOPIC,
    ShiftTypeSerializer,
    is_for_editors=True,
    v1=KNOWN_TO_V1,
    told=_("added a shift type"),
)
broadcast(
    "PERIOD_UPDATE", CALENDAR_TOPIC, PeriodCreatedPayload, v1=V1Form(more=after_period), told=_("changed a period")
)
broadcast("PERIOD_DELETE", CALENDAR_TOPIC, PeriodDeletedPayload, v1=KNOWN_TO_V1, told=_("removed a period"))
FOLLOWED = V1Form(more=after_move)
broadcast(
    "SHIFT_TYPE_UPDATE",
    CALENDAR_TOPIC,
    ShiftTypeUpdatedPayload,
    is_for_editors=True,
    v1=FOLLOWED,
    told=_("changed a shift type"),
)
broadcast(
    "SHIFT_TYPE_DELETE",
    CALENDAR_TOPIC,
    ShiftTypeDeletedPayload,
    is_for_editors=True,
    v1=FOLLOWED,
    told=_("removed a shift type"),
)
follow_for_v1("RESTAURANT_UPDATE", after_restaurant)

change_message(
    "CALENDAR_UPDATE",
    CalendarUpdatePayload,
    services.CalendarDayUpdate,
    services.calendar_day_update,
    implied=lambda context: {"as_shown": context.is_v1},
)
change_message(
    "CLOSING_RULE_CREATE", ClosingRuleCreatePayload, closings.ClosingRuleCreate, closings.closing_rule_create
)
change_message(
    "CLOSING_RULE_UPDATE", ClosingRuleUpdatePayload, closings.ClosingRuleUpdate, closings.closing_rule_update
)
change_message(
    "CLOSING_RULE_DELETE", ClosingRuleDeletePayload, closings.ClosingRuleDelete, closings.closing_rule_delete
)
change_message(
    "CLOSING_RULE_RESTORE", ClosingRuleRestorePayload, closings.ClosingRuleRestore, closings.closing_rule_restore
)
change_message("PERIOD_CREATE", PeriodCreatePayload, services.PeriodCreate, services.period_create)
change_message("PERIOD_UPDATE", PeriodUpdatePayload, services.PeriodUpdate, services.period_update)
change_message("PERIOD_DELETE", PeriodDeletePayload, services.PeriodDelete, services.period_delete)
change_message("SHIFT_TYPE_CREATE", ShiftTypeCreatePayload, types.ShiftTypeCreate, types.shift_type_create)
change_message("SHIFT_TYPE_UPDATE", ShiftTypeUpdatePayload, types.ShiftTypeUpdate, types.shift_type_update)
change_message("SHIFT_TYPE_DELETE", ShiftTypeDeletePayload, types.ShiftTypeDelete, types.shift_type_delete)
change_message("PERIOD_RESTORE", PeriodRestorePayload, services.PeriodRestore, services.period_restore)
change_message("SHIFT_TYPE_RESTORE", ShiftTypeRestorePayload, types.ShiftTypeRestore, types.shift_type_restore)
