"""The rules about people (``PriorityRule.ruleType``). Whom: ``staffIds`` and the members of ``groupIds``; neither = everybody.
Which days: ``daysOfWeek`` and ``dates`` inside the effective dates, without closed days.

- ``preferred_shift``, ``required_shift``: the shift type on each of the named days. Without named days: whenever the person
  works, it is that one. ★ misses nothing. Hard or soft is the row's flag for both; the second only reads stronger.
- ``avoid_shift``: never that shift type (``off``: no × and no ★). ``avoid_shift_with_exceptions``: the same, but the
  ``allowedShifts`` are free. ``required_off``: no work (★, ×, or not called).
- ``max_consecutive_work``: no more than ``maxCount`` working days in a row; each day beyond counts.
- ``forbidden_sequence``: the ``sequence`` of shift types on days that follow one another; a day of the week or a date names the
  first of them; a closed day in between breaks it. Both go on into the days after the period that are planned.
- ``required_sequence``: the first of the ``sequence`` is followed by the second on the next day, that by the third, and so on, as far as
  each has come about; days off include days without a call and closed days, and on a closed day no shift is missed. ★ misses nothing.
  Named and carried over like a forbidden sequence.
- ``not_together``: at most ``maxCount`` (1) of the people have the shift type on a day.
- ``together``: on a day either all (who are employed) have the shift type or none.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from schedules.generation.measures import REST_OR_OFF, WORK, avoided, missed, shift
from schedules.generation.problem import PriorityRule
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.rule_kind import RuleKind, days_of, its_shift, people_of
from schedules.generation.rules.runs import pattern
from schedules.generation.terms import Count, Measure, Rule, Spread, Subject, Term


def _following(context: RuleContext, row: PriorityRule, count: int) -> list[date]:
    """Those of the ``count`` days after the period that the rule is about."""
    return [day for day in context.after(count) if day not in context.problem.closed and row.when.applies(day)]


def _each(context: RuleContext, row: PriorityRule, rule: Rule, measure: Measure) -> Iterator[Term]:
    for person in people_of(context, row):
        for day in days_of(context, row):
            if context.employed(person, day):
                subject = Subject(staff=person, day=day, what=row.shift_type)
                yield Count(rule, (context.ref(person, day, measure),), high=0, subject=subject)


def _wished(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    when_off = row.when.names_days or row.shift_type == "any"
    yield from _each(context, row, rule, missed(row.shift_type, when_off))


def _avoided(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    yield from _each(context, row, rule, shift(row.shift_type))


def _avoided_but(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    yield from _each(context, row, rule, avoided(row.shift_type, row.allowed_shifts))


def _off(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    yield from _each(context, row, rule, WORK)


def _longest_run(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    if row.maximum is None:
        return
    for person in people_of(context, row):
        for day in [*days_of(context, row), *_following(context, row, row.maximum)]:
            yield from pattern(context, rule, person, day, [WORK] * (row.maximum + 1))


def _sequence(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    measures = [shift(name) for name in row.sequence]
    if not measures:
        return
    for person in people_of(context, row):
        for last in [*context.open_days, *context.after(len(measures) - 1)]:
            window = [last - timedelta(days=offset) for offset in range(len(measures) - 1, -1, -1)]
            in_force = row.when.applies(window[0]) and row.when.in_force(last)
            if in_force and context.problem.closed.isdisjoint(window):
                yield from pattern(context, rule, person, last, measures)


def _followed(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    """For each day of the sequence but the first: that all before it have come about, and it has not."""
    had = [REST_OR_OFF if name == "off" else shift(name) for name in row.sequence]
    for person in people_of(context, row):
        for last in [*context.problem.days, *context.after(len(had) - 1)]:
            is_closed = last in context.problem.closed
            for place, name in enumerate(row.sequence[1:], 1):
                first = last - timedelta(days=place)
                asked = name == "off" or not is_closed
                if asked and row.when.applies(first) and row.when.in_force(last):
                    yield from pattern(context, rule, person, last, [*had[:place], missed(name, when_off=True)])


def _apart(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    allowed = 1 if row.maximum is None else row.maximum
    for day in days_of(context, row):
        refs = context.refs(people_of(context, row), day, shift(row.shift_type))
        if len(refs) > allowed:
            yield Count(rule, refs, high=allowed, subject=Subject(day=day, what=row.shift_type))


def _together(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    for day in days_of(context, row):
        refs = context.refs(people_of(context, row), day, shift(row.shift_type))
        if len(refs) > 1:
            people = tuple(ref.row for ref in refs)
            rows = tuple((ref,) for ref in refs)
            yield Spread(rule, rows, subject=Subject(day=day, what=row.shift_type), people=people)


KINDS = (
    RuleKind(
        "preferred_shift",
        words=("the preferred shift", "希望シフト"),
        sentence=("{who} does not get {shift} on {day}", "{who}:{day_ja}の希望({shift_ja})が通っていません"),
        terms=_wished,
        wanted=its_shift,
        says_bounds=False,
    ),
    RuleKind(
        "required_shift",
        words=("the required shift", "必須シフト"),
        sentence=("{who} must have {shift} on {day}", "{who}:{day_ja}は{shift_ja}でなければなりません"),
        terms=_wished,
        wanted=its_shift,
        says_bounds=False,
    ),
    RuleKind(
        "avoid_shift",
        words=("the shift to avoid", "避けるシフト"),
        sentence=("{who} has {shift} on {day}, to be avoided", "{who}:{day_ja}の{shift_ja}は避けてください"),
        terms=_avoided,
        shunned=its_shift,
        says_bounds=False,
    ),
    RuleKind(
        "avoid_shift_with_exceptions",
        words=("the shift to avoid, with exceptions", "避けるシフト(例外あり)"),
        sentence=(
            "{who} has {shift} on {day}, to be avoided but for the exceptions",
            "{who}:{day_ja}の{shift_ja}は避けてください(例外のシフトを除く)",
        ),
        terms=_avoided_but,
        wanted=lambda row: row.allowed_shifts,
        shunned=its_shift,
        says_bounds=False,
    ),
    RuleKind(
        "required_off",
        words=("the required day off", "必須の休み"),
        sentence=("{who} must be off on {day}", "{who}:{day_ja}は休みでなければなりません"),
        terms=_off,
        says_bounds=False,
    ),
    RuleKind(
        "max_consecutive_work",
        words=("the longest run of work", "連勤の上限"),
        sentence=(
            "{who} works too many days in a row from {until} to {day}",
            "{who}:{until_ja}〜{day_ja}の連勤が長すぎます",
        ),
        terms=_longest_run,
    ),
    RuleKind(
        "forbidden_sequence",
        words=("the forbidden sequence", "禁止された並び"),
        sentence=(
            "{who} has a forbidden sequence from {until} to {day}",
            "{who}:{until_ja}〜{day_ja}は禁止された並びです",
        ),
        terms=_sequence,
        shunned=lambda row: row.sequence,
    ),
    RuleKind(
        "required_sequence",
        words=("what must follow", "続けるシフトの並び"),
        sentence=(
            "{who}: the shifts from {until} to {day} do not follow as asked",
            "{who}:{until_ja}〜{day_ja}のシフトが指定の並びになっていません",
        ),
        terms=_followed,
        wanted=lambda row: row.sequence[1:],
        shunned=lambda row: row.sequence,
    ),
    RuleKind(
        "not_together",
        words=("who must not be together", "一緒にしない組み合わせ"),
        sentence=("{day}: {count} who should not be together", "{day_ja}:一緒にできない人が{count}人重なっています"),
        terms=_apart,
        shunned=its_shift,
    ),
    RuleKind(
        "together",
        words=("who must be together", "一緒にする組み合わせ"),
        sentence=("{day}: {who} are not together", "{day_ja}:{who}が揃っていません"),
        terms=_together,
        wanted=its_shift,
        shunned=its_shift,
        is_even=True,
    ),
)
