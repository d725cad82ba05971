"""What is stored for what somebody typed."""

import json
from pathlib import Path
from typing import Any

import pytest

from schedules.rules.spelling import LOOKALIKES, Spelled, Speller, clashes

CASES = json.loads((Path(__file__).resolve().parents[3] / "frontend/src/grid/spelling.cases.json").read_text("utf-8"))
"""The page's speller has the same ones."""
USUAL = [Spelled(each["symbol"], tuple(each["words"])) for each in CASES["usual"]]


@pytest.mark.parametrize("case", CASES["typed"], ids=lambda case: ascii(case["typed"]))
def test_typed__usual_symbols__spelled(case: dict[str, str]) -> None:
    assert Speller(USUAL).spell(case["typed"]) == case["stored"]


@pytest.mark.parametrize("case", CASES["own"], ids=lambda case: ascii(case["typed"]))
def test_typed__own_symbols__win(case: dict[str, Any]) -> None:
    assert Speller(map(Spelled, case["symbols"])).spell(case["typed"]) == case["stored"]


@pytest.mark.parametrize("case", CASES["renamed"], ids=lambda case: ascii(case["typed"]))
def test_typed__types_that_answer_to_former_symbols__spelled(case: dict[str, str]) -> None:
    types = [Spelled(each["symbol"], tuple(each["words"])) for each in CASES["namedAnew"]]
    assert Speller(types).spell(case["typed"]) == case["stored"]


def test_word__of_two_types__is_kept_as_text() -> None:
    speller = Speller([Spelled("A", ("研修",)), Spelled("B", ("研修",))])
    assert speller.spell("研修") == "研修"


def test_spelling__again__changes_nothing() -> None:
    speller = Speller(USUAL)
    for typed in (*"".join(LOOKALIKES.values()), *LOOKALIKES, " 本社 ", "休", "\u200b"):
        assert speller.spell(speller.spell(typed)) == speller.spell(typed)


def test_lookalikes__of_two_characters__there_are_none() -> None:
    others = "".join(LOOKALIKES.values())
    assert len(others) == len(set(others))
    assert not set(others) & set(LOOKALIKES)


@pytest.mark.parametrize(
    ("aliases", "clash"),
    [(["休"], ("休", "×")), (["×"], ("×", "×")), (["ｏｆｆ"], ("ｏｆｆ", "×")), (["有"], None), ([], None)],
)
def test_alias__that_means_another_type__clashes(aliases: list[str], clash: tuple[str, str] | None) -> None:
    assert clashes("★", aliases, [("×", ["休", "OFF"]), ("★", ["有"])]) == clash
