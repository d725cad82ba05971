"""``fairness``: the numbers of a shift type over the days (weekdays: for instance days off on weekends) differ by at most ``maxCount``
(1), in this period and the ``pastPeriods`` (0) before it.

Compared are those who may work it; those whose blank means work and those who are called by shift are compared among themselves. Who was
employed for a part of the days, or might not work the shift on some, has that part of what the others have: what each has above their part
differs by at most that many, and by one at least, since shifts are whole.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from math import gcd

from schedules.generation.past import counted, may_have
from schedules.generation.problem import NO_SHARE, PriorityRule
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.rule_kind import RuleKind, days_of, its_shift, people_of
from schedules.generation.terms import Rule, Spread, Subject, Term


def _fair(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    days = days_of(context, row)
    for blank_works in (True, False):
        own = [each for each in people_of(context, row) if context.problem.staff[each].blank_works is blank_works]
        able = {person: count for person in own if (count := _able(context, row, person, days))}
        if len(able) > 1:
            yield _spread(context, row, rule, able, days)


def _able(context: RuleContext, row: PriorityRule, person: int, days: Sequence[date]) -> int:
    """On how many of the days somebody is employed and works such shifts."""
    member, types = context.problem.staff[person], context.problem.shift_types
    return sum(member.employed(day) and may_have(types, member.on(day), row.shift_type) for day in days)


def _spread(context: RuleContext, row: PriorityRule, rule: Rule, able: dict[int, int], days: Sequence[date]) -> Spread:
    measure, problem = counted(row.shift_type), context.problem
    past = problem.past_shares.get(row.id)
    before = {person: past.of(problem.staff[person].id) if past else NO_SHARE for person in able}
    whole = [count + before[person].days for person, count in able.items()]
    divisor, is_even = gcd(*whole), len(set(whole)) == 1
    tolerance = 1 if row.maximum is None else row.maximum
    return Spread(
        rule,
        rows=tuple(tuple(context.ref(person, day, measure) for day in days) for person in able),
        tolerance=tolerance if is_even else max(1, tolerance),
        subject=Subject(what=row.shift_type, since=past.since if past else None),
        people=tuple(able),
        constants=tuple(share.number for share in before.values()),
        shares=() if is_even else tuple(each // divisor for each in whole),
    )


KINDS = (
    RuleKind(
        "fairness",
        words=("fairness", "公平さ"),
        sentence=(
            "{who}: the numbers ({shift}){counted} differ by {amount} more than allowed",
            "{who}:{counted_ja}{shift_ja}の回数の差が許容より{amount}大きいです",
        ),
        terms=_fair,
        wanted=its_shift,
        shunned=its_shift,
        is_even=True,
    ),
)
