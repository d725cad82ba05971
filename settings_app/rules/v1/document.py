"""The whole settings, as version 1 clients read them."""

from collections.abc import Sequence
from typing import Any

from settings_app.rules.rows import Row
from settings_app.rules.table import SettingsTable
from settings_app.rules.v1.daily import BY_STATUS, daily_object
from settings_app.rules.v1.flat import flat_row
from settings_app.rules.v1.ortools import ortools_object

DAILY, SOLVER = "dailyLimits", "mlModelConfigs"


def document_for_v1(
    answer: dict[str, Any], tables: Sequence[SettingsTable], switched_off: Sequence[Row] | None = None
) -> dict[str, Any]:
    """The answer to a sync with keys at the top of its rows and the solver configuration under its other name.

    With ``switched_off`` (the daily limits that were) the limits of a day inside ``settings`` are one object; beside it they stay rows.
    """
    unknown = {table.names.collection for table in tables if not table.is_for_v1}
    answer = {name: value for name, value in answer.items() if name not in unknown}
    settings = {name: value for name, value in answer["settings"].items() if name not in unknown}
    flat = {
        table.names.collection: [flat_row(row, table.key) for row in settings[table.names.collection]]
        for table in tables
        if table.is_for_v1
    }
    told = {**settings, **flat, "ortoolsConfig": ortools_object(_in_use(settings[SOLVER]))}
    if switched_off is not None:
        told[DAILY] = daily_object([*reversed(settings[DAILY]), *switched_off])
        told[BY_STATUS] = told[DAILY][BY_STATUS]
    return {**answer, "settings": told, **flat}


def _in_use(rows: Sequence[Row]) -> Row | None:
    """Of solver configurations, the newest first, the one that is used."""
    return next((row for row in rows if row["isDefault"]), rows[0] if rows else None)
