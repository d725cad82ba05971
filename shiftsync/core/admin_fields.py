"""Form fields for what is stored as JSON, so that nobody types JSON: words, months, choices."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shiftsync.core.wording import said


class Words(forms.Field):
    """A list of words, separated by commas."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(each) for each in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        text = self.prepare_value(value) or ""
        return [word.strip() for word in text.replace("、", ",").split(",") if word.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class MonthOrDay(forms.Field):
    """A month or a day of it, as ``2026-04`` or ``2026-04-15``; stored as ``{"year", "month", "day"?}``."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("A month or a day: 2026-04 or 2026-04-15."), **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"size": "12", "placeholder": "2026-04", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return "-".join(f"{value[key]:02}" for key in ("year", "month", "day") if value.get(key))

    def to_python(self, value: Any) -> dict[str, int] | None:
        text = str(self.prepare_value(value) or "").strip().replace("/", "-")
        if not text:
            return None
        parts = text.split("-")
        if not (2 <= len(parts) <= 3 and all(part.isascii() and part.isdecimal() for part in parts)):
            raise forms.ValidationError(gettext("Write a month or a day: 2026-04 or 2026-04-15."))
        point = dict(zip(("year", "month", "day"), map(int, parts), strict=False))
        if not (1900 <= point["year"] <= 2200 and 1 <= point["month"] <= 12):
            raise forms.ValidationError(gettext("There is no such month."))
        if not 1 <= point.get("day", 1) <= monthrange(point["year"], point["month"])[1]:
            raise forms.ValidationError(gettext("This month has no such day."))
        return point

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except forms.ValidationError:
            return True


ALWAYS = "*"
_TIMES = re.compile(r"(\*|\d{4}-\d{2}-\d{2})\s+(\d{1,2}:\d{2})?\s*[-–]\s*(\d{1,2}:\d{2})?")


class DatedTimes(forms.Field):
    """Times of day that hold from days on: a line for each, ``2025-08-10 09:00-17:00``; ``*`` is from the beginning, and ``-`` no times."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 30})

    def __init__(self, **kwargs: Any) -> None:
        text = _("One per line: 2025-08-10 09:00-17:00. * means from the beginning; empty: always the times above.")
        super().__init__(**{"required": False, "help_text": text, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        spans = [f"{each.get('startTime') or ''}-{each.get('endTime') or ''}" for each in value]
        return "\n".join(f"{each['validFrom'] or ALWAYS} {span}" for each, span in zip(value, spans, strict=True))

    def to_python(self, value: Any) -> list[dict[str, str | None]]:
        lines = [line.strip() for line in str(self.prepare_value(value) or "").splitlines() if line.strip()]
        found = [(line, _TIMES.fullmatch(line)) for line in lines]
        for line, parts in found:
            if parts is None:
                raise forms.ValidationError(gettext("“%(line)s” is not a day and its times.") % {"line": line})
        return [
            {
                "validFrom": None if parts[1] == ALWAYS else parts[1],
                "startTime": parts[2] and parts[2].rjust(5, "0"),
                "endTime": parts[3] and parts[3].rjust(5, "0"),
            }
            for _line, parts in found
            if parts
        ]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except forms.ValidationError:
            return True


class Several(forms.TypedMultipleChoiceField):
    """Several of some choices, to tick. What is chosen already may stay, though it is no choice any more."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, coerce: Callable[[Any], Any] = str, choices: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(coerce=coerce, choices=choices, empty_value=[], required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return {str(each) for each in _listed(initial)} != {str(each) for each in _listed(data)}

    def offer(self, choices: Iterable[tuple[Any, Any]], present: Iterable[Any]) -> None:
        """Sets what there is to choose from, and what is chosen already though it is gone."""
        known = [*choices]
        keys = {str(key) for key, _label in known}
        self.choices = [*known, *((each, each) for each in present if str(each) not in keys)]


def _listed(value: Any) -> list[Any]:
    if value in (None, ""):
        return []
    return [*value] if isinstance(value, list | tuple) else [value]


def weekday_choices() -> list[tuple[int, Any]]:
    """The days of the week as they are stored: 0 is Sunday."""
    names = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
    return [(number, said(name)) for number, name in enumerate(names)]
