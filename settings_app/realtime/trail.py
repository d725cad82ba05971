"""The messages about the audit trail."""

from typing import Any

from settings_app.selectors.trail import TrailQuestion, trail_payload
from settings_app.serializers import ChangeIdPayload, TrailPayload, TrailQuery
from settings_app.services.restoring import ChangeRestore, change_restore
from shiftsync.realtime.socket.router import Context, Payload, change_message, query


@query("SETTINGS_CHANGES_REQUEST", TrailQuery, answers="SETTINGS_CHANGES_RESPONSE", shape=TrailPayload)
def settings_changes(context: Context, payload: Payload) -> dict[str, Any]:
    """A page of the audit trail, the newest entries first."""
    return trail_payload(context.actor.restaurant_id, TrailQuestion.of(payload))


change_message("SETTINGS_RESTORE_CHANGE", ChangeIdPayload, ChangeRestore, change_restore)
