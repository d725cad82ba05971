"""Who should back up which group, by what it would cover; and warnings about the assignments that there are."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from backups.rules.coverage import CoverageReport, coverage, need_of
from backups.rules.model import WORDS, Assignment, BackupGroup, CellKind, Person, Roster, Why

SUGGESTIONS = 10
TRIED = 1000
"""How many pairs of person and group are tried, the same number for each group: those free on most of its uncovered days.
It bounds the time of an answer (half a second); up to some 80 people it leaves nobody out."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Making ``staff_id`` a backup of the group would cover so many more needs in the period.

    ``same_position``: a member of the group has the person's position.
    """

    staff_id: str
    group_id: str
    covers: int
    days: tuple[date, ...]
    same_position: bool = False

    def to_wire(self) -> dict[str, object]:
        """The suggestion as the protocol names its fields."""
        return {
            "staffId": self.staff_id,
            "groupId": self.group_id,
            "covers": self.covers,
            "samePosition": self.same_position,
            "dateKeys": [day.isoformat() for day in self.days],
        }


@dataclass(frozen=True, slots=True)
class BackupWarning:
    """A day, or the whole period, on which an assignment does not serve."""

    why: Why
    assignment_id: str
    staff_id: str
    group_ids: tuple[str, ...]
    day: date | None = None

    def to_wire(self) -> dict[str, object]:
        """The warning with its words in both languages."""
        english, japanese = WORDS[self.why]
        return {
            "reason": self.why.value,
            "assignmentId": self.assignment_id,
            "staffId": self.staff_id,
            "groupIds": list(self.group_ids),
            "dateKey": self.day.isoformat() if self.day else None,
            "message": english,
            "messageJa": japanese,
        }


def suggestions(roster: Roster, most: int = SUGGESTIONS) -> list[Suggestion]:
    """Who could back up which group, the most useful first: by how many needs that are uncovered now it would cover.

    Whoever has a position of the group can do the work of those who are absent: they are suggested, and others only where nobody
    of such a position is of use. Only days on which the person's cell is blank or × and their limits allow a call are counted (of groups that
    share their backups also days on which the person is called for another of them), and only people who are neither members nor
    backups of the group already. Groups without any backup are asked about as well.
    """
    asked = replace(roster, groups=[replace(group, required=True) for group in roster.groups])
    report = coverage(asked)
    needy = [group for group in asked.groups if any(each.uncovered for each in report.for_group(group.id))]
    tried = max(1, TRIED // max(1, len(needy)))
    free = _free_days(roster, {(cover.staff_id, cover.day) for each in report.days for cover in each.covers})
    found = [each for group in needy for each in _suggested(asked, group, report, free, tried)]
    return sorted(found, key=lambda each: (-each.covers, each.group_id, each.staff_id))[:most]


def _suggested(
    roster: Roster, group: BackupGroup, report: CoverageReport, free: dict[str, frozenset[date]], tried: int
) -> list[Suggestion]:
    """The suggestions for one group: people of one of its positions, or else others."""
    uncovered = [each.day for each in report.for_group(group.id) if each.uncovered]
    shared = _shared_days(roster, group, report)
    able = {
        person.id: [day for day in uncovered if day in free[person.id] or (person.id, day) in shared]
        for person in roster.people.values()
        if _new_backup(roster, person, group)
    }
    positions = {roster.people[each].position for each in group.members if each in roster.people} - {""}
    freest = sorted(able, key=lambda staff_id: (-len(able[staff_id]), staff_id))
    for fits in (True, False):
        chosen = [each for each in freest if (roster.people[each].position in positions) is fits][:tried]
        found = [_suggestion(roster, each, group, able[each], shared, same_position=fits) for each in chosen]
        useful = [each for each in found if each.covers]
        if useful:
            return useful
    return []


def _shared_days(roster: Roster, group: BackupGroup, report: CoverageReport) -> set[tuple[str, date]]:
    """The calls for other groups by which their backups would cover this one too."""
    if not group.shares_backups:
        return set()
    sharers = {each.id for each in roster.groups if each.shares_backups}
    covers = (cover for each in report.days for cover in each.covers if not cover.shared)
    return {(cover.staff_id, cover.day) for cover in covers if cover.group_id in sharers}


def _free_days(roster: Roster, busy: set[tuple[str, date]]) -> dict[str, frozenset[date]]:
    """The days on which each person is there, covers nobody yet and has no shift."""
    return {
        person.id: frozenset(
            day
            for day in roster.days
            if person.employed(day) and (person.id, day) not in busy and roster.cell(person.id, day).free_to_call
        )
        for person in roster.people.values()
    }


def _new_backup(roster: Roster, person: Person, group: BackupGroup) -> bool:
    assigned = {each.staff_id for each in roster.assignments if each.group_id == group.id}
    return person.id not in group.members and person.id not in assigned


def _suggestion(
    roster: Roster,
    staff_id: str,
    group: BackupGroup,
    able: list[date],
    shared: set[tuple[str, date]],
    *,
    same_position: bool,
) -> Suggestion:
    called: set[date] = set()
    days: list[date] = []
    for day in able:
        if (staff_id, day) in shared:
            days.append(day)
        elif roster.may_work(staff_id, day, frozenset(called)):
            called.add(day)
            days.append(day)
    return Suggestion(staff_id, group.id, len(days), tuple(days), same_position)


def warnings(roster: Roster) -> list[BackupWarning]:
    """Assignments that name somebody unknown or a member of the group itself; days on which a backup is needed but has
    ★, has left, or is needed by two groups at once that do not share their backups."""
    return [*_unfit(roster), *_days_not_free(roster), *_needed_twice(roster)]


def _unfit(roster: Roster) -> Iterator[BackupWarning]:
    groups = {group.id: group for group in roster.groups}
    for each in roster.assignments:
        group = groups.get(each.group_id)
        if each.staff_id not in roster.people:
            yield BackupWarning(Why.UNKNOWN_STAFF, each.id, each.staff_id, (each.group_id,))
        elif group is None:
            yield BackupWarning(Why.UNKNOWN_GROUP, each.id, each.staff_id, (each.group_id,))
        elif each.staff_id in group.members:
            yield BackupWarning(Why.OWN_GROUP, each.id, each.staff_id, (each.group_id,))


def _needed(roster: Roster) -> Iterator[tuple[Assignment, date]]:
    """Each assignment on each day on which its group needs somebody."""
    groups = {group.id: group for group in roster.groups}
    for day in roster.days:
        if day in roster.closed:
            continue
        needy = {group_id for group_id, group in groups.items() if need_of(roster, group, day).needed}
        for each in roster.assignments:
            if each.group_id in needy and each.in_force(day) and each.staff_id in roster.people:
                yield each, day


def _days_not_free(roster: Roster) -> Iterator[BackupWarning]:
    for each, day in _needed(roster):
        if not roster.people[each.staff_id].employed(day):
            yield BackupWarning(Why.NOT_EMPLOYED, each.id, each.staff_id, (each.group_id,), day)
        elif roster.cell(each.staff_id, day) is CellKind.DESIGNATED_OFF:
            yield BackupWarning(Why.DESIGNATED_OFF, each.id, each.staff_id, (each.group_id,), day)


def _needed_twice(roster: Roster) -> Iterator[BackupWarning]:
    calls: dict[tuple[str, date], list[Assignment]] = defaultdict(list)
    for each, day in _needed(roster):
        calls[each.staff_id, day].append(each)
    alone = {group.id for group in roster.groups if not group.shares_backups}
    for (staff_id, day), assignments in calls.items():
        groups = tuple(dict.fromkeys(each.group_id for each in assignments))
        if len(groups) > 1 and not alone.isdisjoint(groups):
            yield BackupWarning(Why.NEEDED_TWICE, assignments[0].id, staff_id, groups, day)
