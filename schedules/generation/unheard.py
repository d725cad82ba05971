"""What the settings ask of nobody: a least number of people who are not there is no rule, but it is said."""

from collections.abc import Iterator

from schedules.generation.kinds import Kind, permits
from schedules.generation.loading_settings import called
from schedules.generation.problem import Limit, Need, Problem, Scope, Skill
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.rule_kinds import RULE_KINDS


def unheard(problem: Problem) -> Iterator[str]:
    """A sentence for each limit, and each of its targets, that sets a least number and is about nobody in this period.

    What these sentences are in Japanese stands in the catalogue, by ``shiftsync.core.wording.PATTERNS``.
    """
    context = RuleContext(problem)
    for kind, limits in (("daily", problem.daily), ("weekly", problem.weekly), ("monthly", problem.monthly)):
        for limit in limits:
            where = f"Limit {limit.name}" if limit.name else f"A {kind} limit without a name"
            if limit.minimum:
                yield from _about_nobody(context, limit, where)
    for need in problem.needs:
        if not need.says_something:
            yield f"{called(need)}: no number is entered, so it has no effect."
        else:
            yield from _about_nobody(context, need, called(need))
            if need.skill:
                yield from _without_skill(problem, need, need.skill)


def _without_skill(problem: Problem, need: Need, skill: Skill) -> Iterator[str]:
    asked = [day for day in problem.days if need.wanted(day)]
    lacking = [
        day for day in asked if not any(skill.reaches(member.id, need.min_level, day) for member in problem.staff)
    ]
    where = called(need)
    if lacking and lacking == asked:
        yield f"{where}: nobody has the skill {skill.name} at that level, so its places stay empty."
    elif lacking:
        number, first = len(lacking), lacking[0].isoformat()
        yield f"{where}: nobody has the skill {skill.name} at that level on {number} of its days, the first {first}, so its places stay empty."


def untimed(problem: Problem) -> Iterator[str]:
    """A sentence for each need, rule and person's availability about hours if those may work shift types that have no times."""
    kinds = (Kind.NORMAL, Kind.EARLY, Kind.LATE)
    first, last = problem.days[0], problem.days[-1]
    types = [each for kind in kinds for each in problem.shift_types.of_kind(kind)]
    without = [each for each in types if any(not times.length for times in each.within(first, last))]
    worked = [each for each in without if any(permits(member.allowed, each) for member in problem.staff)]
    missing = [each.symbol for each in worked]
    for need in problem.needs:
        if missing and need.hours:
            yield f"{called(need)}: {', '.join(missing)} without times, so they count at no hour."
    for staff_id in dict.fromkeys(entry.staff_id for entry in problem.availability if not entry.is_none):
        member = problem.staff_by_id[staff_id]
        theirs = [each.symbol for each in without if permits(member.allowed, each)]
        if theirs:
            yield f"Availability of {member.name}: {', '.join(theirs)} without times, so its hours do not exclude them."
    for rule in problem.rules:
        where = f"Rule {rule.name}"
        if missing and RULE_KINDS[rule.rule_type].needs_times:
            yield f"{where}: {', '.join(missing)} without times, so they count no hours."


def _about_nobody(context: RuleContext, limit: Limit | Need, where: str) -> Iterator[str]:
    if limit.scope in (Scope.ALL, Scope.INDIVIDUAL):
        if not context.targets(limit.scope, limit.targets):
            yield f"{where}: nobody is available, so its minimum cannot apply."
        return
    if not limit.targets and not context.targets(limit.scope, ()):
        yield f"{where}: nobody is available, so its minimum cannot apply."
    for target in limit.targets:
        if not context.targets(limit.scope, (target,)):
            yield f"{where}: nobody is available for {target}, so its minimum cannot apply."
