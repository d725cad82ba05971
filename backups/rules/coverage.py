"""What is needed, who covers it, what stays uncovered and why; by group and day, with totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from backups.rules.model import Assignment, BackupGroup, CellKind, Cover, CoverageDay, Reason, Roster, Why

OBSTACLES = {CellKind.DESIGNATED_OFF: Why.DESIGNATED_OFF, CellKind.NOTE: Why.NOTE, CellKind.NOTED_OFF: Why.NOTE}


@dataclass(frozen=True, slots=True)
class Need:
    """What a group needs on a day."""

    group: BackupGroup
    day: date
    off: tuple[str, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """The coverage of a stretch of days: an entry for each group with backups and day on which it needs one."""

    days: tuple[CoverageDay, ...]
    groups: tuple[str, ...]

    def for_group(self, group_id: str) -> list[CoverageDay]:
        """The days on which that group needs covers."""
        return [each for each in self.days if each.group_id == group_id]

    @property
    def uncovered(self) -> int:
        """How many places are left open, over all days and groups."""
        return sum(each.uncovered for each in self.days)

    def by_group(self) -> list[dict[str, object]]:
        """The totals of each group, as on the wire."""
        return [{"groupId": group_id, **_totals(self.for_group(group_id))} for group_id in self.groups]

    def by_backup(self) -> list[dict[str, object]]:
        """On how many days each backup covers, in all and by group, and which share of all covered needs that is."""
        covers = [cover for each in self.days for cover in each.covers]
        found = []
        for staff_id in dict.fromkeys(cover.staff_id for cover in covers):
            own = [cover for cover in covers if cover.staff_id == staff_id]
            groups = {group_id: sum(cover.group_id == group_id for cover in own) for group_id in self.groups}
            found.append(
                {
                    "staffId": staff_id,
                    "days": len({cover.day for cover in own}),
                    "rate": round(len(own) / len(covers), 4),
                    "byGroup": {group_id: days for group_id, days in groups.items() if days},
                }
            )
        return found

    def to_wire(self) -> dict[str, object]:
        """The report as the protocol names its fields: by day, by group, by backup, and the totals."""
        return {
            "days": [each.to_wire() for each in self.days],
            "groups": self.by_group(),
            "backups": self.by_backup(),
            "totals": _totals(self.days),
        }


def _totals(days: Sequence[CoverageDay]) -> dict[str, object]:
    needed = sum(each.needed for each in days)
    covered = sum(min(each.needed, len(each.covers)) for each in days)
    rate = round(covered / needed, 4) if needed else 1.0
    return {"needed": needed, "covered": covered, "uncovered": needed - covered, "rate": rate}


def coverage(roster: Roster) -> CoverageReport:
    """Who covers what on the days of the roster.

    What the grid already records (``roster.covering``) comes first; what is still needed is covered by calling those who
    are free. Days are taken in order, so that a backup's own limits count the earlier calls.
    """
    groups = _groups(roster)
    called: dict[str, frozenset[date]] = {}
    found: list[CoverageDay] = []
    for day in roster.days:
        if day in roster.closed:
            continue
        needs = [need for group in groups if (need := need_of(roster, group, day)).needed]
        matching = Matching(roster, day, needs, called)
        covers = matching.solve()
        for cover in covers:
            if not cover.already and not cover.shared:
                called[cover.staff_id] = called.get(cover.staff_id, frozenset()) | {day}
        found.extend(matching.entry(need) for need in needs)
    return CoverageReport(tuple(found), tuple(group.id for group in groups))


def _groups(roster: Roster) -> list[BackupGroup]:
    """The groups that call backups: that must, or that have some."""
    assigned = {each.group_id for each in roster.assignments}
    return [group for group in roster.groups if group.required or group.id in assigned]


def need_of(roster: Roster, group: BackupGroup, day: date) -> Need:
    """How many backups a group needs on a day, its recorded ones included."""
    members = [each for each in group.members if each in roster.people and roster.people[each].employed(day)]
    cells = {each: roster.cell(each, day) for each in members}
    off = tuple(each for each in members if cells[each].off)
    if not group.below_minimum:
        return Need(group, day, off, len(off))
    working = sum(cells[each].works and not _away(roster, each, day) for each in members)
    return Need(group, day, off, max(0, group.minimum - working))


def _away(roster: Roster, staff_id: str, day: date) -> bool:
    return roster.covering is not None and (staff_id, day) in roster.covering


class Matching:
    """The needs of one day matched with the backups: a largest matching, grown need by need along the priorities."""

    def __init__(self, roster: Roster, day: date, needs: Sequence[Need], called: dict[str, frozenset[date]]) -> None:
        self.roster = roster
        self.day = day
        self.needs = needs
        self.called = called
        self.holds: dict[str, tuple[str, int]] = {}
        self.recorded = self._recorded()
        wanted = {need.group.id for need in needs}
        self.fixed = {staff_id: group_id for staff_id, group_id in self.recorded.items() if group_id in wanted}
        self.candidates = {need.group.id: self._candidates(need.group) for need in needs}

    def _recorded(self) -> dict[str, str]:
        """Who is called for which group already, by the grid."""
        records = self.roster.covering or {}
        return {
            staff_id: group_id
            for (staff_id, day), group_id in records.items()
            if day == self.day and self.roster.cell(staff_id, day) is CellKind.WORKING
        }

    def _candidates(self, group: BackupGroup) -> list[Assignment]:
        free = [each for each in _assigned(self.roster, group) if self.obstacle(each, group) is None]
        return list({each.staff_id: each for each in reversed(free)}.values())[::-1]

    def obstacle(self, assignment: Assignment, group: BackupGroup) -> Why | None:
        """Why somebody cannot be called for the group that day; None if they can."""
        return self._unfit(assignment, group) or self._busy(assignment.staff_id)

    def _unfit(self, assignment: Assignment, group: BackupGroup) -> Why | None:
        person = self.roster.people.get(assignment.staff_id)
        if person is None:
            return Why.UNKNOWN_STAFF
        if assignment.staff_id in group.members:
            return Why.OWN_GROUP
        if not person.employed(self.day):
            return Why.NOT_EMPLOYED
        if not assignment.in_force(self.day):
            return Why.OUTSIDE_DATES
        return None

    def _busy(self, staff_id: str) -> Why | None:
        if (staff_id, self.day) in (self.roster.covering or {}):
            return Why.OTHER_GROUP
        cell = self.roster.cell(staff_id, self.day)
        if not cell.free_to_call:
            return OBSTACLES.get(cell, Why.WORKING)
        allowed = self.roster.may_work(staff_id, self.day, self.called.get(staff_id, frozenset()))
        return None if allowed else Why.OWN_LIMITS

    def solve(self) -> list[Cover]:
        """Finds covers for the places of the day: as many as possible, the preferred backups first.

        Groups that share their backups come last, so that whoever is called for one of them fills a place of the others too.
        A call that is passed on to somebody else may open such a place again: hence another round, until nobody more is found.
        """
        while self._round():
            continue
        return [cover for need in self.needs for cover in self.covers(need)]

    def _round(self) -> bool:
        found = False
        for need in sorted(self.needs, key=lambda need: need.group.shares_backups):
            while self.open_places(need) and self._place(need.group.id, self._called_for(need), set()):
                found = True
        return found

    def _called_for(self, need: Need) -> int:
        return sum(group_id == need.group.id for group_id, _ in self.holds.values())

    def open_places(self, need: Need) -> int:
        """How many more may be called: what is needed, within the group's most for a day."""
        calls = self._called_for(need) + sum(group_id == need.group.id for group_id in self.fixed.values())
        lacking = need.needed - calls - len(self._sharing(need))
        most = lacking if need.group.max_per_day is None else min(lacking, need.group.max_per_day - calls)
        return max(0, most)

    def _sharing(self, need: Need) -> list[Assignment]:
        """The group's backups who are called for another group and cover this one too."""
        if not need.group.shares_backups:
            return []
        sharers = {group.id for group in self.roster.groups if group.shares_backups} - {need.group.id}
        calls = {**self.recorded, **{staff_id: group_id for staff_id, (group_id, _) in self.holds.items()}}
        able = [
            each
            for each in _assigned(self.roster, need.group)
            if calls.get(each.staff_id) in sharers and self._unfit(each, need.group) is None
        ]
        return list({each.staff_id: each for each in reversed(able)}.values())[::-1]

    def _place(self, group_id: str, place: int, seen: set[str]) -> bool:
        """Finds somebody for a place, if need be by finding another place's holder somebody else."""
        for each in self.candidates[group_id]:
            if each.staff_id in seen:
                continue
            seen.add(each.staff_id)
            held = self.holds.get(each.staff_id)
            if held is None or self._place(*held, seen):
                self.holds[each.staff_id] = (group_id, place)
                return True
        return False

    def covers(self, need: Need) -> list[Cover]:
        """The covers of a group, those that are called already first, those called for another group last."""
        already = [staff_id for staff_id, group_id in self.fixed.items() if group_id == need.group.id]
        called = [
            each for each in self.candidates[need.group.id] if self.holds.get(each.staff_id, ("",))[0] == need.group.id
        ]
        ids = {each.staff_id: each.id for each in _assigned(self.roster, need.group)}
        return [
            *(Cover(staff_id, need.group.id, self.day, ids.get(staff_id, ""), already=True) for staff_id in already),
            *(Cover(each.staff_id, need.group.id, self.day, each.id) for each in called),
            *(
                Cover(each.staff_id, need.group.id, self.day, each.id, each.staff_id in self.recorded, shared=True)
                for each in self._sharing(need)
            ),
        ]

    def entry(self, need: Need) -> CoverageDay:
        """What the report says about a group on this day."""
        covers = tuple(self.covers(need))
        reasons = tuple(self._reasons(need, covers)) if len(covers) < need.needed else ()
        return CoverageDay(need.group.id, self.day, need.off, need.needed, covers, reasons)

    def _reasons(self, need: Need, covers: Sequence[Cover]) -> Iterable[Reason]:
        assigned = _assigned(self.roster, need.group)
        if not assigned:
            yield Reason(Why.NO_BACKUP)
        if need.group.max_per_day is not None and len(covers) >= need.group.max_per_day:
            yield Reason(Why.MAX_PER_DAY)
        covering = {cover.staff_id for cover in covers}
        for each in assigned:
            if each.staff_id not in covering:
                why = self.obstacle(each, need.group)
                if why is None and each.staff_id in self.holds:
                    why = Why.OTHER_GROUP
                if why is not None:
                    yield Reason(why, each.staff_id)


def unrecorded_covers(roster: Roster, shifts: frozenset[tuple[str, date]]) -> dict[tuple[str, date], str]:
    """Which of these shifts, of whose group there is no record, cover which group: as many as there is a need for."""
    groups = [group for group in _groups(roster) if group.unrecorded_covers]
    found: dict[tuple[str, date], str] = {}
    for day in roster.days:
        present = frozenset(staff_id for staff_id, each in shifts if each == day)
        if present and day not in roster.closed:
            needs = [need for group in groups if (need := need_of(roster, group, day)).needed]
            covers = Present(roster, day, needs, present).solve()
            found |= {(each.staff_id, day): each.group_id for each in covers if not (each.already or each.shared)}
    return found


class Present(Matching):
    """The needs of one day matched with those who are at work and have no record, instead of with those who are free."""

    def __init__(self, roster: Roster, day: date, needs: Sequence[Need], present: frozenset[str]) -> None:
        self.present = present
        super().__init__(roster, day, needs, {})

    def _busy(self, staff_id: str) -> Why | None:
        return None if staff_id in self.present else Why.WORKING


def _assigned(roster: Roster, group: BackupGroup) -> list[Assignment]:
    """The group's assignments, first called first."""
    own = [each for each in roster.assignments if each.group_id == group.id]
    return sorted(own, key=lambda each: (each.priority, each.id))


def cells_to_call(report: CoverageReport, days: Iterable[date] | None = None) -> list[Cover]:
    """What applying the coverage changes: these cells become ○ (and cover the group); on all days or on some."""
    chosen = None if days is None else frozenset(days)
    return [
        cover
        for each in report.days
        for cover in each.covers
        if not (cover.already or cover.shared) and (chosen is None or cover.day in chosen)
    ]
