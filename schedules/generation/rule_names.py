"""What a rule asks, in a few words of English and Japanese."""

from collections.abc import Mapping

from schedules.generation.rules.availability import AVAILABILITY_KINDS
from schedules.generation.rules.needs import FEW, MANY
from schedules.generation.rules.rule_kinds import RULE_KINDS
from schedules.generation.rules.skills import PLACE
from schedules.generation.rules.wishes import PREFIX, WISH_KINDS
from schedules.generation.terms import Blocks, Count, Places, Term
from schedules.generation.violations import SHIFTS, hours_in_words

NAMES: Mapping[str, tuple[str, str]] = {
    "closed_day": ("nobody works on a closed day", "休業日は出勤しない"),
    "all_work_day": ("everybody works on an all-work day", "全員出勤日は全員が出勤する"),
    "employment": ("no entry outside the employment", "在籍期間外には入れない"),
    "shift_not_allowed": ("only shifts that the person works", "担当できるシフトだけにする"),
    "minimum_coverage": ("at work in the group", "グループの出勤"),
    "max_off_per_day": ("off in the group", "グループの休み"),
    "min_early": ("early shifts in the group", "グループの早番"),
    "min_late": ("late shifts in the group", "グループの遅番"),
    "backup_uncovered": ("a backup for each absence", "欠員ごとにバックアップ"),
    "backup_not_needed": ("no backup that is not needed", "不要なバックアップは入れない"),
    "max_backups_per_day": ("backups of the group in a day", "1日のバックアップ"),
    "daily_limit": ("in a day", "1日の人数"),
    FEW: ("needed in a day", "1日の必要人数"),
    MANY: ("no more than are needed in a day", "1日の人数の余り"),
    PLACE: ("with the skill in a day, each for one place", "1日にスキルを持つ人(1人1か所)"),
    "weekly_limit": ("in a week", "週の回数"),
    "monthly_limit": ("in the period", "期間の回数"),
    "distribution": ("how the days are spread", "日の間隔"),
    **{PREFIX + name: kind.words for name, kind in WISH_KINDS.items()},
    **{name: kind.words for name, kind in AVAILABILITY_KINDS.items()},
}


ROWS: Mapping[str, tuple[str, str]] = {
    "daily_limit": ("daily limit", "1日の制限"),
    FEW: ("need", "必要人数"),
    MANY: ("need", "必要人数"),
    PLACE: ("need", "必要人数"),
    "weekly_limit": ("weekly limit", "1週間の制限"),
    "monthly_limit": ("monthly limit", "1か月の制限"),
    "distribution": ("monthly limit", "1か月の制限"),
}
"""What kind of row a limit is: it is called so where it has no name. Other rules say by their words what they are."""


def kind_of_row(kind: str) -> tuple[str, str]:
    """What the row of such a rule is called where it has no name."""
    return ROWS.get(kind) or _words(kind)


def _words(kind: str) -> tuple[str, str]:
    about_people = RULE_KINDS.get(kind)
    return about_people.words if about_people else NAMES.get(kind, (kind, kind))


def rule_words(term: Term) -> tuple[str, str]:
    """For instance ``Kitchen: off in the group, at most 1``."""
    english, japanese = _words(term.rule.kind)
    if isinstance(term, Count | Places | Blocks) and term.subject.what:
        shift, shift_ja = SHIFTS.get(term.subject.what, (term.subject.what, term.subject.what))
        english, japanese = f"{shift} {english}", f"{japanese}({shift_ja})"
    hours, hours_ja = hours_in_words(term.subject.hours)
    english, japanese = f"{english}{hours and ','}{hours}", f"{japanese}{hours_ja}"
    bounds, bounds_ja = _bounds(term)
    name, name_ja = term.rule.title
    if not name:
        name, name_ja = ROWS.get(term.rule.kind, ("", ""))
    return f"{name and f'{name}: '}{english}{bounds}", f"{name_ja and f'{name_ja}:'}{japanese}{bounds_ja}"


def _bounds(term: Term) -> tuple[str, str]:
    about_people = RULE_KINDS.get(term.rule.kind)
    is_plain = not about_people.says_bounds if about_people else term.rule.kind in PLAIN
    if is_plain:
        return "", ""
    if isinstance(term, Blocks):
        if term.high is None:
            return f", at least {term.low}", f" {term.low}以上"
        return f", at most {term.high}", f" {term.high}以下"
    if isinstance(term, Places):
        return f", at least {term.low}", f" {term.low}以上"
    if not isinstance(term, Count):
        return "", ""
    found, found_ja = "", ""
    if term.low is not None:
        found, found_ja = f", at least {term.low / term.scale:g}", f" {term.low / term.scale:g}以上"
    if term.high is not None:
        found, found_ja = f"{found}, at most {term.high / term.scale:g}", f"{found_ja} {term.high / term.scale:g}以下"
    if (whole := term.subject.whole) is not None:
        return f"{found} ({float(whole):g} in a whole month)", f"{found_ja}(1か月では{float(whole):g})"
    return found, found_ja


PLAIN = frozenset(
    {
        "closed_day",
        "all_work_day",
        "employment",
        "shift_not_allowed",
        "backup_uncovered",
        "backup_not_needed",
        *(PREFIX + name for name in WISH_KINDS),
        *AVAILABILITY_KINDS,
    }
)
