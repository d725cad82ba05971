"""Words for people: what rows and fields are called, and refusals, in the language of whoever reads.

The catalogues are ``locale/<language>/LC_MESSAGES/django.po``; ``scripts/messages`` compiles them.
"""

from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import Any

from django.db.models import Model
from django.utils.functional import lazy
from django.utils.translation import gettext, override

from shiftsync.core.library_words import library_sentences

ROWS = (
    "Limit {}",
    "Need {}",
    "Rule {}",
    "Group {}",
    "Skill {}",
    "Backup assignment {}",
    "A {} limit without a name",
)
"""What warnings call a row of the settings. They stand last: a whole sentence may begin alike."""

PATTERNS = (
    "Must be a whole number from 1 to {}.",
    "Must be text of 1 to {} characters.",
    "A restaurant has at most {} staff members, deleted ones included.",
    "A person has at most {} entries of availability that are not over. Withdraw one, or name several weekdays in one entry.",
    "A person has at most {} entries of availability that are over. Name several weekdays in one entry, or a last day that is not over.",
    "A restaurant has at most {} settings versions.",
    "A restaurant has at most {} recurring closings.",
    "A restaurant has at most {} shift types.",
    "A restaurant has at most {} periods.",
    "A restaurant has at most {} webhooks.",
    "At most {} deliveries can wait to be repeated.",
    "There is no event {}.",
    "This token lacks the scope {}.",
    "There is no kind of notice {}.",
    "At most {} browsers of a user can be notified.",
    "A shift type has at most {} times.",
    "A version has at most {} {}.",
    "At most {} invitations can be open.",
    "At most {} invitations can be emailed within a day.",
    "At most {} emails a day can go to one address.",
    "At most {} restaurants can be created by one account.",
    "Version {} ({}) is locked.",
    "No such row among the {}.",
    "No such staff member: {}.",
    "No such shift type: {}.",
    "Rows of the {} cannot be permanently removed.",
    "There is no table {}; there are {}.",
    "There is no table {}.",
    "There is no preset {}; there are {}.",
    "Cells of {} still hold {} as a deleted shift type of another kind.",
    "This restaurant already has {} generator jobs; wait until one is done, or cancel one.",
    "{} of the rows cannot be migrated; the first: {}",
    "This period has entries ({} cell).",
    "This period has entries ({} cells).",
    "This period has entries ({}).",
    "{} is used in past months that are not published, which would be counted differently: {}. Create a new shift type for the other kind, or publish those months first.",
    "{} is used by {}. Choose a successor to replace it.",
    "{}: no such staff member.",
    "Must be from {} to {}.",
    "Has more than {} characters.",
    "Required for a closing that repeats {}.",
    "Wishes for this period could be entered until {}.",
    "The number of wishes for this period is limited to {}.",
    "「{}」 of {} means {} already.",
    "{} Only an empty one can be changed or deleted.",
    "A period has at most {} days.",
    "Has more than {} cells.",
    "{} is not an IANA time zone.",
    "{} is not a country whose holidays are known.",
    "{} is not a date (YYYY-MM-DD).",
    "Must be a day from {} to {}.",
    "Must not contain control characters or other non-text characters (U+{}).",
    "Must not contain control characters or other non-text characters ({}).",
    "Is higher than the restaurant's current version, {}.",
    "must be at least {}",
    "must be at most {}",
    "must have at most {} characters",
    "must be one of {} or a symbol of the restaurant",
    "must be one of {}",
    "must be a number from 0 (Sunday) to 6, or one of {}",
    "must not be nested more than {} levels deep",
    "must name at least one for the scope {}",
    "must not be above {} ({})",
    "must not be before {} ({})",
    "must name at least two {}",
    "must not be set where {} name somebody",
    "{} is required for {}",
    "is required for {}",
    "is required beside {}",
    "parameters.{}: kept, but the solver does not use it",
    "effectiveUntil: {} has passed; the backup will no longer be called",
    "staffId: {} is employed until {}; the backup cannot be called",
    "staffId: {} is employed from {}; the backup cannot be called",
    "Wish of {} on {}: unknown shift type {}.",
    "{}: unknown staff member {}.",
    "{}: unknown shift type {}.",
    "{}: unknown group {}.",
    "{}: unknown type {}, skipped.",
    "{}: its skill no longer exists, so it has no effect.",
    "{}: applies to nobody and has no effect until it names people or groups.",
    "{}: it applies to nobody in this period, so it has no effect.",
    "{}: no number is entered, so it has no effect.",
    "{}: nobody has the skill {} at that level on {} of its days, the first {}, so its places stay empty.",
    "{}: nobody has the skill {} at that level, so its places stay empty.",
    "{}: nobody is available for {}, so its minimum cannot apply.",
    "{}: nobody is available, so its minimum cannot apply.",
    "Availability of {}: {} without times, so its hours do not exclude them.",
    "{}: {} without times, so they count no hours.",
    "{}: {} without times, so they count at no hour.",
    "Parameters for older algorithms are ignored: {}.",
    "A calendar day was skipped: {}.",
    "The schedule has cells of someone who is not in this period: {}.",
    "The schedule has a day outside the period: {}.",
    "A cover of {} no longer applies and was skipped.",
    "ruleDefinition.{}: the rule applies to nobody and has no effect until it names people or groups",
    "{} is not a message of this protocol.",
    "A request has at most {} MiB.",
    "A request has at most {} values.",
    "Must be a number from -{} to {}.",
    "Must not be nested more than {} levels deep.",
    "{} is not a topic; the topics are {}.",
    "{} {}: must be a text of at most {} characters.",
    "Occurs twice: {}.",
    "{} ({}) matches no staff member and was left out.",
    "The workbook has more than {} sheets.",
    "The workbook has more than {} rows, {} columns or {} cells.",
    "The days of this table, {} to {}, are not those of this period.",
    "The sheets 「{}」 both have the days of this period. Keep one of them in the file.",
    "{} {} and {} are both for {}.",
    *ROWS,
    "{} {}: {}",
)
"""The messages of services that carry something: each ``{}`` is what it is there. Those of plain words stand in the catalogues."""


NESTED_AT_MOST = 4
"""Sentences within sentences that are told in another language; what stands deeper is as it was. What is told carries what clients sent, which
may nest for as long as it likes."""


def said(text: object) -> str:
    """A message of a service in the language of the reader; one that no catalogue knows stays as it is."""
    return _said(str(text), NESTED_AT_MOST)


def _said(message: str, levels: int) -> str:
    translated = gettext(message) if message else ""
    if translated != message or levels == 0:
        return translated
    for form in _forms():
        found = form.carried_by(message)
        if found is not None:
            parts = [_said(part, levels - 1) for part in found]
            return gettext(form.source).format(*parts, **dict(zip(form.places, parts, strict=True)))
    return message


@lru_cache(maxsize=256)
def in_japanese(text: str) -> str:
    """What a message of a service, or a warning, is in Japanese, for those who are told both."""
    with override("ja"):
        return said(text)


lazily: Any = lazy(said, str)
""":func:`said` when it is shown."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A sentence with open places: ``literals`` stand before, between and behind them, ``places`` is what the library calls them."""

    source: str
    literals: tuple[str, ...]
    places: tuple[str, ...]

    @classmethod
    def of(cls, source: str) -> "_Form":
        parts = [(text, name) for text, name, _, _ in Formatter().parse(source)]
        behind = () if parts[-1][1] is None else ("",)
        return cls(
            source, (*(text for text, _ in parts), *behind), tuple(name for _, name in parts if name is not None)
        )

    def carried_by(self, message: str) -> list[str] | None:
        """What stands at the places of ``message``, the first ones as short as can be; None where it is not of this form.

        One literal is looked for after the other. A regular expression would try each place of each with each: a refusal of a thousand
        characters that somebody had chosen for it took half a minute, of all who are served.
        """
        first, *between, last = self.literals
        at, end = len(first), len(message) - len(last)
        if at >= end or not (message.startswith(first) and message.endswith(last)):
            return None
        found = []
        for literal in between:
            here = message.find(literal, at + 1, end)
            if here < 0:
                return None
            found.append(message[at:here])
            at = here + len(literal)
        return [*found, message[at:end]] if at < end else None


@lru_cache(maxsize=1)
def _forms() -> tuple[_Form, ...]:
    """Those of the library first, since they begin with nothing open."""
    carrying = (source for source in library_sentences() if "{" in source)
    return tuple(map(_Form.of, (*carrying, *PATTERNS)))


def named(model: type[Model], one: Any, many: Any, **fields: Any) -> None:
    """Says what the rows of ``model`` and its fields are called in the admin, as lazily translated texts.

    Set here and not in the models, whose names would go into migrations: a better word is no change of the database.
    """
    meta: Any = model._meta
    meta.verbose_name, meta.verbose_name_plural = one, many
    for each in (model, *_histories(model)):
        for name, text in fields.items():
            field: Any = each._meta.get_field(name)
            field.verbose_name = text
        for field in each._meta.local_fields:
            if field.choices:
                field.choices = [
                    (value, lazily(str(label)) if value != "" else label) for value, label in field.choices
                ]


def _histories(model: type[Model]) -> list[type[Model]]:
    history = getattr(model, "history", None)
    return [history.model] if history is not None else []
