"""What a schedule is made from, as plain frozen data: staff, days, settings, the grid as it is, and the options.

No ORM, no clock. Days are ``datetime.date``, ids are strings. ``loading.load_problem`` builds a ``Problem`` from the
shapes of the wire, for the database layer, the tests and the benchmarks alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from backups.rules.model import Assignment
from schedules.generation.kinds import BLANK, CHOOSABLE, Kind, ShiftTypes, State, Times
from schedules.generation.meaning import meaning

Cell = tuple[str, date]

LONGEST_PAST = 31
"""So many days before the period may count in its rules."""


class Keep(StrEnum):
    """What of the present grid stays. Locked cells, ★, special marks and text stay always."""

    FILLED = "filled"
    LOCKED = "locked"
    NONE = "none"


class Scope(StrEnum):
    """Whom a limit is about."""

    ALL = "all"
    POSITION = "position"
    TYPE = "type"
    STAFF_STATUS = "staff_status"
    GROUP = "group"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True)
class StaffTerms:
    """How a member works from a day on (None: from the beginning)."""

    valid_from: date | None
    types: frozenset[str]
    status: str
    blank_works: bool
    allowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Staff:
    """A member: who, employed from when until when (both inclusive, None = open), and how they work."""

    id: str
    name: str
    position: str = ""
    types: frozenset[str] = frozenset()
    starts: date | None = None
    ends: date | None = None
    blank_works: bool = True
    allowed: frozenset[str] = frozenset()
    status: str = ""
    terms: tuple[StaffTerms, ...] = ()
    spans: tuple[tuple[date | None, date | None], ...] = ()

    def employed(self, day: date) -> bool:
        """Whether the person is employed on ``day``."""
        spans = self.spans or ((self.starts, self.ends),)
        return any((begins is None or begins <= day) and (ends is None or day <= ends) for begins, ends in spans)

    def on(self, day: date) -> Staff:
        """The member on the terms of that day."""
        if not self.terms:
            return self
        return _on_terms(
            self, next(term for term in reversed(self.terms) if term.valid_from is None or term.valid_from <= day)
        )


@lru_cache(4096)
def _on_terms(member: Staff, terms: StaffTerms) -> Staff:
    return replace(member, types=terms.types, status=terms.status, blank_works=terms.blank_works, allowed=terms.allowed)


@dataclass(frozen=True, slots=True)
class When:
    """The days that a row is about: inside its effective dates and, if it names days, one of those.

    Weekdays (0 = Sunday), dates and what is ``named`` (``holiday``, ``before_holiday``: of ``holidays``) add up; all seven weekdays together with dates mean the dates only.
    """

    weekdays: frozenset[int] = frozenset()
    dates: frozenset[date] = frozenset()
    named: frozenset[str] = frozenset()
    holidays: frozenset[date] = frozenset()
    effective_from: date | None = None
    effective_until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether ``day`` is within the effective dates."""
        started = self.effective_from is None or self.effective_from <= day
        return started and (self.effective_until is None or day <= self.effective_until)

    @property
    def names_days(self) -> bool:
        """Whether only some days are meant."""
        return bool(self.dates or self.named) or 0 < len(self.weekdays) < 7

    def applies(self, day: date) -> bool:
        """Whether ``day`` is one of the days that are meant."""
        if not self.in_force(day):
            return False
        if not self.names_days:
            return True
        weekdays = self.weekdays if len(self.weekdays) < 7 else frozenset()
        return day in self.dates or weekday(day) in weekdays or self._is_named(day)

    def _is_named(self, day: date) -> bool:
        if "holiday" in self.named and day in self.holidays:
            return True
        return "before_holiday" in self.named and day + timedelta(days=1) in self.holidays


def weekday(day: date) -> int:
    """0 = Sunday ... 6 = Saturday, as the settings count."""
    return day.isoweekday() % 7


@dataclass(frozen=True, slots=True)
class Coverage:
    """A group's rules for a day; None or 0 where nothing is asked. ``hard`` and ``weight`` are for what was written;
    a ``max_off`` that nobody wrote is soft."""

    minimum: int = 0
    max_off: int | None = None
    min_early: int = 0
    min_late: int = 0
    early_counts_as_off: bool = True
    hard: bool = True
    hard_max_off: bool = True
    weight: Fraction = Fraction(1)
    backup_required: bool = False
    backup_hard: bool = False
    below_minimum: bool = False
    max_backups: int | None = None
    shares_backups: bool = False
    unrecorded_covers: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A staff group, its members and the coverage that it asks for."""

    id: str
    name: str
    members: tuple[str, ...]
    coverage: Coverage = Coverage()


@dataclass(frozen=True, slots=True)
class Row:
    """What every rule of the settings has: its name, how much it weighs, whether it is hard, and when it applies."""

    id: str
    name: str
    hard: bool = False
    weight: Fraction = Fraction(1)
    when: When = When()


@dataclass(frozen=True, slots=True)
class Limit(Row):
    """A daily, weekly or monthly limit; see ``rules.limits`` for what is counted.

    Of a month: ``half_days``: an early shift is half a day off; ``whole_days``: only whole days off count; ``but_closed`` and
    ``but_early_closed``: days off, and early shifts, on closed days are not counted; ``over_weekly``: counts before weekly limits.
    """

    shift_type: str = "any"
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    scope: Scope = Scope.ALL
    targets: tuple[str, ...] = ()
    week_starts_on: int = 0
    limit_type: str = ""
    max_consecutive: int | None = None
    min_days_between: int | None = None
    prefer_weekends: bool = False
    half_days: bool = False
    whole_days: bool = False
    but_closed: bool = False
    but_early_closed: bool = False
    over_weekly: bool = False


@dataclass(frozen=True, slots=True)
class DatedLevel:
    """A level that holds on some days only: from ``since`` on, and to ``until``; None: without an end on that side."""

    level: int
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the level holds on ``day``; both ends are included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Skill:
    """Something that not everybody can do: who can, at which level (1 the lowest). ``dated``: the levels of a person that hold on some
    days only; on each day the highest counts."""

    id: str
    name: str
    levels: Mapping[str, int]
    dated: Mapping[str, tuple[DatedLevel, ...]] = field(default_factory=dict)

    def reaches(self, staff_id: str, level: int, day: date) -> bool:
        """Whether that person has the skill at that level or above on that day."""
        if self.levels.get(staff_id, 0) >= level:
            return True
        return any(each.level >= level and each.holds(day) for each in self.dated.get(staff_id, ()))


@dataclass(frozen=True, slots=True)
class Need(Row):
    """How many of a shift are needed on which days; see ``rules.needs``. ``per_weekday`` from Sunday on, ``per_date`` counts before the
    rest, ``on_holiday`` and ``before_holiday`` before days of the week. ``spare``: so many more are fine; each above costs ``surplus``.
    ``skill``: only who has it, at ``min_level`` at least. ``hours``: at each moment from the one to the other, in minutes after the beginning
    of the day."""

    shift_type: str = "any"
    scope: Scope = Scope.ALL
    targets: tuple[str, ...] = ()
    per_weekday: tuple[int | None, ...] = (None,) * 7
    on_holiday: int | None = None
    before_holiday: int | None = None
    per_date: Mapping[date, int] = field(default_factory=dict)
    spare: int = 0
    surplus: Fraction = Fraction(0)
    skill: Skill | None = None
    min_level: int = 1
    hours: tuple[int, int] | None = None

    def wanted(self, day: date) -> int | None:
        """How many are needed that day; None where the row says nothing of it."""
        if not self.when.in_force(day):
            return None
        if day in self.per_date:
            return self.per_date[day]
        holidays = self.when.holidays
        if self.on_holiday is not None and day in holidays:
            return self.on_holiday
        if self.before_holiday is not None and day + timedelta(days=1) in holidays:
            return self.before_holiday
        return self.per_weekday[weekday(day)]

    @property
    def says_something(self) -> bool:
        """Whether a number is there at all."""
        numbers = (*self.per_weekday, self.on_holiday, self.before_holiday, *self.per_date.values())
        return any(number is not None for number in numbers)


@dataclass(frozen=True, slots=True)
class PriorityRule(Row):
    """A rule about people; see ``rules.priority`` for what each type means. ``staff_ids``: all of them, ``named`` those who are not
    meant by their groups alone."""

    rule_type: str = ""
    staff_ids: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    shift_type: str = "any"
    sequence: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    min_hours: Fraction | None = None
    max_hours: Fraction | None = None
    per: str = "week"
    week_starts_on: int = 0
    past_periods: int = 0
    break_minutes: int = 0
    break_over: Fraction = Fraction(6)
    allowed_shifts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What one person wishes for one day: see ``rules.wishes`` for what each ``kind`` means. ``shift``: a kind of shift or a symbol."""

    id: str
    staff_id: str
    day: date
    kind: str
    shift: str = ""
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Availability:
    """When one person can work on some days: not before ``begins``, and not after ``ends``, in minutes after the beginning of the day; not
    at all where both are None."""

    id: str
    staff_id: str
    when: When
    begins: int | None = None
    ends: int | None = None

    @property
    def is_none(self) -> bool:
        """Whether the person cannot work on these days."""
        return self.begins is None and self.ends is None

    def allows(self, times: Times) -> bool:
        """Whether a shift of those times lies within the hours; nothing is known of one without times."""
        if times.begins is None or times.end is None:
            return True
        too_early = self.begins is not None and times.begins < self.begins
        return not too_early and (self.ends is None or times.end <= self.ends)


class Share(NamedTuple):
    """``number``: so many shifts of a type; ``days``: out of so many days on which the person might have had one."""

    number: int
    days: int

    def plus(self, other: Share) -> Share:
        """Both shares together."""
        return Share(self.number + other.number, self.days + other.days)


NO_SHARE = Share(0, 0)


@dataclass(frozen=True, slots=True)
class PastShares:
    """What each person, by id, had in the periods that a rule looks back to, the first of which began ``since`` then."""

    since: date
    shares: Mapping[str, Share]

    def of(self, staff_id: str) -> Share:
        """The share of one person in the periods before; none if they were not there."""
        return self.shares.get(staff_id, NO_SHARE)


@dataclass(frozen=True, slots=True)
class Options:
    """How to search. ``stability`` is the weight of a changed cell; ``deterministic_time`` replaces the clock in tests."""

    time_limit: float = 30.0
    workers: int | None = None
    seed: int = 1
    stability: Fraction = Fraction(0)
    keep: Keep = Keep.LOCKED
    repair: bool = False
    penalty_weights: Mapping[str, Fraction] = field(default_factory=dict)
    deterministic_time: float | None = None


@dataclass(frozen=True)
class Problem:
    """All that the generator, the scorer and the explanation need to know.

    ``closed`` holds every closed day that is known, also those around the period: their blanks are no work either. ``known_from`` is
    the first day of the past that was planned for anybody: from there on a blank means what it means for its person. ``month_part``
    is how much of a month the period is: what is asked of a month is asked of a shorter period in part.
    ``past_shares``, by the id of a rule: what everybody had in the periods that it looks back to.
    ``unrecorded``: the shifts of backups that no record says the group of, and that may be covers all the same (``unrecorded.py``); where the
    grid has a need for one, ``covering`` says for which group.
    ``edited``: the cells that a repair begins at. ``after`` holds the cells after the period that are planned, blank ones too; of all others nothing is assumed.
    """

    days: tuple[date, ...]
    staff: tuple[Staff, ...]
    shift_types: ShiftTypes = field(default_factory=ShiftTypes)
    closed: frozenset[date] = frozenset()
    all_work: frozenset[date] = frozenset()
    groups: tuple[Group, ...] = ()
    daily: tuple[Limit, ...] = ()
    weekly: tuple[Limit, ...] = ()
    monthly: tuple[Limit, ...] = ()
    skills: tuple[Skill, ...] = ()
    needs: tuple[Need, ...] = ()
    rules: tuple[PriorityRule, ...] = ()
    wishes: tuple[Wish, ...] = ()
    availability: tuple[Availability, ...] = ()
    backups: tuple[Assignment, ...] = ()
    values: Mapping[Cell, str] = field(default_factory=dict)
    covering: Mapping[Cell, str] = field(default_factory=dict)
    unrecorded: frozenset[Cell] = frozenset()
    locked: frozenset[Cell] = frozenset()
    before: Mapping[Cell, str] = field(default_factory=dict)
    known_from: date | None = None
    month_part: Fraction = Fraction(1)
    after: Mapping[Cell, str] = field(default_factory=dict)
    past_shares: Mapping[str, PastShares] = field(default_factory=dict)
    options: Options = Options()
    edited: tuple[Cell, ...] = ()
    warnings: tuple[str, ...] = ()

    @cached_property
    def staff_by_id(self) -> Mapping[str, Staff]:
        """The staff by id."""
        return {member.id: member for member in self.staff}

    @cached_property
    def days_before(self) -> int:
        """How many days before the period are known: at most 31."""
        return 0 if self.known_from is None else max(0, min(LONGEST_PAST, (self.days[0] - self.known_from).days))

    def state(self, member: Staff, day: date, value: str, covers: str | None = None) -> State:
        """What a value means for this person on this day."""
        return meaning(member, day, value, types=self.shift_types, closed=self.closed, covers=covers)

    def present(self, member: Staff, day: date) -> State:
        """The state of the grid as it is."""
        cell = (member.id, day)
        return self.state(member, day, self.values.get(cell, BLANK), self.covering.get(cell))

    def past(self, member: Staff, day: date) -> State:
        """The state of a day before the period."""
        return self.state(member, day, self.before.get((member.id, day), BLANK))

    def planned(self, member: Staff, day: date) -> State | None:
        """The state of a day after the period; None where it is not planned yet."""
        value = self.after.get((member.id, day))
        return None if value is None else self.state(member, day, value)

    def fixed(self, member: Staff, day: date) -> bool:
        """Must this cell stay as it is: locked, ★, special or text, kept because filled, outside the employment?"""
        cell = (member.id, day)
        if cell in self.locked:
            return True
        state = self.present(member, day)
        if state.kind is Kind.ABSENT:
            return False
        filled = state.value != BLANK and self.options.keep is Keep.FILLED and not self.options.repair
        return filled or state.kind not in CHOOSABLE or not self.shift_types.explains(state.value)
