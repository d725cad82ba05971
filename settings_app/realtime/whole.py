"""The whole settings, as version 1 clients get them after every change."""

from functools import partial
from uuid import UUID

from settings_app.events import SYNC_RESPONSE
from settings_app.rules.table import SettingsTable
from settings_app.selectors.sync import sync_settings
from shiftsync.core.encoding import decode
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.selectors import reading
from shiftsync.realtime.wire import Listener, WholeState


def after_edit(table: SettingsTable) -> partial[WholeState]:
    """For an edit of one row: ``updated`` names the table."""
    return partial(_edited, tag=table.names.updated_tag)


def after_version_change(change: LoggedChange, listener: Listener) -> WholeState:
    """For another version in use, locked or unlocked. Its author must hear it too, so it is nobody's."""
    return _state(change, has_client_id=False)


def after_replacing(change: LoggedChange, listener: Listener) -> WholeState:
    """For a reset (``reset``), or a migration (``migrated``, to its author)."""
    is_reset = bool(decode(change.payload).get("reset"))
    return _state(
        change,
        has_client_id=False,
        extra={"reset": True} if is_reset else {},
        author_extra={} if is_reset else {"migrated": True},
    )


def _edited(change: LoggedChange, listener: Listener, tag: str) -> WholeState:
    return _state(change, extra={"updated": tag})


def _state(
    change: LoggedChange,
    *,
    has_client_id: bool = True,
    extra: dict[str, object] | None = None,
    author_extra: dict[str, object] | None = None,
) -> WholeState:
    return WholeState(
        key=("settings",),
        type=SYNC_RESPONSE,
        read=partial(_read, change.restaurant_id),
        extra=extra or {},
        author_extra=author_extra or {},
        has_client_id=has_client_id,
        own_may_be_stale=True,
    )


def _read(restaurant_id: UUID) -> tuple[int, dict[str, object]]:
    with reading(restaurant_id) as position:
        return position.version, sync_settings(restaurant_id)
