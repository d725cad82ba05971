"""What a rule is called in an explanation: by its name, else by what kind of row it is."""

import pytest

from schedules.generation.relaxation import Cost
from schedules.generation.rule_names import rule_words
from schedules.generation.terms import Count, Rule, Tier


@pytest.mark.parametrize(
    ("kind", "name", "english", "japanese"),
    [
        ("weekly_limit", "週の遅番", "週の遅番: in a week, at most 2", "週の遅番:週の回数 2以下"),
        ("weekly_limit", "", "weekly limit: in a week, at most 2", "1週間の制限:週の回数 2以下"),
        ("monthly_limit", "", "monthly limit: in the period, at most 2", "1か月の制限:期間の回数 2以下"),
        ("avoid_shift", "", "the shift to avoid", "避けるシフト"),
    ],
)
def test_rule_words__with_or_without_a_name__says_what_it_is(kind: str, name: str, english: str, japanese: str) -> None:
    term = Count(Rule(kind, "row", name, Tier.SOFT, 1), (), high=2)
    assert rule_words(term) == (english, japanese)


def test_cost__of_a_rule_without_a_name__is_told_by_its_kind() -> None:
    cost = Cost("weekly_limit", "", "row", penalty=10, count=2)
    assert cost.message == "weekly limit costs 10 points (2 times)"
    assert cost.message_ja == "1週間の制限:減点10(2回)"
    assert cost.to_wire()["rule"] == "weekly limit"


def test_cost__one_of_each__is_told_in_the_singular() -> None:
    assert Cost("weekly_limit", "", "row", penalty=1, count=1).message == "weekly limit costs 1 point (1 time)"
