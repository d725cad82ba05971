"""The four strategies, as tables and as properties."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftsync.realtime.rules.conflicts import Judgement, Strategy, judge
from shiftsync.realtime.rules.merging import Clash

LAST, FIRST = Strategy.LAST_WRITER_WINS, Strategy.FIRST_WRITER_WINS
MERGE, CHOICE = Strategy.MERGE_CHANGES, Strategy.USER_CHOICE

fields = st.sampled_from(["name", "note", "kind"])
values = st.sampled_from(["", "a", "b", "c"])
rows = st.fixed_dictionaries({"name": values, "note": values, "kind": values})
changes = st.dictionaries(fields, values, min_size=1)


@pytest.mark.parametrize("strategy", Strategy)
@pytest.mark.parametrize(
    ("theirs", "yours", "applied"),
    [
        ("base", "mine", {"f": "mine"}),  # only the author changed it
        ("mine", "mine", {}),  # both did the same
    ],
)
def test_judge__no_conflict__is_applied_under_every_strategy(
    strategy: Strategy, theirs: str, yours: str, applied: dict[str, str]
) -> None:
    assert judge(strategy, {"f": "base"}, {"f": theirs}, {"f": yours}) == Judgement(applied)


@pytest.mark.parametrize(
    ("strategy", "applied", "is_refused"),
    [(LAST, {"f": "mine"}, False), (FIRST, {}, True), (MERGE, {"f": "mine"}, False), (CHOICE, {}, True)],
)
def test_judge__both_changed_it__ends_as_the_strategy_says(
    strategy: Strategy, applied: dict[str, str], is_refused: bool
) -> None:
    judgement = judge(strategy, {"f": "base"}, {"f": "other"}, {"f": "mine"})
    assert judgement == Judgement(applied, (Clash(("f",), "base", "mine", "other"),), is_refused)


@pytest.mark.parametrize(("strategy", "applied"), [(LAST, {"f": "base"}), (MERGE, {})])
def test_judge__sent_unchanged_but_changed_by_another__merging_keeps_theirs(
    strategy: Strategy, applied: dict[str, str]
) -> None:
    assert judge(strategy, {"f": "base"}, {"f": "other"}, {"f": "base"}).apply == applied


@pytest.mark.parametrize("strategy", [FIRST, CHOICE])
def test_judge__one_field_of_two_in_conflict__refuses_the_whole(strategy: Strategy) -> None:
    judgement = judge(strategy, {"f": 0, "g": 0}, {"f": 1, "g": 0}, {"f": 2, "g": 2})
    assert judgement.is_refused
    assert judgement.apply == {}
    assert [clash.path for clash in judgement.clashes] == [("f",)]


def test_judge__merging_a_mapping__names_the_clashing_key() -> None:
    judgement = judge(MERGE, {"config": {"a": 1, "b": 1}}, {"config": {"a": 2, "b": 1}}, {"config": {"a": 3, "b": 4}})
    assert judgement.apply == {"config": {"a": 3, "b": 4}}
    assert judgement.clashes == (Clash(("config", "a"), 1, 3, 2),)


@given(strategy=st.sampled_from(Strategy), base=rows, theirs=rows, yours=changes)
def test_judge__any_change__keeps_what_every_strategy_promises(
    strategy: Strategy, base: dict[str, str], theirs: dict[str, str], yours: dict[str, str]
) -> None:
    judgement = judge(strategy, base, theirs, yours)
    conflicting = {field for field in yours if theirs[field] not in (base[field], yours[field])}
    assert all(theirs[field] != value for field, value in judgement.apply.items())
    assert set(judgement.apply) <= set(yours)
    if strategy in (LAST, MERGE):
        assert not judgement.is_refused
    else:
        assert judgement.is_refused == bool(conflicting)
    if judgement.is_refused:
        assert judgement.apply == {}
    else:
        alone = {field for field in yours if theirs[field] == base[field] != yours[field]}
        assert alone <= set(judgement.apply)


@given(base=rows, theirs=rows, yours=changes)
def test_judge__last_writer_wins__leaves_exactly_what_was_asked_for(
    base: dict[str, str], theirs: dict[str, str], yours: dict[str, str]
) -> None:
    after: dict[str, Any] = {**theirs, **judge(LAST, base, theirs, yours).apply}
    assert after == {**theirs, **yours}


@given(base=rows, theirs=rows, yours=changes)
def test_judge__merging__loses_no_change_that_one_side_alone_made(
    base: dict[str, str], theirs: dict[str, str], yours: dict[str, str]
) -> None:
    after = {**theirs, **judge(MERGE, base, theirs, yours).apply}
    for field, value in base.items():
        mine = yours.get(field, value)
        if mine == value:
            assert after[field] == theirs[field]
        else:
            assert after[field] == mine
