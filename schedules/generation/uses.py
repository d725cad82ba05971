"""Which shift types the rules of a problem can have a use for, so that a cell offers those and no others.

A shift type is *wanted* where a rule asks for it, and *shunned* where a rule asks for less of it: then something else must be
on offer. What only a shunned "work" can be exchanged for is a day off, which is always on offer; normal work is too, for those
who may work it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from schedules.generation.kinds import Kind
from schedules.generation.problem import Limit, Need, Problem
from schedules.generation.rules.availability import shifts_outside
from schedules.generation.rules.rule_kinds import RULE_KINDS

SHIFTS = (Kind.EARLY, Kind.LATE)


@dataclass(frozen=True, slots=True)
class Uses:
    """``wanted`` and ``shunned``: names of shift types, kinds or symbols. ``shares``: days off are limited by their
    off-equivalents, so that a shift may be chosen for what it counts, an early one also where ``half_days``. ``off_by_head``: marks of days off are asked for. ``times``: when a shift
    begins and ends counts. ``wished_blank``: somebody wishes for or against what a blank may stand for, which is no other normal shift."""

    wanted: frozenset[str]
    shunned: frozenset[str]
    shares: bool
    half_days: bool
    off_by_head: bool
    times: bool
    wished_blank: bool

    def kind(self, kind: Kind, symbols: frozenset[str], off_equivalents: frozenset[Fraction]) -> bool:
        """Is there a use for shifts of this kind (early or late), which has these symbols and off-equivalents?"""
        if kind.value in self.wanted or not symbols.isdisjoint(self.wanted):
            return True
        if kind is Kind.EARLY and self.half_days:
            return True
        return self.shares and any(share > 0 for share in off_equivalents)


def uses_of(problem: Problem) -> Uses:
    """What all rules together can have a use for."""
    limits = (*problem.daily, *problem.weekly, *problem.monthly)
    wanted = {name for limit in limits for name in _wanted_by_limit(limit)}
    wanted |= {name for rule in problem.rules for name in RULE_KINDS[rule.rule_type].wanted(rule)}
    wanted |= {name for need in problem.needs for name in _of_a_need(need)}
    wanted |= {"early" for group in problem.groups if group.coverage.min_early}
    wanted |= {"late" for group in problem.groups if group.coverage.min_late}
    shunned = {limit.shift_type for limit in limits if limit.maximum is not None or _is_spread(limit)}
    shunned |= {name for need in problem.needs if need.surplus for name in _of_a_need(need)}
    shunned |= {name for rule in problem.rules for name in RULE_KINDS[rule.rule_type].shunned(rule)}
    wanted |= {wish.shift for wish in problem.wishes if wish.kind == "prefer"}
    shunned |= {wish.shift for wish in problem.wishes if wish.kind == "avoid"}
    shunned.update(_outside_hours(problem))
    first = problem.shift_types.first(Kind.NORMAL)
    if _shuns_normal(problem, shunned):
        wanted |= {kind.value for kind in SHIFTS}
    by_share = [each for each in (*problem.weekly, *problem.monthly) if each.shift_type == "off" and _is_bounded(each)]
    least_off = [each for each in by_share if each.minimum]
    return Uses(
        wanted=frozenset(wanted),
        shunned=frozenset(shunned),
        shares=any(not limit.whole_days for limit in by_share),
        half_days=any(limit.half_days for limit in least_off),
        off_by_head=_asks_for_marks(problem),
        times=any(RULE_KINDS[rule.rule_type].needs_times for rule in problem.rules)
        or any(need.hours for need in problem.needs)
        or any(not entry.is_none for entry in problem.availability),
        wished_blank=first is not None and any(wish.shift == first.symbol for wish in problem.wishes),
    )


def _outside_hours(problem: Problem) -> Iterator[str]:
    """The shifts that somebody cannot work on some day for their times."""
    for entry in problem.availability:
        for day in filter(entry.when.applies, problem.days):
            yield from shifts_outside(problem, entry, day)


def _of_a_need(need: Need) -> tuple[str, ...]:
    """By the hour any shift may be exchanged for one of other times."""
    kinds = (Kind.NORMAL.value, *SHIFTS) if need.hours and need.shift_type == "any" else ()
    return (need.shift_type, *kinds)


def _is_bounded(limit: Limit) -> bool:
    return bool(limit.minimum) or limit.maximum is not None


def _is_spread(limit: Limit) -> bool:
    return bool(limit.max_consecutive or limit.min_days_between or limit.prefer_weekends)


def _wanted_by_limit(limit: Limit) -> Iterator[str]:
    if limit.minimum or limit.min_days_between:
        yield limit.shift_type


def _shuns_normal(problem: Problem, shunned: set[str]) -> bool:
    """Is there a rule against normal work that early or late shifts are no breach of?"""
    symbols = {each.symbol for each in problem.shift_types.of_kind(Kind.NORMAL)}
    return "normal" in shunned or not shunned.isdisjoint(symbols)


def _asks_for_marks(problem: Problem) -> bool:
    """Whether a rule counts days off per person, so that a day without a call is not one."""
    least = any(limit.shift_type == "off" and limit.minimum for limit in problem.daily)
    least = least or any(need.shift_type == "off" for need in problem.needs)
    even = any(RULE_KINDS[rule.rule_type].is_even and rule.shift_type == "off" for rule in problem.rules)
    return least or even or any(limit.shift_type == "off" and limit.min_days_between for limit in problem.monthly)
