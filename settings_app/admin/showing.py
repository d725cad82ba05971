"""The values inside a config where they can only be looked at: for viewers, and of rows that are locked or deleted."""

from collections.abc import Callable
from typing import Any

from settings_app.admin.choices import Offer
from settings_app.admin.fields import as_text, value_at
from settings_app.rules.shapes import Field
from settings_app.rules.table import SettingsTable
from settings_app.tables import model_of
from settings_app.wire_rows import columns_of
from shiftsync.core.wording import lazily


def shown_value(table: SettingsTable, path: str, known: Field) -> Callable[[Any], str]:
    """A read-only field of Django's admin for the value at ``path``; ids read as the names of what they mean."""
    head, *keys = path.split(".")
    column = columns_of(model_of(table))[head].attname

    def show(row: Any) -> str:
        value = value_at(getattr(row, column), keys)
        names = dict(Offer(row.restaurant_id, row.config_version_id).choices(known.refers)) if known.refers else {}
        return as_text(value, names)

    show.short_description = lazily(known.label)  # type: ignore[attr-defined]  # read by Django
    return show
