"""The form of a row: its columns as Django has them, its configs field by field."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.forms import Field as FormField

from settings_app.admin.fields import Option, Picks, config_fields, value_at, with_value
from settings_app.rules.rows import Row
from settings_app.rules.shapes import STAFF, Field
from settings_app.rules.table import SettingsTable
from settings_app.selectors.rows import all_rows
from settings_app.tables import demand_table, model_of
from settings_app.wire_rows import columns_of, plain_value
from shiftsync.core.admin import BOOKKEEPING, ServiceForm
from shiftsync.core.errors import DomainError
from staff.models import StaffMember

Choices = list[tuple[str, str]]


class RowForm(ServiceForm):
    """A row of ``table``. ``restaurants``: those whose people and groups may be picked where the row has none yet."""

    table: ClassVar[SettingsTable]
    known: ClassVar[dict[str, Field]] = {}
    restaurants: ClassVar[Iterable[UUID]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices: dict[str, Choices] = {}
        for path, known in self.known.items():
            if path not in self.fields:
                continue
            value = value_at(self._config_of(path), path.split(".")[1:])
            self.initial[path] = value
            self._offer(self.fields[path], known, value)

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
            self.add_error(path, str(refusal.details[path][0]))
        if paths:
            self._begin_anew(None)
        else:
            super()._tell(refusal)

    def _config_of(self, path: str) -> Any:
        column = columns_of(model_of(self.table))[path.partition(".")[0]]
        return getattr(self.instance, column.attname, None) or {}

    def _set_value(self, name: str) -> Any:
        value = self.cleaned_data[name]
        return None if value in ("", None) else value

    def _offer(self, field: FormField, known: Field, value: Any) -> None:
        """The choices of a picker; what is chosen already is always one of them."""
        if isinstance(field, Picks) and known.refers:
            targets = [known.refers.target] if known.refers.target else [*known.refers.targets.values(), ""]
            choices = [choice for target in targets for choice in self._choices_of(target)]
            field.choices = _with_present(choices, value if isinstance(value, list) else [])
        elif isinstance(field, Option):
            field.choices = _with_present([*field.choices], [value] if value else [])  # type: ignore[misc]  # pairs

    def _choices_of(self, target: str) -> Choices:
        if target not in self._choices:
            self._choices[target] = self._read_choices(target)
        return self._choices[target]

    def _read_choices(self, target: str) -> Choices:
        own = self.instance.restaurant_id if self.instance.pk and self.instance.restaurant_id else None
        restaurants = [own] if own else list(self.restaurants)
        people = StaffMember.objects.filter(restaurant_id__in=restaurants, is_active=True)
        if target == STAFF:
            return [(str(id), name) for id, name in people.values_list("id", "name")]
        if not target:
            told = people.values_list("position", "type", "status")
            return [(word, word) for word in dict.fromkeys(word for words in told for word in words) if word]
        return [choice for restaurant_id in restaurants for choice in self._rows(target, restaurant_id)]

    def _rows(self, target: str, restaurant_id: UUID) -> Choices:
        rows = all_rows(demand_table(target), restaurant_id).filter(is_active=True)
        version_id = getattr(self.instance, "config_version_id", None)
        rows = rows.filter(config_version_id=version_id) if version_id else rows.filter(config_version__is_active=True)
        return [(str(id), name) for id, name in rows.values_list("id", "name")]


def _with_present(choices: Choices, present: list[str]) -> Choices:
    there = {key for key, _ in choices}
    return [*choices, *((each, f"{each} (not there any more)") for each in present if each not in there)]


def row_form(table: SettingsTable) -> type[RowForm]:
    """The form class of a table."""
    declared: dict[str, Any] = {}
    known: dict[str, Field] = {}
    for name, shape in table.configs.items():
        for path, field, description in config_fields(shape, name):
            declared[path], known[path] = field, description
    form: type[RowForm] = type("RowForm", (RowForm,), {**declared, "table": table, "known": known})
    return form
