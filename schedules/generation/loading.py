"""Builds a ``Problem`` from the shapes of the wire. Old data is taken as it is: what is unknown or cannot be read is passed
over and named in ``Problem.warnings``, never an error."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from backups.rules.model import Assignment
from schedules.generation.kinds import DAY, DEFAULT_SHIFT_TYPES, Kind, ShiftType, ShiftTypes, Times
from schedules.generation.loading_settings import Reader, load_options, load_settings, with_holidays
from schedules.generation.past import PastPeriod, past_shares
from schedules.generation.problem import Availability, Cell, Options, Problem, Staff, StaffTerms, When, Wish
from schedules.generation.reading import fraction_of, minute_of_the_day, read_date
from schedules.generation.unheard import unheard, untimed
from schedules.generation.unrecorded import with_unrecorded

Wire = Mapping[str, Any]
Grid = Mapping[str, Mapping[str, str]]
"""``scheduleData``: values by staff id, then by day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningData:
    """What one period is planned from, in the shapes of the wire.

    ``settings`` are ``SETTINGS_SYNC_RESPONSE.settings``; ``calendar`` rows ``{date, kind: "closed" | "all_work"}``. ``month_part`` is how
    much of a month the period is; ``holidays`` are the public ones in and around it. ``covering`` says which ○ cells cover a group:
    ``{staffId, dateKey, groupId}``.
    ``previous_data`` is the ``scheduleData`` of the days before, planned from ``known_from`` on (their first day, where that is None);
    ``following_data`` that of the days after, which names every cell that is planned, blank ones too.
    ``wishes`` are the rows of the wire; those declined do not count, one that was taken is kept where the grid keeps it.
    ``availability`` are the rows of the wire about when people can work.
    ``past`` are the periods before, the latest first, as many as ``periods_looked_back`` says.
    ``text_counts_as`` is what text counts as that no shift type explains (a key of ``kinds.TEXT``).
    """

    start: date | str
    end: date | str
    staff: Iterable[Wire]
    settings: Wire
    shift_types: Iterable[Wire] = ()
    calendar: Iterable[Wire] = ()
    holidays: Iterable[date] = ()
    month_part: Fraction = Fraction(1)
    schedule_data: Grid = field(default_factory=dict)
    locked_cells: Iterable[Wire] = ()
    covering: Iterable[Wire] = ()
    previous_data: Grid = field(default_factory=dict)
    known_from: date | str | None = None
    following_data: Grid = field(default_factory=dict)
    past: Sequence[PastPeriod] = ()
    wishes: Iterable[Wire] = ()
    availability: Iterable[Wire] = ()
    text_counts_as: str = "nothing"


def load_problem(data: PlanningData, options: Options | None = None) -> Problem:
    """The problem of one period. Without ``options`` they come from the solver configuration in the settings."""
    days = _days(data.start, data.end)
    members = load_staff(data.staff, days)
    warnings: list[str] = []
    types = ShiftTypes((load_shift_type(each) for each in data.shift_types), data.text_counts_as)
    reader = Reader(members, warnings, frozenset(types.by_symbol))
    found = load_settings(data.settings, reader)
    closed, all_work = load_calendar(data.calendar, warnings)
    tables = with_holidays(found, frozenset(data.holidays))
    problem = Problem(
        days=days,
        staff=members,
        shift_types=types,
        closed=closed,
        all_work=all_work.intersection(days),
        values=load_cells(data.schedule_data, members, warnings, within=days),
        before=load_cells(data.previous_data, members, [], within=None),
        month_part=data.month_part,
        known_from=read_date(data.known_from) or _first_known(data.previous_data),
        after=load_cells(data.following_data, members, [], within=None),
        locked=_locked(data.locked_cells, members, days),
        covering=_covering(data.covering),
        options=options or load_options(data.settings, warnings),
        past_shares=past_shares(tables["rules"], data.past),
        wishes=load_wishes(data.wishes, members, days, types, warnings),
        availability=load_availability(data.availability, members, days),
        **tables,
    )
    lawful = _lawful(problem, warnings)
    warnings += [*unheard(problem), *untimed(problem)]
    return with_unrecorded(replace(problem, covering=lawful, warnings=tuple(warnings)))


def _days(start: date | str, end: date | str) -> tuple[date, ...]:
    first, last = read_date(start), read_date(end)
    if first is None or last is None or last < first:
        raise ValueError(f"A period needs a first and a last day: {start!r} to {end!r}.")
    return tuple(first + timedelta(days=step) for step in range((last - first).days + 1))


def load_staff(rows: Iterable[Wire], days: Sequence[date]) -> tuple[Staff, ...]:
    """The members who are employed on some day of the period, in their order."""
    active = [row for row in rows if row.get("isActive") is not False]
    ordered = sorted(active, key=lambda row: (row.get("staffOrder") or 0, str(row.get("id"))))
    members = [load_member(row).on(days[0]) for row in ordered]
    return tuple(
        member
        for member in members
        if any(member.employed(day) for day in (days[0], days[-1])) or _inside(member, days)
    )


def _inside(member: Staff, days: Sequence[date]) -> bool:
    return any(member.employed(day) for day in days)


def load_member(row: Wire) -> Staff:
    """A staff member as on the wire. What a blank means falls back on the type: パート are called by shift."""
    terms = tuple(_terms(each) for each in row.get("terms") or ())
    spans = tuple(
        (_employment_day(each["startPeriod"], last=False), _employment_day(each["endPeriod"], last=True))
        for each in row.get("employments") or ()
    )
    types = frozenset(str(row[key]) for key in ("type", "status") if row.get(key))
    means = row.get("blankMeans") or ("free" if types & {"パート", "part_time", "part-time"} else "work")
    return Staff(
        id=str(row["id"]),
        name=str(row.get("name") or ""),
        position=str(row.get("position") or ""),
        types=types,
        starts=_employment_day(row.get("startPeriod"), last=False),
        ends=_employment_day(row.get("endPeriod"), last=True),
        blank_works=means == "work",
        allowed=frozenset(str(each) for each in row.get("allowedShiftTypes") or ()),
        status=str(row.get("status") or ""),
        terms=terms,
        spans=spans,
    )


def _terms(row: Wire) -> StaffTerms:
    return StaffTerms(
        valid_from=read_date(row["validFrom"]),
        types=frozenset(str(row[key]) for key in ("type", "status") if row.get(key)),
        status=str(row.get("status") or ""),
        blank_works=row["blankMeans"] == "work",
        allowed=frozenset(row["allowedShiftTypes"]),
    )


def _employment_day(period: Any, *, last: bool) -> date | None:
    """A start or end of employment, ``{year, month, day?}``: without a day the first or the last of the month."""
    if not isinstance(period, Mapping) or not period.get("year") or not period.get("month"):
        return read_date(period)
    year, month, day = int(period["year"]), int(period["month"]), period.get("day")
    following = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    if day:
        return date(year, month, min(int(day), following.day))
    return following if last else date(year, month, 1)


def load_shift_type(row: Wire) -> ShiftType:
    """A shift type from its row on the wire."""
    symbol = str(row.get("symbol") or "")
    known = {each.kind.value: each for each in DEFAULT_SHIFT_TYPES}
    kind = Kind(row["kind"]) if row.get("kind") in known else Kind.SPECIAL
    share = fraction_of(row.get("offEquivalent"))
    label = row.get("label") if isinstance(row.get("label"), Mapping) else {}
    return ShiftType(
        symbol=symbol,
        kind=kind,
        off_equivalent=known[kind.value].off_equivalent if share is None else share,
        label_en=str(row.get("labelEn") or (label or {}).get("en") or symbol),
        label_ja=str(row.get("labelJa") or (label or {}).get("ja") or symbol),
        id=str(row.get("id") or ""),
        times=tuple(_times(each) for each in row.get("times") or (row,)),
    )


def _times(row: Wire) -> Times:
    return Times(
        begins=minute_of_the_day(row.get("startTime")),
        ends=minute_of_the_day(row.get("endTime")),
        valid_from=read_date(row.get("validFrom")),
    )


def load_calendar(rows: Iterable[Wire], warnings: list[str]) -> tuple[frozenset[date], frozenset[date]]:
    """The closed and the all-work days."""
    found: dict[str, set[date]] = {"closed": set(), "all_work": set()}
    for row in rows:
        day = read_date(row.get("date") or row.get("dateKey"))
        kind = str(row.get("kind") or row.get("type") or row.get("dayType") or "")
        if day is None or kind not in found:
            warnings.append(f"A calendar day was skipped: {dict(row)!r}.")
        else:
            found[kind].add(day)
    return frozenset(found["closed"]), frozenset(found["all_work"] - found["closed"])


def load_cells(
    data: Mapping[str, Mapping[str, str]],
    members: Sequence[Staff],
    warnings: list[str],
    *,
    within: Sequence[date] | None,
) -> dict[Cell, str]:
    """``scheduleData`` by person and day; people who are not known and, with ``within``, other dates are passed over."""
    known = {member.id for member in members}
    inside = frozenset(within) if within is not None else None
    cells: dict[Cell, str] = {}
    for staff_id, row in data.items():
        if str(staff_id) not in known:
            warnings.append(f"The schedule has cells of someone who is not in this period: {staff_id}.")
            continue
        for key, value in row.items():
            day = read_date(key)
            if day is None or (inside is not None and day not in inside):
                warnings.append(f"The schedule has a day outside the period: {key}.")
            else:
                cells[(str(staff_id), day)] = str(value or "")
    return cells


def load_wishes(
    rows: Iterable[Wire], members: Sequence[Staff], days: Sequence[date], types: ShiftTypes, warnings: list[str]
) -> tuple[Wish, ...]:
    """The wishes that count: not declined, of people and days of the period, for shifts that there are (the others are reported)."""
    known, inside = {member.id: member.name for member in members}, frozenset(days)
    found = []
    for row in rows:
        day, kind = read_date(row["dateKey"]), str(row["kind"])
        shift = str(row["shiftValue"]) if row["shiftValue"] in types.by_symbol else ""
        if day is None or day not in inside or str(row["staffId"]) not in known or row["state"] == "declined":
            continue
        if shift or kind not in ("prefer", "avoid"):
            weight = Fraction(int(row["weight"]))
            found.append(Wish(str(row["id"]), str(row["staffId"]), day, kind, shift, weight))
        else:
            warnings.append(f"Wish of {known[str(row['staffId'])]} on {day}: unknown shift type {row['shiftValue']}.")
    return tuple(found)


def load_availability(rows: Iterable[Wire], members: Sequence[Staff], days: Sequence[date]) -> tuple[Availability, ...]:
    """What is said of people and days of the period."""
    known = {member.id for member in members}
    entries = (_availability(row) for row in rows if str(row["staffId"]) in known)
    return tuple(entry for entry in entries if any(map(entry.when.applies, days)))


def _availability(row: Wire) -> Availability:
    begins, ends = minute_of_the_day(row["availableFrom"]), minute_of_the_day(row["availableUntil"])
    if ends is not None and ends <= (begins or 0):
        ends += DAY  # on the next day; 00:00 alone is the end of this one
    when = When(
        weekdays=frozenset(row["weekdays"]),
        effective_from=read_date(row["validFrom"]),
        effective_until=read_date(row["validUntil"]),
    )
    return Availability(str(row["id"]), str(row["staffId"]), when, begins, ends)


def _first_known(data: Mapping[str, Mapping[str, str]]) -> date | None:
    """The first day with data, if anybody has a mark then, including people who have left."""
    if not any(value for row in data.values() for value in row.values()):
        return None
    days = (read_date(key) for row in data.values() for key in row)
    return min((day for day in days if day is not None), default=None)


def _cell(row: Wire) -> Cell:
    return str(row.get("staffId")), read_date(row.get("dateKey")) or date.min


def _locked(rows: Iterable[Wire], members: Sequence[Staff], days: Sequence[date]) -> frozenset[Cell]:
    """The locked cells of those who belong to the period."""
    known = {member.id for member in members}
    cells = (_cell(row) for row in rows)
    return frozenset(cell for cell in cells if cell[0] in known and cell[1] in days)


def _covering(rows: Iterable[Wire]) -> dict[Cell, str]:
    return {_cell(row): str(row["groupId"]) for row in rows if row.get("groupId")}


def _lawful(problem: Problem, warnings: list[str]) -> dict[Cell, str]:
    """The records of who covers what, as far as the grid and the assignments still bear them out."""
    # One may be a backup of a group twice: as the second until June, as the first from July on.
    assigned: dict[tuple[str, str], list[Assignment]] = {}
    for each in problem.backups:
        assigned.setdefault((each.staff_id, each.group_id), []).append(each)
    kept: dict[Cell, str] = {}
    for (staff_id, day), group_id in problem.covering.items():
        member = problem.staff_by_id.get(staff_id)
        is_backup = any(each.in_force(day) for each in assigned.get((staff_id, group_id), ()))
        fits = member is not None and member.employed(day) and is_backup
        if member is not None and fits and problem.state(member, day, problem.values.get((staff_id, day), "")).works:
            kept[(staff_id, day)] = group_id
        else:
            warnings.append(f"A cover of {day} no longer applies and was skipped.")
    return kept
