"""Cells: what became of one since a version, dense grids, differences, day keys."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.rules.cells import Cell, CellChange, ForeignChange, dense, differences, foreign_change_since
from schedules.services.plan import parse_day
from shiftsync.core.actor import Actor

ME, OTHER = UUID(int=1), UUID(int=2)
ACTOR = Actor(UUID(int=9), ME, client_id="tab")


def mine(revision: int, value: str) -> CellChange:
    return CellChange(revision, value, ME, "tab")


def theirs(revision: int, value: str) -> CellChange:
    return CellChange(revision, value, OTHER, "tab")


@pytest.mark.parametrize(
    ("changes", "base_version", "foreign"),
    [
        ([], 5, None),
        ([theirs(3, "×")], 5, None),
        ([mine(3, "×"), mine(7, "○")], 5, None),
        ([theirs(7, "×")], 5, ForeignChange("", theirs(7, "×"))),
        ([theirs(3, "△"), theirs(7, "×")], 5, ForeignChange("△", theirs(7, "×"))),
        ([theirs(7, "×"), mine(8, "○")], 5, ForeignChange("○", theirs(7, "×"))),
        ([mine(6, "○"), theirs(7, "×"), theirs(8, "★")], 5, ForeignChange("○", theirs(8, "★"))),
        ([CellChange(7, "×", ME, "another tab")], 5, ForeignChange("", CellChange(7, "×", ME, "another tab"))),
    ],
)
def test_foreign_change_since__changes__tells_what_others_did(
    changes: list[CellChange], base_version: int, foreign: ForeignChange | None
) -> None:
    assert foreign_change_since(Cell(UUID(int=3), changes=changes), ACTOR, base_version) == foreign


def test_foreign_change_since__client_without_an_id__is_nobody_s_own() -> None:
    change = CellChange(7, "×", ME, None)
    nameless = Actor(UUID(int=9), ME, client_id=None)
    assert foreign_change_since(Cell(UUID(int=3), changes=[change]), nameless, 5) == ForeignChange("", change)


def test_dense__sparse_data__has_every_person_and_day_and_nothing_else() -> None:
    data = {"a": {"d1": "×", "outside": "○"}, "gone": {"d1": "○"}}
    assert dense(data, ["a", "b"], ["d1", "d2"]) == {"a": {"d1": "×", "d2": ""}, "b": {"d1": "", "d2": ""}}


grids = st.dictionaries(
    st.sampled_from("ab"), st.dictionaries(st.sampled_from(["d1", "d2"]), st.sampled_from(["", "○", "×"]))
)


@given(before=grids, after=grids)
def test_differences__any_two_grids__lead_from_one_to_the_other(
    before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]
) -> None:
    found = differences(before, after)
    reached = {person: dict(row) for person, row in before.items()}
    for cell in found:
        assert before.get(cell["staffId"], {}).get(cell["dateKey"], "") == cell["previousValue"] != cell["shiftValue"]
        reached.setdefault(cell["staffId"], {})[cell["dateKey"]] = cell["shiftValue"]
    assert differences(reached, after) == []
    assert bool(found) == bool(differences(after, before))


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("2025-08-01", date(2025, 8, 1)),
        ("2025-02-29", None),
        ("2025-8-1", None),
        ("20250801", None),
        ("2025-W31-5", None),  # ISO 8601 as well, but no key of the wire
        ("", None),
        ("2025-08-01T00:00", None),
    ],
)
def test_parse_day__text__is_a_day_only_as_the_wire_spells_it(key: str, day: date | None) -> None:
    assert parse_day(key) == day
