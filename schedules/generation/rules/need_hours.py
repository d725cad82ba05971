"""Needs by the hour: from 11:00 to 14:00 so many.

The number holds at each moment of the hours. Who counts then has a shift that has begun and not ended, by the times that its type has on
its day: also one of the day before that goes on past midnight, and one of the next day where the hours do. The hours are cut where somebody
may come or go; between two cuts the same people are there. Each who is missing, or too many, costs the row's weights *for each hour*, so
that where the cuts fall makes no difference. Breaks have no time of the day, so that who has one counts; a shift type without times counts
at no hour (:func:`unheard.untimed` says so).

Who has two shifts at a time (a night that goes on after an early shift has begun) is one person. Places that need a skill are filled
moment by moment, so that somebody may be at the till at noon and in the kitchen in the evening.

Days around the period count as far as they are known; where they are not known for everybody, nobody is said to be missing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from schedules.generation.kinds import BLANK, DAY, Kind, ShiftType, State
from schedules.generation.measures import during, shift
from schedules.generation.problem import Need
from schedules.generation.rules.asked import Asked
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.skills import PLACE, place_terms
from schedules.generation.rules.skills import Kind as PlaceKind
from schedules.generation.terms import Blocks, Count, Ref, Rule, Subject, Term

HOUR = 60

Symbols = frozenset[str]
"""Of shift types; a blank that means work is worked at the times of the first normal type."""


class Piece(NamedTuple):
    """A part of the hours in which nobody comes or goes: minutes after the beginning of the period, and whose shifts count then: those
    of these types, by day."""

    begins: int
    ends: int
    there: Mapping[date, Symbols]

    @property
    def hours(self) -> Fraction:
        """How long it is."""
        return Fraction(self.ends - self.begins, HOUR)


class Present(NamedTuple):
    """Who may be there in a piece: the cells of each person, how many are there whatever the grid holds, and whether all that counts is
    known."""

    people: tuple[tuple[Ref, ...], ...]
    constant: int
    is_known: bool


def hour_terms(context: RuleContext, each: Asked, few: str, many: str) -> Iterator[Term]:
    """The terms of a need without a skill on one day."""
    need = each.need
    for piece in pieces(context, need, each.day):
        found = present(context, need, piece, each.rows)
        subject = _subject(context, each, piece, each.label)
        if each.least and found.is_known:
            rule = context.rule(few, need, weight=_weight(need, piece))
            yield _bound(rule, found, subject, low=each.least)
        if each.most is not None:
            weight = need.surplus * piece.hours
            rule = context.make_rule(many, need.id, need.name, hard=False, weight=weight)
            yield _bound(rule, found, subject, high=each.most)


def _bound(rule: Rule, found: Present, subject: Subject, low: int | None = None, high: int | None = None) -> Term:
    if all(len(refs) == 1 for refs in found.people):
        refs = tuple(ref for refs in found.people for ref in refs)
        return Count(rule, refs, low=low, high=high, constant=found.constant, subject=subject)
    return Blocks(rule, found.people, high, found.constant, subject, low)


def places_by_the_hour(context: RuleContext, all_asked: Sequence[Asked]) -> Iterator[Term]:
    """The terms of the places that needs with a skill ask by the hour: of each moment those of all such needs."""
    spans = [(_span(context, each.need, each.day), each) for each in all_asked]
    cuts = sorted({end for (first, last), _ in spans for end in (first, last)})
    before: tuple[Sequence[Asked], Piece] | None = None
    for begins, ends in pairwise(cuts):
        here = [each for (first, last), each in spans if first <= begins and ends <= last]
        for piece in _cut(context, "any", begins, ends) if here else ():
            joined = before and before[0] == here and before[1].there == piece.there and before[1].ends == piece.begins
            if before and joined:
                before = here, before[1]._replace(ends=piece.ends)
                continue
            if before:
                yield from _places(context, *before)
            before = here, piece
    if before:
        yield from _places(context, *before)


def _places(context: RuleContext, here: Sequence[Asked], piece: Piece) -> Iterator[Term]:
    kinds = []
    for each in here:
        if present(context, each.need, piece, each.rows).is_known:
            rule = context.rule(PLACE, each.need, weight=_weight(each.need, piece))
            subject, wanted = _subject(context, each, piece, each.called), each.least or 0
            kinds.append(PlaceKind(rule, each.need.shift_type, frozenset(each.rows), wanted, subject, piece.there))
    yield from place_terms(context, kinds)


def _weight(need: Need, piece: Piece) -> Fraction:
    """A hard row of no weight is as heavy as any other, hour by hour."""
    return (need.weight or Fraction(need.hard)) * piece.hours


def _subject(context: RuleContext, each: Asked, piece: Piece, label: str) -> Subject:
    start = (each.day - context.problem.days[0]).days * DAY
    hours = (piece.begins - start, piece.ends - start)
    return Subject(day=each.day, label=label, what=each.need.shift_type, hours=hours)


def _span(context: RuleContext, need: Need, day: date) -> tuple[int, int]:
    start = (day - context.problem.days[0]).days * DAY
    begins, ends = need.hours or (0, DAY)
    return start + begins, start + ends


def pieces(context: RuleContext, need: Need, day: date) -> list[Piece]:
    """The hours of a need on one day, cut where somebody may come or go."""
    return _cut(context, need.shift_type, *_span(context, need, day))


def _cut(context: RuleContext, name: str, begins: int, ends: int) -> list[Piece]:
    first = context.problem.days[0]
    shifts = []
    for number in range(begins // DAY - 1, (ends - 1) // DAY + 1):
        day = first + timedelta(days=number)
        for each in context.problem.shift_types.types:
            times = each.on(day)
            if times.begins is not None and times.length and _counts(context, each, name):
                start = number * DAY + times.begins
                shifts.append((start, start + times.length, day, each.symbol))
    cuts = {begins, ends, *(end for shift in shifts for end in shift[:2] if begins < end < ends)}
    found: list[Piece] = []
    for start, end in pairwise(sorted(cuts)):
        there: dict[date, Symbols] = {}
        for since, until, day, symbol in shifts:
            if since <= start and end <= until:
                there[day] = there.get(day, frozenset()) | {symbol}
        if found and found[-1].there == there:
            found[-1] = found[-1]._replace(ends=end)
        else:
            found.append(Piece(start, end, there))
    return found


def _counts(context: RuleContext, each: ShiftType, name: str) -> bool:
    """Whether cells of that type may count as that shift."""
    types, of = context.problem.shift_types, shift(name).of
    if types.by_symbol.get(each.symbol) is not each:
        return False
    states = [types.state(each.symbol, blank_works=True)]
    if each is types.first(Kind.NORMAL):
        states.append(types.state(BLANK, blank_works=True))
    return any(state.works and of(state) for state in states)


def present(context: RuleContext, need: Need, piece: Piece, rows: Sequence[int]) -> Present:
    """Who of these people may be there, and who is for certain."""
    types = context.problem.shift_types
    people, constant, is_known = list[tuple[Ref, ...]](), 0, True
    measures = {
        day: during(types, shift(need.shift_type), symbols)
        for day, symbols in piece.there.items()
        if any(_counts(context, types.by_symbol[symbol], need.shift_type) for symbol in symbols)
    }
    for row in rows:
        refs, certain = list[Ref](), False
        for day, measure in measures.items():
            if not context.employed(row, day):
                continue
            if day in context.column:
                refs.append(context.ref(row, day, measure))
                continue
            state = context.beyond(row, day)
            is_known = is_known and state is not None
            certain = certain or bool(state and measure.of(state))
        constant += certain
        if refs and not certain:
            people.append(tuple(refs))
    return Present(tuple(people), constant, is_known)


def there(found: Present, state_of: Callable[[Ref], State]) -> int:
    """How many are there, in a grid of which ``state_of`` says the states."""
    return found.constant + sum(any(ref.measure.of(state_of(ref)) for ref in refs) for refs in found.people)
