"""What may be put into each cell: nature's laws and the person's way of working, before any rule is asked.

A cell that is fixed has one choice. Otherwise: normal work in the person's own writing, early and late where some rule has
a use for them, a day off (or, for those who are called by shift, no call), and covering each group that the person may
back up that day, as ○. What is in the cell now stays a choice, so that nothing must change without a reason.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from schedules.generation.compiled import no_collection
from schedules.generation.kinds import ABSENT, BLANK, CHOOSABLE, Kind, State
from schedules.generation.problem import Keep, Problem, Staff
from schedules.generation.rules.groups import eligible, watched

WISHES = frozenset({"preferred_shift", "required_shift"})
SHIFTS = (Kind.EARLY, Kind.LATE)


class Choices:
    """The choices of every cell of a problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._everyday: dict[str, tuple[State, ...]] = {}

    def all(self) -> list[tuple[State, ...]]:
        """By cell number (row by row)."""
        with no_collection():
            return [self.of(member, day) for member in self.problem.staff for day in self.problem.days]

    def of(self, member: Staff, day: date) -> tuple[State, ...]:
        problem = self.problem
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
        callable_off = now.kind is Kind.OFF and (member.id, day) not in self.problem.locked
        if callable_off and day not in self.problem.closed:
            return (now, *self._covers(member, day))
        return (now,)

    def _closed(self, member: Staff, day: date) -> State:
        """On a closed day there is nothing to plan: a mark of rest stays, and what is work becomes blank."""
        now = self.problem.present(member, day)
        return self.problem.state(member, day, BLANK) if now.works else now

    def _open(self, member: Staff, day: date) -> Iterator[State]:
        if member.id not in self._everyday:
            self._everyday[member.id] = (*self._working(member), self._rest(member))
        yield from self._everyday[member.id]
        yield from self._covers(member, day)

    def _rest(self, member: Staff) -> State:
        off = self.problem.shift_types.first(Kind.OFF)
        if member.blank_works and off is not None:
            return self._read(member, off.symbol)
        return State(BLANK, Kind.FREE)

    def _working(self, member: Staff) -> list[State]:
        wanted = self._wanted_kinds
        states = [state for state in self._shifts(member) if state.allowed]
        asked = [state for state in states if state.kind is Kind.NORMAL or state.kind in wanted]
        return asked or states

    def _shifts(self, member: Staff) -> Iterator[State]:
        if member.blank_works:
            yield self._read(member, BLANK)
        else:
            yield from self._first_allowed(member, Kind.NORMAL)
        for kind in SHIFTS:
            yield from self._first_allowed(member, kind)
        for symbol in self._named_symbols:
            yield self._read(member, symbol)

    def _first_allowed(self, member: Staff, kind: Kind) -> Iterator[State]:
        """Of several shift types of a kind the first that the person works: they are alike to every rule."""
        states = (self._read(member, each.symbol) for each in self.problem.shift_types.of_kind(kind))
        yield from [state for state in states if state.allowed][:1]

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
    def _asked_for(self) -> frozenset[str]:
        """The shift types that some rule wants people to have."""
        problem = self.problem
        limits = (*problem.daily, *problem.weekly, *problem.monthly)
        asked = {limit.shift_type for limit in limits if limit.minimum}
        asked |= {rule.shift_type for rule in problem.rules if rule.rule_type in WISHES}
        asked |= {"early" for group in problem.groups if group.coverage.min_early}
        asked |= {"late" for group in problem.groups if group.coverage.min_late}
        shunned = any(limit.shift_type == "normal" and limit.maximum is not None for limit in limits)
        shunned |= any(rule.shift_type == "normal" and rule.rule_type == "avoid_shift" for rule in problem.rules)
        return frozenset(asked | ({"early", "late"} if shunned else set()))

    @cached_property
    def _wanted_kinds(self) -> frozenset[Kind]:
        named = {self.problem.shift_types.by_symbol[symbol].kind for symbol in self._named_symbols}
        return frozenset(kind for kind in SHIFTS if kind.value in self._asked_for) | named

    @cached_property
    def _named_symbols(self) -> tuple[str, ...]:
        """Working shift types that a rule asks for by their symbol."""
        types = self.problem.shift_types.by_symbol
        return tuple(
            sorted(
                symbol for symbol in self._asked_for if symbol in types and types[symbol].kind in (Kind.NORMAL, *SHIFTS)
            )
        )
