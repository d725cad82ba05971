"""Limits of a month that count before weekly ones (``overrideWeeklyLimits``).

A weekly limit steps aside for a person only where no schedule of theirs can keep it and the monthly limit: then the weekly one is a wish
(at most half as heavy as the monthly limit, if that is a wish too), so that the monthly one counts. Everywhere else both hold as they are.

Whether both can be kept is counted week by week: the least and the most that a week can add to the month while the weekly limits hold.
Only the person's own cells are looked at: what is fixed, the closed days, and the shifts that they may work.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from schedules.generation.kinds import BLANK, Kind, State
from schedules.generation.measures import on_closed_days
from schedules.generation.problem import Limit
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.limits import Bound, Week, part_of, week_terms, weeks_of
from schedules.generation.terms import Term

Vector = tuple[int, ...]
"""What one choice of a cell counts: for the month, then for each bound of the week."""

KINDS = (Kind.NORMAL, Kind.EARLY, Kind.LATE, Kind.OFF)


class WeekBound(NamedTuple):
    """A bound of a week: the sum that it starts from, and between what it must end."""

    start: int
    low: int | None
    high: int | None


@lru_cache(maxsize=4096)
def reach(days: tuple[frozenset[Vector], ...], asked: tuple[WeekBound, ...]) -> tuple[int, int] | None:
    """The least and the most that these days can add to the month while the week's bounds hold; None if they cannot hold."""
    found: dict[Vector, tuple[int, int]] = {tuple(each.start for each in asked): (0, 0)}
    for choices in days:
        grown: dict[Vector, tuple[int, int]] = {}
        for sums, (least, most) in found.items():
            for month, *week in choices:
                key = tuple(total + value for total, value in zip(sums, week, strict=True))
                low, high = grown.get(key, (least + month, most + month))
                grown[key] = (min(low, least + month), max(high, most + month))
        found = grown
    kept = [ends for sums, ends in found.items() if all(map(_holds, sums, asked))]
    return (min(least for least, _ in kept), max(most for _, most in kept)) if kept else None


def _holds(total: int, asked: WeekBound) -> bool:
    return (asked.low is None or total >= asked.low) and (asked.high is None or total <= asked.high)


class Overriding:
    """Which weekly limits step aside, for whom."""

    def __init__(self, context: RuleContext) -> None:
        self.context = context
        self._aside: dict[tuple[str, int], Limit] = {}
        for month in context.problem.monthly:
            if month.over_weekly and context.problem.weekly and (month.hard or month.weight > 0):
                for row in context.people(month.scope, month.targets):
                    self._settle(month, row)

    def as_it_counts(self, limit: Limit, row: int) -> Limit:
        """A weekly limit as it counts for a person."""
        return self._aside.get((limit.id, row)) or self.context.exceptions.of(limit, row)

    def _settle(self, month: Limit, row: int) -> None:
        exceptions = self.context.exceptions
        month = exceptions.of(month, row)
        own = (each for each in self.context.problem.weekly if row in self.context.people(each.scope, each.targets))
        weekly = [exceptions.of(each, row) for each in own]
        by_start: dict[int, list[Limit]] = {}
        for each in weekly:
            by_start.setdefault(each.week_starts_on, []).append(each)
        for limits in by_start.values():
            for each in self._in_the_way(month, row, limits):
                self._aside[each.id, row] = _wish(each, month)

    def _in_the_way(self, month: Limit, row: int, limits: Sequence[Limit]) -> Sequence[Limit]:
        """Those of the weekly limits for which the monthly one cannot be kept."""
        days, wanted = part_of(self.context, month, row)
        for bound in wanted:
            if self._can_hold(month, bound, row, days, limits) or not self._can_hold(month, bound, row, days, ()):
                continue
            alone = [each for each in limits if not self._can_hold(month, bound, row, days, [each])]
            return alone or limits
        return ()

    def _can_hold(self, month: Limit, bound: Bound, row: int, days: Sequence[date], limits: Sequence[Limit]) -> bool:
        least = most = 0
        starts_on = limits[0].week_starts_on if limits else 0
        for week in weeks_of(self.context, starts_on):
            asked = [each for limit in limits for each in Week.asked(self.context, limit, row, week)]
            found = self._reach(month, bound, row, days, week, asked)
            if found is None:  # the weekly limits contradict one another: that is not the month's doing
                found = self._reach(month, bound, row, days, week, ())
            assert found is not None
            least, most = least + found[0], most + found[1]
        return (bound.low is None or most >= bound.low) and (bound.high is None or least <= bound.high)

    def _reach(
        self, month: Limit, bound: Bound, row: int, days: Sequence[date], week: Sequence[date], asked: Sequence[Week]
    ) -> tuple[int, int] | None:
        inside = [day for day in week if day in self.context.column and self.context.employed(row, day)]
        vectors = tuple(
            frozenset(
                (
                    self._of_month(month, bound, day, state) if day in days else 0,
                    *(each.of(day, state) for each in asked),
                )
                for state in self._states(row, day)
            )
            for day in inside
        )
        return reach(vectors, tuple(WeekBound(each.constant, each.bound.low, each.bound.high) for each in asked))

    def _of_month(self, month: Limit, bound: Bound, day: date, state: State) -> int:
        closed = day in self.context.problem.closed
        measure = on_closed_days(bound.measure, month.but_closed, month.but_early_closed) if closed else bound.measure
        return measure.of(state)

    def _states(self, row: int, day: date) -> list[State]:
        """What the person's cell may hold, as far as limits can tell it apart."""
        problem = self.context.problem
        member = problem.staff[row]
        now = problem.present(member, day)
        if problem.fixed(member, day) or day in problem.closed:
            return [problem.state(member, day, BLANK) if now.works and not problem.fixed(member, day) else now]
        symbols = [each.symbol for kind in KINDS for each in problem.shift_types.of_kind(kind)]
        states = [problem.state(member, day, symbol) for symbol in (BLANK, *symbols)]
        return [state for state in states if state.allowed]


def weekly_terms(context: RuleContext) -> Iterator[Term]:
    """Every weekly limit for each of its people, as it counts for them."""
    overriding = Overriding(context)
    for limit in context.problem.weekly:
        for row in context.people(limit.scope, limit.targets):
            yield from week_terms(context, overriding.as_it_counts(limit, row), row)


def _wish(weekly: Limit, month: Limit) -> Limit:
    return replace(weekly, hard=False, weight=weekly.weight if month.hard else min(weekly.weight, month.weight / 2))
