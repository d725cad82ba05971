"""The rules of the calendar, of employment, and of who may work what."""

from collections.abc import Iterator
from fractions import Fraction

from schedules.generation import measures
from schedules.generation.measures import FORBIDDEN, IDLE, OFF, OUTSIDE, WORK, differs
from schedules.generation.problem import Keep
from schedules.generation.rules.context import RuleContext
from schedules.generation.terms import Count, Measure, Rule, Subject, Term, Tier, points


def calendar_terms(context: RuleContext) -> Iterator[Term]:
    """Nobody works on a closed day; on an all-work day everybody who is employed works, but for ★."""
    closed = context.make_rule("closed_day", None, "", hard=True, weight=Fraction(1))
    all_work = context.make_rule("all_work_day", None, "", hard=True, weight=Fraction(1))
    for day in context.problem.days:
        if day in context.problem.closed:
            yield from _each_cell(context, closed, day_index=context.column[day], measure=WORK)
        elif day in context.problem.all_work:
            yield from _each_cell(context, all_work, day_index=context.column[day], measure=IDLE)


def employment_terms(context: RuleContext) -> Iterator[Term]:
    """No mark outside the employment; no shift of a type that the person does not work."""
    outside = context.make_rule("employment", None, "", hard=True, weight=Fraction(1))
    forbidden = context.make_rule("shift_not_allowed", None, "", hard=True, weight=Fraction(1))
    for row, member in enumerate(context.problem.staff):
        for day in context.problem.days:
            subject = Subject(staff=row, day=day)
            if not member.employed(day):
                yield Count(outside, (context.ref(row, day, OUTSIDE),), high=0, subject=subject)
            elif member.allowed:
                yield Count(forbidden, (context.ref(row, day, FORBIDDEN),), high=0, subject=subject)


def stability_terms(context: RuleContext) -> Iterator[Term]:
    """A weight for each cell that is not as it was: all cells in a repair, otherwise those that hold a mark."""
    options = context.problem.options
    if options.stability <= 0 or (options.keep is Keep.NONE and not options.repair):
        return
    rule = Rule("stability", None, "", Tier.MINOR, points(options.stability))
    for row, member in enumerate(context.problem.staff):
        for day in context.problem.days:
            state = context.problem.present(member, day)
            if member.employed(day) and (options.repair or state.value):
                measure = differs(state.value, state.covers)
                yield Count(rule, (context.ref(row, day, measure),), high=0, subject=Subject(staff=row, day=day))


def plainness_terms(context: RuleContext) -> Iterator[Term]:
    """A point for each thing that nobody asked for: an early or late shift, a day off, a shift of somebody who is
    called by shift. So a schedule holds only what a rule has a use for."""
    rule = Rule("plainness", None, "", Tier.MINOR, 1)
    for row, member in enumerate(context.problem.staff):
        measure = UNASKED if member.blank_works else UNASKED_CALL
        for day in context.open_days:
            if member.employed(day):
                yield Count(rule, (context.ref(row, day, measure),), high=0, subject=Subject(staff=row, day=day))


UNASKED = Measure("unasked", lambda state: measures.EARLY.of(state) + measures.LATE.of(state) + OFF.of(state))
UNASKED_CALL = Measure(
    "unasked call", lambda state: measures.WORK.of(state) + measures.EARLY.of(state) + measures.LATE.of(state)
)


def _each_cell(context: RuleContext, rule: Rule, *, day_index: int, measure: Measure) -> Iterator[Term]:
    day = context.problem.days[day_index]
    for row in context.everybody():
        if context.employed(row, day):
            yield Count(rule, (context.ref(row, day, measure),), high=0, subject=Subject(staff=row, day=day))
