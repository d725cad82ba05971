"""A broken rule as a sentence, in English and Japanese."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from schedules.generation.kinds import DAY
from schedules.generation.problem import Problem
from schedules.generation.rules.availability import AVAILABILITY_KINDS
from schedules.generation.rules.needs import FEW, MANY
from schedules.generation.rules.rule_kinds import RULE_KINDS
from schedules.generation.rules.skills import PLACE
from schedules.generation.rules.wishes import PREFIX, WISH_KINDS
from schedules.generation.terms import UNIT, Blocks, Count, Places, Spread, Term, Tier

Sentence = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Violation:
    """What is broken, by how much (``amount``, in the rule's own units), and what it costs in points. ``day`` lies in the
    period: its last one stands for what goes on after it. ``until`` is the last day where there are several in a row; ``text`` is
    the cell's text if that is the problem."""

    kind: str
    rule: str
    rule_id: str | None
    is_hard: bool
    penalty: int
    amount: float
    message: str
    message_ja: str
    staff_id: str | None = None
    day: date | None = None
    label: str = ""
    until: date | None = None
    text: str = ""

    @property
    def sort_key(self) -> tuple[str, str, str, str]:
        """Order of the list: by day, then by kind, rule and person."""
        return (self.day.isoformat() if self.day else "", self.kind, self.rule_id or "", self.staff_id or "")

    def to_wire(self) -> dict[str, object]:
        """As on the wire; ``staffId`` and ``dateKey`` only where the violation is about one."""
        wire: dict[str, object] = {
            "rule": self.rule,
            "ruleId": self.rule_id,
            "kind": self.kind,
            "isHard": self.is_hard,
            "penalty": self.penalty,
            "message": self.message,
            "messageJa": self.message_ja,
        }
        if self.staff_id is not None:
            wire["staffId"] = self.staff_id
        if self.day is not None:
            wire["dateKey"] = self.day.isoformat()
        if self.until is not None:
            wire["lastDateKey"] = self.until.isoformat()
        if self.text:
            wire["text"] = self.text
        return wire


def in_order(violations: Iterable[Violation]) -> list[Violation]:
    """The hardest and dearest first."""
    return sorted(violations, key=lambda each: (not each.is_hard, -each.penalty, each.sort_key))


SHIFTS: Mapping[str, Sentence] = {
    "any": ("working", "出勤"),
    "normal": ("normal shift", "通常"),
    "early": ("early shift", "早番"),
    "late": ("late shift", "遅番"),
    "off": ("days off", "休み"),
    "away": ("off or early", "休み・早番"),
    "designated_off": ("designated days off", "指定休"),
    "special": ("special shift", "特別"),
}


class Number(str):
    """A number in words of English: ``{count:hour|hours}`` is ``1 hour`` and ``2 hours``."""

    __slots__ = ()

    def __format__(self, words: str) -> str:
        one, _, many = words.partition("|")
        return f"{self!s} {one if self == '1' else many}" if words else str(self)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that a sentence may mention."""

    who: str
    day: str
    day_ja: str
    label: str
    shift: str
    shift_ja: str
    count: Number
    amount: Number
    low: Number
    high: Number
    until: str
    until_ja: str
    over: bool
    whole: str

    @property
    def bound(self) -> str:
        """The bound that is broken, in English."""
        return f"at most {self.high} allowed" if self.over else f"at least {self.low} needed"

    @property
    def bound_ja(self) -> str:
        """The same in Japanese."""
        return f"{self.high}以下" if self.over else f"{self.low}以上"

    @property
    def span(self) -> str:
        """The days in words, or the whole period."""
        return f"from {self.day} to {self.until}" if self.until else "in the period"

    @property
    def counted(self) -> str:
        """From when on days count that lie before the period; nothing where none do."""
        return f" since {self.day}" if self.day else ""

    @property
    def counted_ja(self) -> str:
        """The first day of what is counted, in Japanese; empty without one."""
        return f"{self.day_ja}からの" if self.day else ""

    @property
    def span_ja(self) -> str:
        """The days that are meant, in Japanese."""
        return f"{self.day_ja}〜{self.until_ja}" if self.until else "期間中"


def violation_of(problem: Problem, term: Term, amount: int, total: int) -> Violation:
    """The violation of a term that is broken by ``amount``; ``total`` is the sum that it was judged by."""
    facts = _facts(problem, term, amount, total)
    english, japanese = _sentence(term.rule.kind)(facts)
    rule, subject = term.rule, term.subject
    scale = term.scale if isinstance(term, Count) else 1
    title, title_ja = rule.title
    prefix = f"{title}: " if title else ""
    prefix_ja = f"{title_ja}:" if title_ja else ""
    return Violation(
        kind=rule.kind,
        rule=rule.name or english,
        rule_id=rule.id,
        is_hard=rule.tier is Tier.HARD,
        penalty=rule.points * amount,
        amount=amount / scale,
        message=prefix + english,
        message_ja=prefix_ja + japanese,
        staff_id=problem.staff[subject.staff].id if subject.staff is not None else None,
        day=max(problem.days[0], min(subject.day, problem.days[-1])) if subject.day else None,
        label=subject.label,
    )


def _sentence(kind: str) -> Callable[[Facts], Sentence]:
    about_people = RULE_KINDS.get(kind)
    return _group(*about_people.sentence) if about_people else SENTENCES[kind]


def _facts(problem: Problem, term: Term, amount: int, total: int) -> Facts:
    subject = term.subject
    counted = term if isinstance(term, Count) else None
    scale = counted.scale if counted else 1
    low, high = (counted.low, counted.high) if counted else (None, None)
    if isinstance(term, Blocks):
        low, high = term.low, term.high
        total = (low or 0) - amount if high is None else high + amount
    if isinstance(term, Places):
        low, total = term.low, term.low - amount
    people = term.people if isinstance(term, Spread) else ()
    who = problem.staff[subject.staff].name if subject.staff is not None else _names(problem, people)
    shift, shift_ja = SHIFTS.get(subject.what, (subject.what, subject.what))
    hours, hours_ja = hours_in_words(subject.hours)
    return Facts(
        who=who,
        day=english_day(subject.since or subject.day) + _year(problem, subject.since, " {}") + hours,
        day_ja=_year(problem, subject.since, "{}年") + japanese_day(subject.since or subject.day) + hours_ja,
        label=subject.label or "",
        shift=shift,
        shift_ja=shift_ja,
        count=_number(total, scale),
        amount=_number(amount, scale),
        low=_number(low or 0, scale),
        high=_number(high or 0, scale),
        until=english_day(subject.until),
        until_ja=japanese_day(subject.until),
        over=high is not None and total > high,
        whole="" if subject.whole is None else _number(int(subject.whole * UNIT), UNIT),
    )


def _year(problem: Problem, day: date | None, words: str) -> str:
    """The year of a day long ago: one that is not that of the period."""
    return words.format(day.year) if day and day.year != problem.days[0].year else ""


def _names(problem: Problem, rows: tuple[int, ...]) -> str:
    names = [problem.staff[row].name for row in rows[:4]]
    return ", ".join(names) + (" …" if len(rows) > 4 else "")


def _number(amount: int, scale: int) -> Number:
    return Number(f"{amount / scale:g}")


def english_day(day: date | None) -> str:
    """A day as sentences write it in English; empty for None."""
    return f"{day.day} {day:%B}" if day else ""


def japanese_day(day: date | None) -> str:
    """The same in Japanese."""
    return f"{day.month}月{day.day}日" if day else ""


def hours_in_words(hours: tuple[int, int] | None) -> Sentence:
    """Hours of a day as sentences write them, each with what goes before it. In Japanese what goes on past midnight is counted on: 26:00."""
    if hours is None:
        return "", ""
    begins, ends = hours
    next_day = " the next day" if begins >= DAY else ""
    return f" {_clock(begins % DAY)}–{_clock(ends % DAY)}{next_day}", f" {_clock(begins)}〜{_clock(ends)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _daily(facts: Facts) -> Sentence:
    whom, whom_ja = (f" in {facts.label}", f"{facts.label}の") if facts.label else ("", "")
    bound = f"at most {facts.high}" if facts.over else f"at least {facts.low}"
    bound_ja = f"{facts.high}人以下" if facts.over else f"{facts.low}人以上"
    return (
        f"{facts.day}: {facts.count}{whom} ({facts.shift}), {bound} allowed"
        if facts.over
        else f"{facts.day}: {facts.count}{whom} ({facts.shift}), {bound} needed",
        f"{facts.day_ja}:{whom_ja}{facts.shift_ja}が{facts.count}人です({bound_ja})",
    )


def _need(facts: Facts) -> Sentence:
    whom, whom_ja = (f" of {facts.label}", f"{facts.label}の") if facts.label else ("", "")
    bound = f"{facts.high} are enough" if facts.over else f"{facts.low} needed"
    bound_ja = f"{facts.high}人で足ります" if facts.over else f"{facts.low}人必要"
    return (
        f"{facts.day}: {facts.count}{whom} ({facts.shift}), {bound}",
        f"{facts.day_ja}:{whom_ja}{facts.shift_ja}が{facts.count}人です({bound_ja})",
    )


def _weekly(facts: Facts) -> Sentence:
    bound = f"at most {facts.high}" if facts.over else f"at least {facts.low}"
    bound_ja = f"{facts.high}以下" if facts.over else f"{facts.low}以上"
    return (
        f"{facts.who} has {facts.count} ({facts.shift}) in the week {facts.day} to {facts.until}, {bound}",
        f"{facts.who}:{facts.day_ja}〜{facts.until_ja}の週の{facts.shift_ja}が{facts.count}です({bound_ja})",
    )


def _monthly(facts: Facts) -> Sentence:
    bound = f"at most {facts.high}" if facts.over else f"at least {facts.low}"
    bound_ja = f"{facts.high}以下" if facts.over else f"{facts.low}以上"
    if facts.whole:
        bound, bound_ja = (
            f"{bound} for this part of the month ({facts.whole} in a whole one)",
            f"{bound_ja}。1か月では{facts.whole}",
        )
    return (
        f"{facts.who} has {facts.count} ({facts.shift}) in the period, {bound}",
        f"{facts.who}:期間中の{facts.shift_ja}が{facts.count}です({bound_ja})",
    )


SAID = ("bound", "bound_ja", "span", "span_ja", "counted", "counted_ja")
"""What is worked out of facts for sentences."""


def _group(english: str, japanese: str) -> Callable[[Facts], Sentence]:
    """A sentence about a group on a day, with the numbers filled in."""

    def sentence(facts: Facts) -> Sentence:
        values = {name: getattr(facts, name) for name in (*Facts.__slots__, *SAID)}
        return english.format(**values), japanese.format(**values)

    return sentence


SENTENCES: Mapping[str, Callable[[Facts], Sentence]] = {
    "closed_day": _group("{who} works on {day}, a closed day", "{who}:{day_ja}は休業日ですが出勤です"),
    "all_work_day": _group(
        "{who} does not work on {day}, an all-work day", "{who}:{day_ja}は全員出勤日ですが出勤ではありません"
    ),
    "employment": _group("{who} has an entry on {day}, outside their employment", "{who}:{day_ja}は在籍期間外です"),
    "shift_not_allowed": _group("{who} cannot work the shift on {day}", "{who}:{day_ja}のシフトは担当できません"),
    "minimum_coverage": _group(
        "{day}: {count} of {label} at work, at least {low} needed", "{day_ja}:{label}の出勤が{count}人です({low}人以上)"
    ),
    "max_off_per_day": _group(
        "{day}: {count} of {label} {shift}, at most {high} allowed",
        "{day_ja}:{label}の{shift_ja}が{count}人です({high}人以下)",
    ),
    "min_early": _group(
        "{day}: {count} of {label} on the early shift, at least {low} needed",
        "{day_ja}:{label}の早番が{count}人です({low}人以上)",
    ),
    "min_late": _group(
        "{day}: {count} of {label} on the late shift, at least {low} needed",
        "{day_ja}:{label}の遅番が{count}人です({low}人以上)",
    ),
    "backup_uncovered": _group(
        "{day}: {amount} absent of {label} without a backup", "{day_ja}:{label}の欠員{amount}人にバックアップがいません"
    ),
    "backup_not_needed": _group(
        "{day}: {amount:backup|backups} of {label} too many", "{day_ja}:{label}のバックアップ{amount}人は不要です"
    ),
    "max_backups_per_day": _group(
        "{day}: {count:backup|backups} for {label}, at most {high}",
        "{day_ja}:{label}のバックアップが{count}人です({high}人以下)",
    ),
    "backup_priority": _group(
        "{day}: {who} covers {label}, though others have priority", "{day_ja}:{label}は優先順位の低い{who}が担当します"
    ),
    "daily_limit": _daily,
    FEW: _need,
    PLACE: _group(
        "{day}: {count} for {label} ({shift}), {low} needed; nobody fills two places",
        "{day_ja}:{label}を担当する{shift_ja}が{count}人です({low}人必要。1人が担当するのは1か所)",
    ),
    MANY: _need,
    "weekly_limit": _weekly,
    "monthly_limit": _monthly,
    "distribution": _group(
        "{who}: the days up to {day} are not spread as required", "{who}:{day_ja}までの間隔が条件に合いません"
    ),
    "prefer_weekends": _group("{who}: {shift} on a weekday, {day}", "{who}:{day_ja}の{shift_ja}は平日です"),
    **{PREFIX + name: _group(*kind.sentence) for name, kind in WISH_KINDS.items()},
    **{name: _group(*kind.sentence) for name, kind in AVAILABILITY_KINDS.items()},
    "stability": _group("{who}: {day} is changed", "{who}:{day_ja}が変わっています"),
    "plainness": _group("{who}: {day} is not an ordinary shift", "{who}:{day_ja}は通常ではありません"),
}
