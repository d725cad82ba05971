"""Between a stored row and the row of the wire: the same values under other names."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from settings_app.models import ConfigVersion
from settings_app.rules.rows import LINEAGE, Row
from settings_app.rules.table import SettingsTable
from settings_app.tables import model_of
from shiftsync.core.clock import iso
from shiftsync.core.serializers import camel
from shiftsync.realtime.stream.selectors import author_name

AnyField = Field[Any, Any]


@cache
def columns_of(model: type[Model]) -> dict[str, AnyField]:
    """The fields of a model by wire name."""
    return {camel(field.attname): field for field in model._meta.concrete_fields}


def reference_fields(table: SettingsTable) -> tuple[str, ...]:
    """The foreign keys of a table's model to what its rows refer to."""
    columns = columns_of(model_of(table))
    return tuple(columns[name].name for name in table.row.references)


def row_payload(row: Any, table: SettingsTable) -> Row:
    """A row, or an entry of its history, on the wire; what is stored in an older spelling in that of today."""
    columns = columns_of(model_of(table))
    values = {name: plain_value(getattr(row, columns[name].attname)) for name in table.row.fields}
    return {
        "id": str(row.id),
        "restaurantId": str(row.restaurant_id),
        "versionId": str(row.config_version_id),
        **table.row.read(values),
        "isActive": row.is_active,
        "createdAt": iso(row.created_at),
        "updatedAt": iso(row.updated_at),
        "revision": row.revision,
        LINEAGE: str(row.lineage_id),
    }


def version_payload(version: ConfigVersion) -> Row:
    """A version on the wire, with the name of who made it."""
    payload = {}
    for name, value in version_state(version).items():
        payload[name] = value
        if name == "createdBy":
            payload["createdByName"] = author_name(version.created_by) or None
    return payload


def version_state(version: Any) -> Row:
    """A version, or an entry of its history, as it was: who made it by id alone."""
    return {
        "id": str(version.id),
        "restaurantId": str(version.restaurant_id),
        "versionNumber": version.version_number,
        "name": version.name,
        "description": version.description,
        "createdBy": None if version.created_by_id is None else str(version.created_by_id),
        "createdAt": iso(version.created_at),
        "isActive": version.is_active,
        "isLocked": version.is_locked,
        "revision": version.revision,
    }


def as_attributes(row: Mapping[str, Any], table: SettingsTable) -> dict[str, Any]:
    """The columns of a valid wire row as the model's attributes."""
    columns = columns_of(model_of(table))
    return {columns[name].attname: stored_value(columns[name], row[name]) for name in table.row.fields if name in row}


def stored_value(field: AnyField, value: Any) -> Any:
    """A wire value as the model holds it. An id that is none stays text, for the check of references to find."""
    try:
        return field.to_python(value)
    except ValidationError:
        return value


def plain_value(value: Any) -> Any:
    """A model's value as JSON has it."""
    if isinstance(value, datetime):
        return iso(value)
    return str(value) if isinstance(value, UUID | date) else value
