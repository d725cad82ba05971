"""The settings as version 1 clients read them."""

from typing import Any
from uuid import UUID

from settings_app.models import SettingsRow
from settings_app.rules.v1.daily import SWITCHED_OFF
from settings_app.rules.v1.document import document_for_v1
from settings_app.selectors.rows import rows_of
from settings_app.selectors.sync import sync_settings
from settings_app.tables import DAILY_LIMITS, settings_tables
from settings_app.wire_rows import row_payload


def sync_settings_v1(
    restaurant_id: UUID, version_id: object = None, *, daily_as_object: bool = False
) -> dict[str, Any]:
    """:func:`sync_settings` in the form of version 1; ``daily_as_object``: with the limits of a day as one object."""
    answer = sync_settings(restaurant_id, version_id)
    if not daily_as_object:
        return document_for_v1(answer, settings_tables())
    off = switched_off_rows(UUID(answer["settings"]["version"]["id"]))
    return document_for_v1(answer, settings_tables(), [row_payload(row, DAILY_LIMITS) for row in off])


def switched_off_rows(version_id: UUID) -> list[SettingsRow]:
    """The daily limits that were switched off by the object of the day, the oldest first. Those that were deleted are not."""
    deleted = rows_of(DAILY_LIMITS, version_id, include_deleted=True).filter(is_active=False)
    found = [row for row in deleted if _is_switched_off(row)]
    return found[::-1]


def _is_switched_off(row: Any) -> bool:
    return isinstance(row.limit_config, dict) and row.limit_config.get(SWITCHED_OFF) is True
