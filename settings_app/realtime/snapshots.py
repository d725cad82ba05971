"""The whole settings, as version 1 clients get them after every change."""

from functools import partial
from uuid import UUID

from settings_app.events import SYNC_RESPONSE
from settings_app.realtime.v1.reading import DAILY_AS_OBJECT
from settings_app.rules.table import SettingsTable
from settings_app.selectors.v1 import sync_settings_v1
from shiftsync.core.encoding import decode
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.protocol.wire import Listener, Snapshot
from shiftsync.realtime.stream.selectors import reading


def after_edit(table: SettingsTable) -> partial[Snapshot]:
    """For an edit of one row: ``updated`` names the table."""
    return partial(_edited, tag=table.names.updated_tag)


def after_version_change(change: LoggedChange, listener: Listener) -> Snapshot:
    """After another version was activated, locked or unlocked. Sent with clientId null, or the author's version 1 client would ignore it."""
    return _state(change, listener, has_client_id=False)


def after_replacing(change: LoggedChange, listener: Listener) -> Snapshot:
    """For a reset (``reset``), a migration (``migrated``, to its author), or an edit of several rows (``updated``)."""
    told = decode(change.payload)
    if "updated" in told:
        return _state(change, listener, extra={"updated": told["updated"]})
    is_reset = bool(told.get("reset"))
    return _state(
        change,
        listener,
        has_client_id=False,
        extra={"reset": True} if is_reset else {},
        author_extra={} if is_reset else {"migrated": True},
    )


def _edited(change: LoggedChange, listener: Listener, tag: str) -> Snapshot:
    return _state(change, listener, extra={"updated": decode(change.payload).get("updated", tag)})


def _state(
    change: LoggedChange,
    listener: Listener,
    *,
    has_client_id: bool = True,
    extra: dict[str, object] | None = None,
    author_extra: dict[str, object] | None = None,
) -> Snapshot:
    as_object = DAILY_AS_OBJECT in listener.traits
    return Snapshot(
        key=("settings", as_object),
        type=SYNC_RESPONSE,
        read=partial(_read, change.restaurant_id, as_object),
        extra=extra or {},
        author_extra=author_extra or {},
        has_client_id=has_client_id,
        own_may_be_stale=True,
    )


def _read(restaurant_id: UUID, as_object: bool) -> tuple[int, dict[str, object]]:
    with reading(restaurant_id) as position:
        return position.version, sync_settings_v1(restaurant_id, daily_as_object=as_object)
