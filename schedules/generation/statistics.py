"""Numbers about a schedule: per person, per day, and how fairly the shifts fall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from schedules.generation.kinds import Kind, State
from schedules.generation.meaning import CLOSED
from schedules.generation.measures import REST_OR_OFF, shift
from schedules.generation.problem import Staff, weekday
from schedules.generation.rules.asked import Asked, asked
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.need_hours import pieces, present, there
from schedules.generation.rules.skills import PLACE
from schedules.generation.rules.wishes import PREFIX
from schedules.generation.score import Scorer
from schedules.generation.terms import Ref

WEEKEND = frozenset({0, 6})


@dataclass(frozen=True, slots=True)
class PersonStatistics:
    """``days_off`` in off-equivalents; ``weekend_offs`` and ``longest_run`` by days; ``longest_rest`` days in a row without work;
    ``single_offs`` such days alone between two of work."""

    staff_id: str
    name: str
    working: int
    early: int
    late: int
    off: int
    days_off: float
    weekend_offs: int
    longest_run: int
    longest_rest: int
    single_offs: int
    covers: int

    def to_wire(self) -> dict[str, object]:
        """The person's counts as the protocol names its fields."""
        return {
            "staffId": self.staff_id,
            "name": self.name,
            "working": self.working,
            "early": self.early,
            "late": self.late,
            "off": self.off,
            "daysOff": self.days_off,
            "weekendOffs": self.weekend_offs,
            "longestRun": self.longest_run,
            "longestRest": self.longest_rest,
            "singleOffs": self.single_offs,
            "covers": self.covers,
        }


@dataclass(frozen=True, slots=True)
class DayStatistics:
    """``off``: who is off by a mark; on a closed day nobody is missed for having none."""

    day: date
    working: int
    early: int
    late: int
    off: int

    def to_wire(self) -> dict[str, object]:
        """The day as the protocol names its fields."""
        return {
            "dateKey": self.day.isoformat(),
            "working": self.working,
            "early": self.early,
            "late": self.late,
            "off": self.off,
        }


@dataclass(frozen=True, slots=True)
class Fairness:
    """How a number is spread over the people: least, most and mean; ``blank_works`` says which of the two ways of working
    is compared."""

    what: str
    blank_works: bool
    least: int
    most: int
    mean: float

    def to_wire(self) -> dict[str, object]:
        """The comparison as the protocol names its fields."""
        return {
            "what": self.what,
            "blankMeans": "work" if self.blank_works else "free",
            "least": self.least,
            "most": self.most,
            "mean": self.mean,
        }


@dataclass(frozen=True, slots=True)
class Counted:
    """A grid over which things are counted: its people, its days, and the states of its cells, person by person."""

    staff: Sequence[Staff]
    days: Sequence[date]
    states: Sequence[State]

    @classmethod
    def of(cls, grid: "Scorer | Counted") -> "Counted":
        """The grid of a scorer; another one is taken as it is."""
        return grid if isinstance(grid, Counted) else cls(grid.problem.staff, grid.problem.days, grid.states)


def per_person(grid: Scorer | Counted) -> list[PersonStatistics]:
    """One entry for each member, in their order."""
    grid = Counted.of(grid)
    return [_person(grid, row) for row in range(len(grid.staff))]


def _person(grid: Counted, row: int) -> PersonStatistics:
    member = grid.staff[row]
    width = len(grid.days)
    states = grid.states[row * width : (row + 1) * width]
    dated = list(zip(grid.days, states, strict=True))
    return PersonStatistics(
        staff_id=member.id,
        name=member.name,
        working=sum(state.works for state in states),
        early=_count(states, Kind.EARLY),
        late=_count(states, Kind.LATE),
        off=sum(state.off for state in states),
        days_off=float(sum((s.off_equivalent for s in states if s.kind is not Kind.ABSENT), start=0)),
        weekend_offs=sum(state.off and weekday(day) in WEEKEND for day, state in dated),
        longest_run=longest_run(states),
        longest_rest=max(_rests(states), default=0),
        single_offs=_rests_inside(states).count(1),
        covers=sum(state.covers is not None for state in states),
    )


def _count(states: Iterable[State], kind: Kind) -> int:
    return sum(state.kind is kind for state in states)


def longest_run(states: Sequence[State]) -> int:
    """The most working days in a row."""
    longest = current = 0
    for state in states:
        current = current + 1 if state.works else 0
        longest = max(longest, current)
    return longest


def _rests(states: Sequence[State]) -> list[int]:
    """The lengths of the runs of days off, and without a call, in order."""
    return [sum(1 for _ in run) for rests, run in groupby(states, _is_rest) if rests]


def _rests_inside(states: Sequence[State]) -> list[int]:
    """The same without those at the ends of the period, which may go on beyond it."""
    found = _rests(states)
    begins, ends = (bool(states) and _is_rest(states[place]) for place in (0, -1))
    return found[int(begins) : len(found) - int(ends)]


def _is_rest(state: State) -> bool:
    return bool(REST_OR_OFF.of(state))


def per_day(grid: Scorer | Counted) -> list[DayStatistics]:
    """One entry for each day of the period."""
    grid = Counted.of(grid)
    width = len(grid.days)
    return [_day(day, grid.states[column::width]) for column, day in enumerate(grid.days)]


def _day(day: date, states: Sequence[State]) -> DayStatistics:
    return DayStatistics(
        day=day,
        working=sum(state.works for state in states),
        early=_count(states, Kind.EARLY),
        late=_count(states, Kind.LATE),
        off=sum(state.off for state in states if state != CLOSED),
    )


def fairness_table(grid: Scorer | Counted) -> list[Fairness]:
    """Early and late shifts, days off on weekends and working days, among those who work the same way."""
    grid = Counted.of(grid)
    people = per_person(grid)
    found = []
    for blank_works in (True, False):
        own = [each for each, member in zip(people, grid.staff, strict=True) if member.blank_works is blank_works]
        for what in ("early", "late", "weekend_offs", "working"):
            numbers = [int(getattr(each, what)) for each in own]
            if numbers:
                mean = round(sum(numbers) / len(numbers), 2)
                found.append(Fairness(NAMES.get(what, what), blank_works, min(numbers), max(numbers), mean))
    return found


NAMES = {"weekend_offs": "weekendOffs"}


@dataclass(frozen=True, slots=True)
class WishStatistics:
    """The ids of the wishes that count, in order of their days: those that the grid keeps, and the others."""

    kept: tuple[str, ...]
    unkept: tuple[str, ...]

    def to_wire(self) -> dict[str, object]:
        """How many wishes are kept, and which."""
        total = len(self.kept) + len(self.unkept)
        return {"total": total, "kept": len(self.kept), "keptIds": list(self.kept), "unkept": list(self.unkept)}


def wish_statistics(scorer: Scorer) -> WishStatistics:
    """The wishes that the scorer's grid keeps and does not keep."""
    first = scorer.problem.days[0]
    judged = sorted(
        (
            (term.subject.day or first, str(term.rule.id), amount)
            for term, amount in zip(scorer.compiled.terms, scorer.amounts, strict=True)
            if term.rule.kind.startswith(PREFIX)
        ),
    )
    kept, unkept = (tuple(id for _, id, amount in judged if bool(amount) is broken) for broken in (False, True))
    return WishStatistics(kept, unkept)


@dataclass(frozen=True, slots=True)
class NeedStatistics:
    """How many a need asks for on a day, and how many are there; with a skill, how many of its places are filled. ``label``: of whom, where the need is about
    several or names a skill. By the hour: how many are there when there are the fewest of them; ``hours``: from when to when."""

    need_id: str
    day: date
    label: str
    needed: int
    present: int
    hours: tuple[str, str] | None = None

    def to_wire(self) -> dict[str, object]:
        """The need on its day as the protocol names its fields."""
        return {
            "needId": self.need_id,
            "dateKey": self.day.isoformat(),
            "whom": self.label,
            "needed": self.needed,
            "present": self.present,
            **(dict(zip(("from", "until"), self.hours, strict=True)) if self.hours else {}),
        }


def per_need(scorer: Scorer) -> list[NeedStatistics]:
    """An entry for each number that a need has for an open day: need by need, day by day."""
    context, width = RuleContext(scorer.problem), len(scorer.problem.days)
    empty: dict[tuple[str | None, date | None, str], int] = {}
    for term, amount in zip(scorer.compiled.terms, scorer.amounts, strict=True):
        if term.rule.kind == PLACE:
            key = term.rule.id, term.subject.day, term.subject.label
            empty[key] = max(empty.get(key, 0), amount)

    def state_of(ref: Ref) -> State:
        return scorer.states[ref.row * width + ref.column]

    def number_of(each: Asked) -> int:
        need = each.need
        if need.skill is not None:
            return each.wanted - empty.get((need.id, each.day, each.called), each.wanted)
        if need.hours:
            return min(
                there(present(context, need, piece, each.rows), state_of) for piece in pieces(context, need, each.day)
            )
        counts, column = shift(need.shift_type).of, context.column[each.day]
        return sum(counts(scorer.states[row * width + column]) for row in each.rows)

    return [
        NeedStatistics(each.need.id, each.day, each.called, each.wanted, number_of(each), _clock(each.need.hours))
        for each in asked(context)
    ]


def _clock(hours: tuple[int, int] | None) -> tuple[str, str] | None:
    """Hours as on the wire."""
    if hours is None:
        return None
    begins, ends = (f"{minutes // 60 % 24:02}:{minutes % 60:02}" for minutes in hours)
    return begins, ends
