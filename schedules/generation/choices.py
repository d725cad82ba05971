"""What may be put into each cell: nature's laws and the person's way of working, before any rule is asked.

A cell that is fixed has one choice (whom a shift without a record covers is a choice even there). Otherwise: normal work in the person's own writing, early and late where some rule has
a use for them (``uses``) or the person may not work normal shifts, a day off (or, for those who are called by shift, no call), and
covering each group that the person may back up that day, as ○. What is in the cell now stays a choice, so that nothing must change without a reason.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from schedules.generation.compiled import no_collection
from schedules.generation.kinds import ABSENT, BLANK, CHOOSABLE, Kind, State, Times
from schedules.generation.problem import Keep, Problem, Staff
from schedules.generation.rules.groups import eligible, watched
from schedules.generation.uses import SHIFTS, Uses, uses_of


class Choices:
    """The choices of every cell of a problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._everyday: dict[tuple[str, bool, frozenset[str]], tuple[State, ...]] = {}

    def all(self) -> list[tuple[State, ...]]:
        """By cell number (row by row)."""
        with no_collection():
            return [self.of(member, day) for member in self.problem.staff for day in self.problem.days]

    def of(self, member: Staff, day: date) -> tuple[State, ...]:
        """The states that the solver may choose for a person on a day; one alone where the day is settled."""
        problem = self.problem
        if (member.id, day) in problem.unrecorded:
            return self._unrecorded(member, day)
        if problem.fixed(member, day):
            return self._kept(member, day)
        if not member.employed(day):
            return (ABSENT,)
        if day in problem.closed:
            return (self._closed(member, day),)
        found = dict.fromkeys(self._open(member, day))
        now = problem.present(member, day)
        if problem.options.keep is not Keep.NONE and now.kind in CHOOSABLE and now.allowed and now.covers is None:
            found[now] = None
        return tuple(found)

    def _kept(self, member: Staff, day: date) -> tuple[State, ...]:
        """A fixed cell; only a × that is kept for being filled may still be called as a backup."""
        now = self.problem.present(member, day)
        is_text = not self.problem.shift_types.explains(now.value)
        callable_off = now.kind is Kind.OFF and not is_text and (member.id, day) not in self.problem.locked
        if callable_off and day not in self.problem.closed:
            return (now, *self._covers(member, day))
        return (now,)

    def _unrecorded(self, member: Staff, day: date) -> tuple[State, ...]:
        """A shift that may cover one of the groups that count such shifts, or none. The shift itself stays where the cell is fixed."""
        problem = self.problem
        value = problem.present(member, day).value
        groups = {group.id for group in problem.groups if group.coverage.unrecorded_covers}
        covered = (group_id for group_id in self._callable.get((member.id, day), ()) if group_id in groups)
        found = dict.fromkeys(problem.state(member, day, value, each) for each in (None, *covered))
        if not problem.fixed(member, day):
            keeps = problem.options.keep is not Keep.NONE
            found = dict.fromkeys((*self._open(member, day), *(found if keeps else ())))
        return tuple(found)

    def _closed(self, member: Staff, day: date) -> State:
        """On a closed day there is nothing to plan: a mark of rest stays, and what is work becomes blank."""
        now = self.problem.present(member, day)
        return self.problem.state(member, day, BLANK) if now.works else now

    def _open(self, member: Staff, day: date) -> Iterator[State]:
        then = member.on(day)
        key = (then.id, then.blank_works, then.allowed)
        if key not in self._everyday:
            self._everyday[key] = (*self._working(then), *self._rests(then))
        yield from self._everyday[key]
        yield from self._covers(member, day)

    def _rests(self, member: Staff) -> Iterator[State]:
        """A day off in the person's own writing, then days off that rules ask for by their symbol."""
        off = self._plain(member, Kind.OFF)
        if not member.blank_works:
            yield State(BLANK, Kind.FREE)
            if self._uses.off_by_head and off:
                yield off
        else:
            yield off or State(BLANK, Kind.FREE)
        if off:
            yield from self._told_apart(member, Kind.OFF, off)

    def _working(self, member: Staff) -> list[State]:
        """Normal work first; of a person who may not work it, everything that they may."""
        written = [state for state in self._normal(member) if state.allowed]
        normal = written or [state for state in [self._plain(member, Kind.NORMAL)] if state]
        shifts = [state for kind in SHIFTS for state in self._of_kind(member, kind)]
        asked = [state for state in shifts if not normal or state.kind in self._used_kinds]
        other = self._told_apart(member, Kind.NORMAL, normal[0]) if normal else ()
        return list(dict.fromkeys([*normal, *other, *asked]))

    def _normal(self, member: Staff) -> Iterator[State]:
        plain = self._plain(member, Kind.NORMAL)
        if member.blank_works:
            yield self._read(member, BLANK)
        elif plain:
            yield plain

    def _of_kind(self, member: Staff, kind: Kind) -> Iterator[State]:
        """The shifts of a kind that rules can tell apart."""
        plain = self._plain(member, kind)
        if plain is not None:
            yield plain
            yield from self._told_apart(member, kind, plain)

    def _told_apart(self, member: Staff, kind: Kind, plain: State) -> Iterator[State]:
        """Beside the plain shift of a kind: the first of those that no rule names, each that one does, wanted or not, and those that
        count otherwise as days off."""
        named = self._uses.wanted | self._uses.shunned
        seen: set[tuple[object, ...]] = set()
        for state in (plain, *self._allowed(member, kind)):
            told_by = (
                state.value if state.value in named or (state.value == BLANK and self._uses.wished_blank) else None,
                state.off_equivalent if self._uses.shares else None,
                self._times(state) if self._uses.times else None,
            )
            if told_by not in seen:
                seen.add(told_by)
                yield state

    def _times(self, state: State) -> tuple[Times, ...]:
        """Types that are told apart by their times on some day of the period are so on every day."""
        types, days = self.problem.shift_types, self.problem.days
        found = types.by_symbol.get(state.value) or types.first(state.kind)
        if found is None:
            return ()
        first, *later = found.within(days[0], days[-1])
        return (Times(first.begins, first.ends), *later)

    def _plain(self, member: Staff, kind: Kind) -> State | None:
        """The shift that is written for a kind: the first that the person works, if possible one that no rule speaks against."""
        states = self._allowed(member, kind)
        unnamed = [state for state in states if state.value not in self._uses.shunned]
        return next(iter(unnamed or states), None)

    def _allowed(self, member: Staff, kind: Kind) -> list[State]:
        states = (self._read(member, each.symbol) for each in self.problem.shift_types.of_kind(kind))
        return [state for state in states if state.allowed]

    def _read(self, member: Staff, symbol: str, covers: str | None = None) -> State:
        return self.problem.shift_types.state(
            symbol, blank_works=member.blank_works, allowed=member.allowed, covers=covers
        )

    def _covers(self, member: Staff, day: date) -> Iterator[State]:
        normal = self.problem.shift_types.first(Kind.NORMAL)
        if normal is None:
            return
        for group_id in self._callable.get((member.id, day), ()):
            state = self._read(member, normal.symbol, group_id)
            if state.allowed:
                yield state

    @cached_property
    def _callable(self) -> dict[tuple[str, date], list[str]]:
        """Whom each person may cover on each day."""
        found: dict[tuple[str, date], list[str]] = {}
        for group in self.problem.groups:
            if watched(self.problem, group):
                for day in self.problem.days:
                    for each in eligible(self.problem, group, day):
                        found.setdefault((each.staff_id, day), []).append(group.id)
        return found

    @cached_property
    def _uses(self) -> Uses:
        return uses_of(self.problem)

    @cached_property
    def _used_kinds(self) -> frozenset[Kind]:
        types = self.problem.shift_types
        return frozenset(
            kind
            for kind in SHIFTS
            if self._uses.kind(
                kind,
                frozenset(each.symbol for each in types.of_kind(kind)),
                frozenset(each.off_equivalent for each in types.of_kind(kind)),
            )
        )
