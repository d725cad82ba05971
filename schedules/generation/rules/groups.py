"""The rules of staff groups, and of their backups, for each open day.

- ``minimumCoverage``: members at work in the group (not away covering another) and the backups who cover it
- ``maxOffPerDay``: members who are off or early; early shifts are left out where the group itself asks for some
  (``minEarly``), or where ``earlyCountsAsOff`` says so
- ``minEarly``, ``minLate``: members on that shift
- backups, ``each_absence``: one backup for each member who is off; ``below_minimum``: as many as the minimum lacks

Of groups that share their backups, one who is called for any of them covers all that have the same person as a backup that day. What
is asked of a call itself (that it is needed, its priority, how many there may be) is asked by the group that it was made for.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from backups.rules.model import Assignment
from schedules.generation.measures import AWAY, EARLY, HOME, LATE, OFF, covers
from schedules.generation.problem import Coverage, Group, Problem
from schedules.generation.rules.context import RuleContext
from schedules.generation.terms import Count, Ref, Rule, Subject, Term

UNCOVERED_WEIGHT = Fraction(2)
REQUIRED_WEIGHT = Fraction(5)
PRIORITY_WEIGHT = Fraction(1, 10)


def group_terms(context: RuleContext) -> Iterator[Term]:
    """The terms of the coverage that groups ask for, day by day."""
    for group in context.problem.groups:
        rows = context.rows(group.members)
        for day in context.open_days:
            yield from _coverage(context, group, rows, day)
            yield from _backups(context, group, rows, day)


def _coverage(context: RuleContext, group: Group, rows: tuple[int, ...], day: date) -> Iterator[Term]:
    wanted = group.coverage
    subject = Subject(day=day, label=group.name)
    if wanted.minimum > 0:
        refs = (*context.refs(rows, day, HOME), *_called(context, group, day), *_shared(context, group, day))
        yield Count(_rule(context, "minimum_coverage", group, wanted.hard), refs, low=wanted.minimum, subject=subject)
    if wanted.max_off is not None:
        rule = _rule(context, "max_off_per_day", group, wanted.hard_max_off)
        measure = AWAY if wanted.early_counts_as_off else OFF
        what = "away" if wanted.early_counts_as_off else "off"
        subject_off = Subject(day=day, label=group.name, what=what)
        yield Count(rule, context.refs(rows, day, measure), high=wanted.max_off, subject=subject_off)
    for kind, minimum, measure in (("min_early", wanted.min_early, EARLY), ("min_late", wanted.min_late, LATE)):
        if minimum > 0:
            refs = context.refs(rows, day, measure)
            yield Count(_rule(context, kind, group, wanted.hard), refs, low=minimum, subject=subject)


def _rule(context: RuleContext, kind: str, group: Group, hard: bool) -> Rule:
    return context.make_rule(kind, group.id, group.name, hard=hard, weight=group.coverage.weight)


def watched(problem: Problem, group: Group) -> bool:
    """Does this group call backups at all: because it must have them, or because it has some?"""
    return group.coverage.backup_required or any(each.group_id == group.id for each in problem.backups)


def eligible(problem: Problem, group: Group, day: date) -> list[Assignment]:
    """The assignments by which somebody could cover the group that day, each person once, by priority."""
    found: dict[str, Assignment] = {}
    for each in sorted(problem.backups, key=lambda each: (each.priority, each.id)):
        member = problem.staff_by_id.get(each.staff_id)
        fits = each.group_id == group.id and each.in_force(day) and each.staff_id not in group.members
        if member is not None and fits and member.employed(day):
            found.setdefault(each.staff_id, each)
    return list(found.values())


def _called(context: RuleContext, group: Group, day: date) -> tuple[Ref, ...]:
    """The calls for the group itself."""
    people = eligible(context.problem, group, day)
    return context.refs(context.rows(each.staff_id for each in people), day, covers(group.id))


def _shared(context: RuleContext, group: Group, day: date) -> tuple[Ref, ...]:
    """The calls for other groups that cover this one too."""
    if not group.coverage.shares_backups:
        return ()
    own = {each.staff_id for each in eligible(context.problem, group, day)}
    return tuple(
        ref
        for other in context.problem.groups
        if other.id != group.id and other.coverage.shares_backups and watched(context.problem, other)
        for each in eligible(context.problem, other, day)
        if each.staff_id in own
        for ref in context.refs(context.rows([each.staff_id]), day, covers(other.id))
    )


def _backups(context: RuleContext, group: Group, rows: tuple[int, ...], day: date) -> Iterator[Term]:
    if not watched(context.problem, group):
        return
    called = _called(context, group, day)
    wanted = group.coverage
    if wanted.below_minimum:
        yield from _backups_below_minimum(context, group, rows, day, called)
    else:
        yield from _backups_for_absences(context, group, rows, day, called)
    if wanted.max_backups is not None and called:
        rule = _rule(context, "max_backups_per_day", group, True)
        yield Count(rule, called, high=wanted.max_backups, subject=Subject(day=day, label=group.name))
    yield from _priorities(context, group, day)


def _backups_for_absences(
    context: RuleContext, group: Group, rows: tuple[int, ...], day: date, called: tuple[Ref, ...]
) -> Iterator[Term]:
    subject = Subject(day=day, label=group.name)
    off = context.refs(rows, day, OFF)
    missing = _uncovered_rule(context, group)
    covering = (*called, *_shared(context, group, day))
    yield Count(missing, (*off, *(ref._replace(factor=-1) for ref in covering)), high=0, subject=subject)
    if called:
        idle = _rule(context, "backup_not_needed", group, True)
        yield Count(idle, (*called, *(ref._replace(factor=-1) for ref in off)), high=0, subject=subject)


def _backups_below_minimum(
    context: RuleContext, group: Group, rows: tuple[int, ...], day: date, called: tuple[Ref, ...]
) -> Iterator[Term]:
    """The need itself is the minimum coverage; here only: nobody is called who is not needed for it."""
    present = (*context.refs(rows, day, HOME), *called)
    if called:
        idle = _rule(context, "backup_not_needed", group, True)
        subject = Subject(day=day, label=group.name)
        yield Count(idle, present, high=group.coverage.minimum, subject=subject, when=called)


def _uncovered_rule(context: RuleContext, group: Group) -> Rule:
    wanted: Coverage = group.coverage
    weight = wanted.weight * (REQUIRED_WEIGHT if wanted.backup_required else UNCOVERED_WEIGHT)
    return context.make_rule(
        "backup_uncovered", group.id, group.name, hard=wanted.backup_required and wanted.backup_hard, weight=weight
    )


def _priorities(context: RuleContext, group: Group, day: date) -> Iterator[Term]:
    """Each step down the order of priority costs a little, so that the first backup is called if they can."""
    for each in eligible(context.problem, group, day):
        if each.priority > 1:
            weight = PRIORITY_WEIGHT * min(each.priority - 1, 10)
            rule = context.make_rule("backup_priority", each.id, group.name, hard=False, weight=weight)
            row = context.row[each.staff_id]
            subject = Subject(staff=row, day=day, label=group.name)
            yield Count(rule, (context.ref(row, day, covers(group.id)),), high=0, subject=subject)
