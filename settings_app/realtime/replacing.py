"""The messages that replace all settings at once."""

from django.utils.translation import gettext_lazy as _

from settings_app.events import SETTINGS_TOPIC, SYNC_RESPONSE
from settings_app.realtime.snapshots import after_replacing
from settings_app.selectors.sync import replacement_kept
from settings_app.serializers import MigratePayload, MigrationReport, ReplacedPayload, SettingsSyncPayload
from settings_app.services.replacing import (
    MigrationMode,
    SettingsMigrate,
    SettingsReset,
    migration_preview,
    settings_migrate,
    settings_reset,
)
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.protocol.wire import V1Form, answer, broadcast
from shiftsync.realtime.socket.router import Context, Payload, Reply, change, change_message
from shiftsync.realtime.stream.requests import Outcome
from shiftsync.realtime.stream.selectors import position_of

answer("SETTINGS_MIGRATE", MigrationReport)
answer("SETTINGS_RESET", ReplacedPayload)
broadcast(
    SYNC_RESPONSE,
    SETTINGS_TOPIC,
    SettingsSyncPayload,
    v1=V1Form(keeps=False, whole=after_replacing),
    expand=replacement_kept,
    told=_("changed the rules"),
)


def reset_report(context: Context, payload: Payload, outcome: Outcome) -> list[Reply]:
    """What the reset did."""
    return [Reply("SETTINGS_RESET", dict(outcome.result))]


def migration_report(context: Context, payload: Payload, outcome: Outcome) -> list[Reply]:
    """What the migration did, or would do."""
    return [Reply("SETTINGS_MIGRATE", dict(outcome.result))]


change_message("SETTINGS_RESET", ChangePayload, SettingsReset, settings_reset, replies=reset_report)


@change("SETTINGS_MIGRATE", MigratePayload, replies=migration_report)
def migrate(context: Context, payload: Payload) -> Outcome:
    """Migrates what a browser stored, or only previews it (``dryRun``)."""
    request = context.sender.change(SettingsMigrate.of(payload), payload)
    if MigrationMode.of(payload).dry_run:
        return Outcome(position_of(request.actor.restaurant_id).version, migration_preview(request))
    return settings_migrate(request)
