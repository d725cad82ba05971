"""What a rule asks, in a few words of English and Japanese."""

from collections.abc import Mapping

from schedules.generation.terms import Count, Term
from schedules.generation.violations import SHIFTS

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
    "weekly_limit": ("in a week", "週の回数"),
    "monthly_limit": ("in the period", "期間の回数"),
    "distribution": ("how the days are spread", "日の間隔"),
    "preferred_shift": ("the preferred shift", "希望シフト"),
    "required_shift": ("the required shift", "必須シフト"),
    "avoid_shift": ("the shift to be avoided", "避けるシフト"),
    "avoid_shift_with_exceptions": ("the shift to be avoided, with exceptions", "避けるシフト(例外あり)"),
    "required_off": ("the required day off", "必須の休み"),
    "max_consecutive_work": ("the longest run of work", "連勤の上限"),
    "forbidden_sequence": ("the forbidden sequence", "禁止された並び"),
    "not_together": ("who must not be together", "一緒にしない組み合わせ"),
    "together": ("who must be together", "一緒にする組み合わせ"),
    "fairness": ("fairness", "公平さ"),
}


ROWS: Mapping[str, tuple[str, str]] = {
    "daily_limit": ("daily limit", "1日の制限"),
    "weekly_limit": ("weekly limit", "1週間の制限"),
    "monthly_limit": ("monthly limit", "1か月の制限"),
    "distribution": ("monthly limit", "1か月の制限"),
}
"""What kind of row a limit is: it is called so where it has no name. Other rules say by their words what they are."""


def kind_of_row(kind: str) -> tuple[str, str]:
    """What the row of such a rule is called where it has no name."""
    return ROWS.get(kind) or NAMES.get(kind, (kind, kind))


def rule_words(term: Term) -> tuple[str, str]:
    """For instance ``Kitchen: off in the group, at most 1``."""
    english, japanese = NAMES.get(term.rule.kind, (term.rule.kind, term.rule.kind))
    if isinstance(term, Count) and term.subject.what:
        shift, shift_ja = SHIFTS.get(term.subject.what, (term.subject.what, term.subject.what))
        english, japanese = f"{shift} {english}", f"{japanese}({shift_ja})"
    bounds, bounds_ja = _bounds(term)
    name, name_ja = (term.rule.name,) * 2 if term.rule.name else ROWS.get(term.rule.kind, ("", ""))
    return f"{name and f'{name}: '}{english}{bounds}", f"{name_ja and f'{name_ja}:'}{japanese}{bounds_ja}"


def _bounds(term: Term) -> tuple[str, str]:
    if not isinstance(term, Count) or term.rule.kind in PLAIN:
        return "", ""
    found, found_ja = "", ""
    if term.low is not None:
        found, found_ja = f", at least {term.low / term.scale:g}", f" {term.low / term.scale:g}以上"
    if term.high is not None:
        found, found_ja = f"{found}, at most {term.high / term.scale:g}", f"{found_ja} {term.high / term.scale:g}以下"
    return found, found_ja


PLAIN = frozenset(
    {
        "closed_day",
        "all_work_day",
        "employment",
        "shift_not_allowed",
        "backup_uncovered",
        "backup_not_needed",
        "preferred_shift",
        "required_shift",
        "avoid_shift",
        "avoid_shift_with_exceptions",
        "required_off",
    }
)
