"""Form fields for the values of a shape: numbers, choices, days of the week, people and groups, never raw JSON.

A field's name is the path of its value: ``limitConfig.maxCount``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from settings_app.rules.shapes import Field, Shape, join
from settings_app.rules.values import (
    HOLIDAYS,
    Choice,
    Day,
    Flag,
    Integer,
    ListOf,
    MapOf,
    NamedDay,
    Number,
    Text,
    Value,
    Weekday,
    WordOrSymbol,
    is_day,
)
from shiftsync.core.admin_fields import Words
from shiftsync.core.wording import lazily, said

_NAMES = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
DAYS = tuple((number, lazily(name)) for number, name in enumerate(_NAMES))
NAMED_DAYS = (("holiday", lazily("Public holiday")), ("before_holiday", lazily("Day before a holiday")))
UNSET = ("", "—")


class Days(Words):
    """Days as ``2025-08-05, 2025-08-12``."""

    def clean(self, value: Any) -> list[str]:
        days: list[str] = super().clean(value)
        wrong = [day for day in days if not is_day(day)]
        if wrong:
            raise forms.ValidationError(said(f"{wrong[0]} is not a date (YYYY-MM-DD)."))
        return days


class Numbers(Words):
    """Numbers by name: ``fairness = 2, off = 1.5``."""

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value([f"{k} = {v}" for k, v in value.items()] if isinstance(value, dict) else value)

    def clean(self, value: Any) -> Any:
        pairs = [entry.partition("=") for entry in super().clean(value)]
        try:
            return {name.strip(): float(number) for name, _, number in pairs}
        except ValueError:
            raise forms.ValidationError(said("Write: name = number, name = number.")) from None


class YesNo(forms.NullBooleanSelect):
    """Yes, no, or not set."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices = [("unknown", "—"), ("true", lazily("Yes")), ("false", lazily("No"))]


class Picker(FilteredSelectMultiple):
    """Django's two lists with a search; in an element of its own, since its script puts them before what stands beside it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return format_html('<div class="picker">{}</div>', super().render(name, value, attrs, renderer))


class Picks(forms.MultipleChoiceField):
    """Several of what there is; what is chosen already may stay, though it is not there any more."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return True


class Option(forms.ChoiceField):
    """One of some words, or what was there."""

    def valid_value(self, value: Any) -> bool:
        return True


def config_fields(shape: Shape, path: str) -> Iterator[tuple[str, forms.Field, Field]]:
    """The form fields of an object of that shape: path, form field, description."""
    for name, known in shape.fields.items():
        place = join(path, name)
        if isinstance(known.value, Shape):
            yield from config_fields(known.value, place)
        elif known.listed is None:  # The page has a form for lists of objects; here they stay as they are.
            yield place, form_field(known), known


def form_field(known: Field) -> forms.Field:
    """The form field of one value that may be left empty: not set."""
    options: dict[str, Any] = {"label": lazily(known.label), "help_text": _helped(known), "required": False}
    kind = known.value
    if isinstance(kind, ListOf):
        return _list_field(kind.item, known, options)
    if isinstance(kind, MapOf):
        return Numbers(**options)
    if isinstance(kind, Flag):
        return forms.NullBooleanField(widget=YesNo, **options)
    if known.refers is not None:
        return Option(choices=[UNSET], **options)
    return _single_field(kind, options)


def _help(known: Field) -> str:
    """The field's own words, and what an empty one counts as."""
    default = said(as_text(known.default).replace("_", " ")) if known.default not in (None, "", [], {}) else ""
    if isinstance(known.value, Weekday) and isinstance(known.default, int):
        default = said(_NAMES[known.default])
    empty = gettext("empty means %(default)s") % {"default": default} if default else ""
    return "; ".join(filter(None, (said(known.help), empty)))


# Once: Django makes a class for each call of `lazy`, 20 KB for each of a hundred fields.
_helped: Any = lazy(_help, str)


def as_text(value: Any, names: Mapping[str, str] | None = None) -> str:
    """A value as one reads it; ``names`` are those of ids."""
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        return ", ".join(as_text(each, names) for each in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {as_text(each, names)}" for key, each in value.items())
    return (names or {}).get(str(value), str(value))


def _day_of_week(value: str) -> int | str:
    return value if value in HOLIDAYS else int(value)


def _list_field(item: Value, known: Field, options: dict[str, Any]) -> forms.Field:
    if known.refers is not None:
        return Picks(widget=Picker(options["label"], is_stacked=False), **options)
    if isinstance(item, Weekday):
        widget = forms.CheckboxSelectMultiple
        choices = [*DAYS, *NAMED_DAYS] if isinstance(item, NamedDay) else DAYS
        return forms.TypedMultipleChoiceField(
            choices=choices, coerce=_day_of_week, empty_value=[], widget=widget, **options
        )
    return Days(**options) if isinstance(item, Day) else Words(**options)


def _single_field(kind: Value, options: dict[str, Any]) -> forms.Field:
    if isinstance(kind, Weekday):
        return forms.TypedChoiceField(choices=[UNSET, *DAYS], coerce=int, empty_value=None, **options)
    if isinstance(kind, Integer):
        return forms.IntegerField(**options, **_bounds(kind))
    if isinstance(kind, Number):
        return forms.FloatField(**options, **_bounds(kind))
    if isinstance(kind, Choice | WordOrSymbol):
        words = kind.options if isinstance(kind, Choice) else kind.words
        return Option(choices=[UNSET, *((word, lazily(word.replace("_", " "))) for word in words)], **options)
    if isinstance(kind, Day):
        return forms.DateField(**options)
    return forms.CharField(max_length=kind.longest if isinstance(kind, Text) else None, **options)


def _bounds(kind: Number) -> dict[str, Any]:
    whole = int if isinstance(kind, Integer) else float
    bounds = {"min_value": kind.minimum, "max_value": kind.maximum}
    return {name: whole(bound) for name, bound in bounds.items() if bound is not None}


def value_at(config: Any, keys: list[str]) -> Any:
    """What an object holds at a path; None where it holds nothing."""
    for key in keys:
        config = config.get(key) if isinstance(config, Mapping) else None
    return config


def with_value(config: Any, keys: list[str], value: Any) -> dict[str, Any]:
    """A copy of an object with another value at a path; all other keys, unknown ones too, stay. None: not set."""
    copy = dict(config) if isinstance(config, Mapping) else {}
    head, *rest = keys
    if rest:
        copy[head] = with_value(copy.get(head), rest, value)
    elif value is None:
        copy.pop(head, None)
    else:
        copy[head] = value
    return copy
