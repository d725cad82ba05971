"""The updates that only version 1 clients send: empty ones, the limits of a day as one object, the solver under its other name."""

from rest_framework import serializers

from settings_app.rules.table import SettingsTable
from settings_app.rules.v1.daily import KEYS_OF_A_DAY, is_daily_object
from settings_app.rules.v1.flat import takes_out_of_use
from settings_app.serializers import ID_LENGTH
from settings_app.services.checks import known_keys
from settings_app.services.rows import RowDelete, row_delete
from settings_app.services.v1 import DailyLimitsSave, OrtoolsSave, daily_limits_save, ortools_save
from settings_app.tables import DAILY_LIMITS
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.socket.router import V1_HANDLERS, Context, Payload, change
from shiftsync.realtime.stream.requests import Outcome
from shiftsync.realtime.stream.selectors import position_of

_NOT_OF_THE_ROW = {"changes", "versionId", "baseVersion", "strategy", "reason"}


def gathered(table: SettingsTable, context: Context, payload: Payload) -> Payload:
    """An update of a version 1 client with what stands beside its row, or its changes, inside of them: ``{limitId, maxCount: 3}``.

    What is in its place counts before what is not.
    """
    names, sent = table.names, context.envelope.payload
    if not context.is_v1:
        return payload
    beside = {key: value for key, value in sent.items() if key not in {names.row, names.id_key, *_NOT_OF_THE_ROW}}
    found = known_keys(table, beside, from_v1=True)
    if table is DAILY_LIMITS:
        found |= {key: value for key, value in beside.items() if key in KEYS_OF_A_DAY}
    if not found:
        return payload
    place = names.row if names.row in payload else "changes"
    return {**payload, place: {**found, **payload.get(place, {})}}


def peculiar_update(table: SettingsTable, context: Context, payload: Payload) -> Outcome | None:
    """Carries out an update that is not about a row; returns None if it is."""
    if not context.is_v1:
        return None
    row = payload.get(table.names.row) or payload.get("changes") or {}
    row_id = payload.get(f"{table.names.row}_id") or row.get("id")
    has_id = bool(row_id)
    if has_id and takes_out_of_use(row, table.key):
        return row_delete(context.sender.change(RowDelete(table.key, str(row_id), payload.get("version_id")), payload))
    says_something = bool(known_keys(table, row, from_v1=True))
    if table is DAILY_LIMITS and is_daily_object(row) and not (has_id and says_something):
        return daily_limits_save(context.sender.change(DailyLimitsSave(row, payload.get("version_id")), payload))
    if not has_id and not says_something:
        return nothing(context)
    return None


def nothing(context: Context) -> Outcome:
    """An update that says nothing changes nothing, and is no error."""
    return Outcome(position_of(context.actor.restaurant_id).version, {})


class OrtoolsPayload(ChangePayload):
    """``config``: ``preset``, ``penaltyWeights``, ``solverSettings``, ``hardConstraints``, ``isActive``; null or missing: nothing happens."""

    config = serializers.DictField(required=False)
    version_id = serializers.CharField(max_length=ID_LENGTH, required=False)


@change("SETTINGS_UPDATE_ORTOOLS_CONFIG", OrtoolsPayload, among=V1_HANDLERS)
def update_ortools(context: Context, payload: Payload) -> Outcome:
    """Updates the default solver configuration in its version 1 form. An empty config changes nothing."""
    config = payload.get("config")
    if not config:
        return nothing(context)
    return ortools_save(context.sender.change(OrtoolsSave(config, payload.get("version_id")), payload))
