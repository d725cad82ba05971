"""What of a month that is still being filled is worth saying, and how: its problems as somebody who fills it wants to read them.

A person who has some entries is *being planned*: the days after the last of them are not planned yet, and are not judged. Who
has none at all is judged as the blank cells read (the page sets them apart), and who has entries up to the last week of the
month is planned to its end: blank days there are meant.

- what is about one person counts the days up to their last entry only: a least number is asked when all its days are planned,
  a most is broken when the planned days alone break it
- what is about a day waits until somebody is planned for that day
- a run of working days that is too long is one problem, however many days too long it is
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from schedules.generation.kinds import BLANK
from schedules.generation.problem import Cell, Problem
from schedules.generation.score import Score, Scorer
from schedules.generation.terms import Blocks, Count, Pattern, Ref, Term, Tier
from schedules.generation.violations import Violation, in_order, violation_of

TAIL = 7
"""So many open days without an entry at the end of a month are days that nobody has planned yet."""

RUN = "max_consecutive_work"

Broken = tuple[Term, int, int]
"""A term, how far it is broken, and the sum that this was judged by."""


def problems_of(
    scorer: Scorer, locked: frozenset[Cell] = frozenset(), *, is_finished: bool = False
) -> tuple[Score, list[Violation]]:
    """The problems of the scorer's grid, the hardest and dearest first, and what they cost. A ``locked`` cell is an entry, blank or
    not. ``is_finished``: the whole month is judged, whatever is blank."""
    frontier = Frontier(scorer, locked, is_finished=is_finished)
    found = in_order(_told(scorer.problem, frontier.broken()))
    hard = sum(each.penalty for each in found if each.is_hard)
    return Score(hard, sum(each.penalty for each in found) - hard), found


class Frontier:
    """Up to which day each person of a month is planned."""

    def __init__(self, scorer: Scorer, locked: frozenset[Cell], *, is_finished: bool) -> None:
        self.scorer = scorer
        self.locked = locked
        self.problem = scorer.problem
        end = len(self.problem.days) - 1
        begun = {} if is_finished else dict(self._begun(scorer))
        self.last: Mapping[int, int] = begun
        """The column of the last planned day, of those rows that have some entry."""
        self.reach = max(begun.values(), default=end)

    def _begun(self, scorer: Scorer) -> Iterator[tuple[int, int]]:
        width = len(self.problem.days)
        for row in range(len(self.problem.staff)):
            cells = scorer.states[row * width : (row + 1) * width]
            entered = [
                column for column, state in enumerate(cells) if state.value != BLANK or self._is_locked(row, column)
            ]
            if entered:
                yield row, self._planned_to(row, entered[-1])

    def _is_locked(self, row: int, column: int) -> bool:
        return (self.problem.staff[row].id, self.problem.days[column]) in self.locked

    def _planned_to(self, row: int, column: int) -> int:
        member, days = self.problem.staff[row], self.problem.days
        left = [day for day in days[column + 1 :] if member.employed(day) and day not in self.problem.closed]
        return column if len(left) >= TAIL else len(days) - 1

    def broken(self) -> Iterator[Broken]:
        """The terms that are broken by what is planned, each with how far."""
        compiled = self.scorer.compiled
        for number, amount in enumerate(self.scorer.amounts):
            term = compiled.terms[number]
            if amount and term.rule.tier is not Tier.MINOR:
                judged, total = self._judged(term, amount, self.scorer.sums[compiled.offsets[number]])
                if judged:
                    yield term, judged, total

    def _judged(self, term: Term, amount: int, total: int) -> tuple[int, int]:
        subject = term.subject
        if subject.staff is None and subject.day is not None:
            return (amount if self.problem.days.index(subject.day) <= self.reach else 0), total
        if all(self._is_planned(ref) for ref in _refs(term)):
            return amount, total
        if isinstance(term, Blocks):
            worked = sum(any(self._is_planned(ref) and self._value(ref) > 0 for ref in block) for block in term.rows)
            return max(0, term.constant + worked - (term.high or 0)), total
        if not isinstance(term, Count) or term.high is None:
            return 0, total
        planned = term.constant + sum(self._value(ref) for ref in term.refs if self._is_planned(ref))
        return max(0, planned - term.high), planned

    def _is_planned(self, ref: Ref) -> bool:
        return ref.column <= self.last.get(ref.row, ref.column)

    def _value(self, ref: Ref) -> int:
        state = self.scorer.states[ref.row * self.scorer.compiled.width + ref.column]
        return ref.measure.of(state) * ref.factor


def _refs(term: Term) -> Sequence[Ref]:
    if isinstance(term, Count | Pattern):
        return term.refs
    return [ref for row in term.rows for ref in row]


def _told(problem: Problem, broken: Iterable[Broken]) -> Iterator[Violation]:
    runs: dict[tuple[str | None, int | None], list[Broken]] = {}
    for each in broken:
        term, amount, total = each
        if term.rule.kind == RUN:
            runs.setdefault((term.rule.id, term.subject.staff), []).append(each)
        else:
            yield violation_of(problem, term, amount, total)
    for windows in runs.values():
        windows.sort(key=lambda each: _day(each[0]))
        for run in _one_after_the_other(windows):
            yield _run(problem, [term for term, _, _ in run], sum(amount for _, amount, _ in run))


def _day(term: Term) -> date:
    assert term.subject.day is not None
    return term.subject.day


def _one_after_the_other(windows: Sequence[Broken]) -> Iterator[list[Broken]]:
    run: list[Broken] = []
    for each in windows:
        if run and _day(each[0]) - _day(run[-1][0]) != timedelta(days=1):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _run(problem: Problem, windows: Sequence[Term], amount: int) -> Violation:
    """The windows of one run, said once: from its first day to its last; ``day`` is the first that is too many."""
    first, last = windows[0], windows[-1]
    whole = replace(last, subject=replace(last.subject, until=first.subject.until))
    end = problem.days[-1]
    told = violation_of(problem, whole, amount, 0)
    return replace(told, day=min(_day(first), end), until=min(_day(last), end))
