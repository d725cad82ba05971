"""Three-way merging, as tables and as properties."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftsync.core.dated import fact_on, settled
from shiftsync.realtime.rules.merging import ABSENT, Clash, merge

A, B, C = (str(UUID(int=number)) for number in (1, 2, 3))

leaves = st.one_of(st.none(), st.booleans(), st.integers(2, 4), st.sampled_from(["x", "y"]))
configs: st.SearchStrategy[Any] = st.recursive(
    st.dictionaries(st.sampled_from("abc"), leaves, max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), st.one_of(leaves, inner), max_size=3),
    max_leaves=6,
)
id_lists = st.lists(st.sampled_from([A, B, C]), unique=True)

dated_facts = st.builds(
    lambda first, later: settled(
        [
            {"validFrom": None, "what": first},
            *({"validFrom": f"2026-01-{day:02}", "what": what} for day, what in later.items()),
        ]
    ),
    st.integers(0, 2),
    st.dictionaries(st.integers(1, 5), st.integers(0, 2), max_size=4),
)


@pytest.mark.parametrize(
    ("base", "theirs", "yours", "merged"),
    [
        (1, 1, 2, 2),
        (1, 2, 1, 2),
        (1, 2, 2, 2),
        ({"a": 1}, {"a": 1, "b": 2}, {"a": 1, "c": 3}, {"a": 1, "b": 2, "c": 3}),
        ({"a": 1, "b": 1}, {"a": 1}, {"a": 2, "b": 1}, {"a": 2}),
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1}, {"a": 2}),
        ({"a": {"x": 1, "y": 1}}, {"a": {"x": 2, "y": 1}}, {"a": {"x": 1, "y": 2}}, {"a": {"x": 2, "y": 2}}),
        (None, {"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ([A], [A, B], [A, C], [A, B, C]),
        ([A, B], [A, B, C], [B], [B, C]),
        ([A, B], [B, A], [A, B, C], [B, A, C]),
        ([], [A], [B], [A, B]),
        (ABSENT, [A], [B], [A, B]),
    ],
)
def test_merge__changes_of_different_parts__takes_both(base: Any, theirs: Any, yours: Any, merged: Any) -> None:
    result = merge(base, theirs, yours)
    assert result.value == merged
    assert result.clashes == []


@pytest.mark.parametrize(
    ("base", "theirs", "yours", "clash"),
    [
        (1, 2, 3, Clash((), 1, 3, 2)),
        ({"a": 1}, {"a": 2}, {"a": 3}, Clash(("a",), 1, 3, 2)),
        ({"a": 1}, {"a": 2}, {}, Clash(("a",), 1, ABSENT, 2)),
        ({"a": 1}, {}, {"a": 2}, Clash(("a",), 1, 2, ABSENT)),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, {"a": {"b": 3}}, Clash(("a", "b"), 1, 3, 2)),
        ({}, {"a": [1]}, {"a": [2]}, Clash(("a",), ABSENT, [2], [1])),
        (["x"], ["x", "y"], ["x", "z"], Clash((), ["x"], ["x", "z"], ["x", "y"])),  # texts that are no ids: as a whole
    ],
)
def test_merge__both_changed_the_same__goes_to_yours_and_is_told(
    base: Any, theirs: Any, yours: Any, clash: Clash
) -> None:
    result = merge(base, theirs, yours)
    assert result.value == yours
    assert result.clashes == [clash]


@given(base=configs, mine=configs)
def test_merge__one_side_unchanged__is_the_other(base: Any, mine: Any) -> None:
    assert merge(base, base, mine).value == mine
    assert merge(base, mine, base).value == mine
    assert merge(base, mine, mine).value == mine
    assert not merge(base, base, mine).clashes + merge(base, mine, base).clashes + merge(base, mine, mine).clashes


@given(base=configs, theirs=configs, yours=configs)
def test_merge__done_again_on_its_own_result__changes_nothing(base: Any, theirs: Any, yours: Any) -> None:
    merged = merge(base, theirs, yours).value
    assert merge(base, merged, yours).value == merged


@given(base=configs, theirs=configs, yours=configs)
def test_merge__any_mappings__each_key_comes_from_who_changed_it(base: Any, theirs: Any, yours: Any) -> None:
    merged = merge(base, theirs, yours)
    for key in {*base, *theirs, *yours}:
        old, other, mine = base.get(key, ABSENT), theirs.get(key, ABSENT), yours.get(key, ABSENT)
        if mine == old:
            assert merged.value.get(key, ABSENT) == other
        elif other == old:
            assert merged.value.get(key, ABSENT) == mine
    assert all(clash.yours != clash.theirs for clash in merged.clashes)


@given(base=id_lists, theirs=id_lists, yours=id_lists)
def test_merge__lists_of_ids__merge_as_sets(base: list[str], theirs: list[str], yours: list[str]) -> None:
    merged = merge(base, theirs, yours)
    removed = (set(base) - set(yours)) | (set(base) - set(theirs))
    added = (set(yours) | set(theirs)) - set(base)
    assert set(merged.value) == (set(base) - removed) | added
    assert len(merged.value) == len(set(merged.value))
    assert merged.clashes == []


@given(base=dated_facts, theirs=dated_facts, yours=dated_facts)
def test_merge__facts_that_hold_from_a_day__come_from_who_changed_that_day(base: Any, theirs: Any, yours: Any) -> None:
    merged = merge(base, theirs, yours)
    old, other, mine = ({fact["validFrom"]: fact for fact in facts} for facts in (base, theirs, yours))
    for day in {*old, *other, *mine} - {None}:
        expected = other.get(day) if mine.get(day) == old.get(day) else mine.get(day)
        if expected is not None:
            assert fact_on(merged.value, date.fromisoformat(day))["what"] == expected["what"]
        else:
            assert day not in {fact["validFrom"] for fact in merged.value}
    assert merged.value == settled(merged.value)
    assert all(clash.yours != clash.theirs for clash in merged.clashes)
