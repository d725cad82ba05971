"""The updates that only version 1 clients send: empty ones, the limits of a day as one object, the solver under its other name."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from settings_app.rules.table import SettingsTable
from settings_app.rules.v1.daily import is_daily_object
from settings_app.serializers import ID_LENGTH
from settings_app.services.checks import known_keys
from settings_app.services.v1 import DailyLimitsSave, OrtoolsSave, daily_limits_save, ortools_save
from settings_app.tables import DAILY_LIMITS
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.router import V1_HANDLERS, Context, Payload, change
from shiftsync.realtime.stream.requests import Outcome
from shiftsync.realtime.stream.selectors import position_of


def peculiar_update(table: SettingsTable, context: Context, payload: Payload) -> Outcome | None:
    """Carries out an update that is none of a row; None where it is one."""
    if context.protocol is not Protocol.V1:
        return None
    row = payload.get(table.names.row)
    has_id = bool(payload.get(f"{table.names.row}_id")) or bool(row and row.get("id"))
    if table is DAILY_LIMITS and row and not has_id and is_daily_object(row):
        return daily_limits_save(context.change(DailyLimitsSave(row, payload.get("version_id")), payload))
    if not has_id and not _says_something(table, row or payload.get("changes") or {}):
        return nothing(context)
    return None


def nothing(context: Context) -> Outcome:
    """An update that says nothing changes nothing, and is no error."""
    return Outcome(position_of(context.actor.restaurant_id).version, {})


def _says_something(table: SettingsTable, given: Mapping[str, Any]) -> bool:
    return bool(known_keys(table, given, from_v1=True))


class OrtoolsPayload(ChangePayload):
    """``config``: ``preset``, ``penaltyWeights``, ``solverSettings``, ``hardConstraints``, ``isActive``; null or missing: nothing happens."""

    config = serializers.DictField(required=False)
    version_id = serializers.CharField(max_length=ID_LENGTH, required=False)


@change("SETTINGS_UPDATE_ORTOOLS_CONFIG", OrtoolsPayload, among=V1_HANDLERS)
def update_ortools(context: Context, payload: Payload) -> Outcome:
    config = payload.get("config")
    if not config:
        return nothing(context)
    return ortools_save(context.change(OrtoolsSave(config, payload.get("version_id")), payload))
