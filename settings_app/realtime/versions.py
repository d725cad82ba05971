"""The messages about versions, and the whole settings of one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from settings_app.events import SETTINGS_TOPIC, SYNC_RESPONSE
from settings_app.realtime.snapshots import after_version_change
from settings_app.realtime.v1.reading import answer_for, traits_of_question
from settings_app.selectors.comparing import VersionPair, compare_versions
from settings_app.selectors.sync import OfVersion, activation_kept, sync_settings
from settings_app.selectors.versions import versions_of
from settings_app.serializers import (
    CompareQuery,
    ComparisonPayload,
    SettingsQuery,
    SettingsSyncPayload,
    VersionActivatedPayload,
    VersionCreatePayload,
    VersionDeletedPayload,
    VersionIdPayload,
    VersionPayload,
    VersionsPayload,
)
from settings_app.services import versions as services
from settings_app.v1_serializers import SettingsSyncOfV1
from settings_app.wire_rows import version_payload
from shiftsync.core.actor import Role
from shiftsync.realtime.protocol.payloads import Nothing
from shiftsync.realtime.protocol.wire import KNOWN_TO_V1, V1_ANSWERS, V1Form, answer, broadcast
from shiftsync.realtime.socket.router import Context, Payload, change_message, query

answer(SYNC_RESPONSE, SettingsSyncOfV1, among=V1_ANSWERS)

REREAD = V1Form(whole=after_version_change)

broadcast("SETTINGS_CREATE_VERSION", SETTINGS_TOPIC, VersionPayload, v1=KNOWN_TO_V1, told=_("changed the rules"))
broadcast("SETTINGS_DELETE_VERSION", SETTINGS_TOPIC, VersionDeletedPayload, v1=KNOWN_TO_V1, told=_("changed the rules"))
broadcast(
    "SETTINGS_ACTIVATE_VERSION",
    SETTINGS_TOPIC,
    VersionActivatedPayload,
    v1=REREAD,
    expand=activation_kept,
    told=_("changed the rules"),
)
broadcast("SETTINGS_LOCK_VERSION", SETTINGS_TOPIC, VersionPayload, v1=REREAD, told=_("changed the rules"))
broadcast("SETTINGS_UNLOCK_VERSION", SETTINGS_TOPIC, VersionPayload, v1=REREAD, told=_("changed the rules"))


@query(
    "SETTINGS_SYNC_REQUEST", SettingsQuery, answers=SYNC_RESPONSE, shape=SettingsSyncPayload, traits=traits_of_question
)
def settings_sync(context: Context, payload: Payload) -> dict[str, Any]:
    """All rows of the active version, or of the one that is named."""
    if context.is_v1:
        return answer_for(context, payload)
    return sync_settings(context.actor.restaurant_id, OfVersion.of(payload).version_id)


@query("SETTINGS_VERSIONS_REQUEST", Nothing, answers="SETTINGS_VERSIONS_RESPONSE", shape=VersionsPayload)
def settings_versions(context: Context, payload: Payload) -> dict[str, Any]:
    """All versions, the newest first."""
    return {"versions": [version_payload(version) for version in versions_of(context.actor.restaurant_id)]}


@query("SETTINGS_COMPARE_REQUEST", CompareQuery, answers="SETTINGS_COMPARE_RESPONSE", shape=ComparisonPayload)
def settings_compare(context: Context, payload: Payload) -> dict[str, Any]:
    """The differences between two versions."""
    return compare_versions(context.actor.restaurant_id, VersionPair.of(payload))


change_message("SETTINGS_CREATE_VERSION", VersionCreatePayload, services.VersionCreate, services.version_create)
change_message("SETTINGS_ACTIVATE_VERSION", VersionIdPayload, services.VersionActivate, services.version_activate)
change_message("SETTINGS_LOCK_VERSION", VersionIdPayload, services.VersionLock, services.version_lock, needs=Role.OWNER)
change_message(
    "SETTINGS_UNLOCK_VERSION", VersionIdPayload, services.VersionUnlock, services.version_unlock, needs=Role.OWNER
)
change_message("SETTINGS_DELETE_VERSION", VersionIdPayload, services.VersionDelete, services.version_delete)
