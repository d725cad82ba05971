"""The form of a row: its columns as Django has them, its configs field by field."""

from collections.abc import Collection
from typing import Any, ClassVar
from uuid import UUID

from django.forms import Field as FormField
from django.forms import ModelChoiceField, Textarea

from settings_app.admin.choices import Offer, with_present
from settings_app.admin.fields import UNSET, Option, Picks, config_fields, value_at, with_value
from settings_app.admin.kinds import KIND_OF
from settings_app.admin.restaurant import settle_restaurant
from settings_app.rules.rows import Row
from settings_app.rules.shapes import Field
from settings_app.rules.table import SettingsTable
from settings_app.tables import model_of
from settings_app.wire_rows import columns_of, plain_value
from shiftsync.core.admin import BOOKKEEPING, ServiceForm
from shiftsync.core.errors import DomainError
from shiftsync.core.wording import said

PROSE_ROWS = 3


class RowForm(ServiceForm):
    """A row of ``table`` in the restaurant ``restaurant_id``; a new one goes into the version in use."""

    table: ClassVar[SettingsTable]
    known: ClassVar[dict[str, Field]] = {}
    restaurant_id: ClassVar[UUID]
    left_out: ClassVar[Collection[str]] = ()
    """Fields that say nothing for the kind of rule that this is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for path in self.left_out:
            self.fields.pop(path, None)
        settle_restaurant(self)
        for path in KIND_OF.values():
            if path in self.fields and self.instance._state.adding:
                # Chosen by an address it is no less the author's: it counts as changed.
                self.fields[path].show_hidden_initial = False
        offer = Offer(self.restaurant_id, getattr(self.instance, "config_version_id", None))
        for wire, column in columns_of(model_of(self.table)).items():
            if column.name in self.fields and wire in self.table.row.fields:
                known = self.table.row.fields[wire]
                _describe(self.fields[column.name], known, getattr(self.instance, column.attname), offer)
        for path, known in self.known.items():
            if path in self.fields:
                value = value_at(self._config_of(path), path.split(".")[1:])
                if value is not None or path not in self.initial:
                    self.initial[path] = value
                _offer(self.fields[path], known, value, offer)

    @property
    def changed(self) -> dict[str, Any]:
        """What its author changed, as columns of the wire; a config keeps all keys that no field shows."""
        names = [name for name in self.changed_data if name not in BOOKKEEPING and name != "restaurant"]
        row: Row = {}
        for name in names:
            head, *keys = name.split(".")
            if keys:
                row[head] = with_value(row.get(head, self._config_of(name)), keys, self._set_value(name))
            else:
                value = self.cleaned_data[name]
                row[self.wire_name(name)] = str(value.pk) if hasattr(value, "pk") else plain_value(value)
        return row

    def wire_name(self, name: str) -> str:
        """The column that a field of the form is about."""
        columns = columns_of(model_of(self.table)).items()
        return next((wire for wire, column in columns if name in (column.name, column.attname)), name)

    def _tell(self, refusal: DomainError) -> None:
        """Shows each reason at the field of its path, or of its column."""
        paths = [path for path in refusal.details if path in self.fields]
        for path in paths:
            self.add_error(path, said(refusal.details[path][0]))
        if paths:
            self._begin_anew(None)
        else:
            super()._tell(refusal)

    def _config_of(self, path: str) -> Any:
        name = path.partition(".")[0]
        config = getattr(self.instance, columns_of(model_of(self.table))[name].attname, None) or {}
        return self.table.row.read({name: config})[name]

    def _set_value(self, name: str) -> Any:
        value = self.cleaned_data[name]
        return None if value in ("", None) else value


def _describe(field: FormField, known: Field, value: Any, offer: Offer) -> None:
    """A column says of itself what its shape says; of rows to refer to it offers those of this version, and its own."""
    field.label, field.help_text = said(known.label), said(known.help)
    if isinstance(field.widget, Textarea):
        field.widget.attrs["rows"] = PROSE_ROWS
    if isinstance(field, ModelChoiceField) and known.refers and field.queryset is not None:
        offered = [key for key, _ in offer.choices(known.refers)]
        field.queryset = field.queryset.filter(pk__in=[*offered, *([value] if value else [])])


def _offer(field: FormField, known: Field, value: Any, offer: Offer) -> None:
    """The choices of a picker; what is chosen already is always one of them."""
    if isinstance(field, Picks) and known.refers:
        field.choices = with_present(offer.choices(known.refers), value if isinstance(value, list) else [])
    elif isinstance(field, Option):
        offered = [UNSET, *offer.choices(known.refers)] if known.refers else field.choices
        field.choices = with_present([*offered], [value] if value else [])  # type: ignore[misc]  # pairs


def row_form(table: SettingsTable) -> type[RowForm]:
    """The form class of a table."""
    declared: dict[str, Any] = {}
    known: dict[str, Field] = {}
    for name, shape in table.configs.items():
        for path, field, description in config_fields(shape, name):
            declared[path], known[path] = field, description
    form: type[RowForm] = type("RowForm", (RowForm,), {**declared, "table": table, "known": known})
    return form
