"""What is stored for what somebody typed."""

import pytest

from schedules.rules.spelling import LOOKALIKES, Spelled, Speller, clashes

USUAL = (
    Spelled("○", ("通常", "Normal", "出", "出勤")),
    Spelled("△", ("早番", "Early", "早")),
    Spelled("◇", ("遅番", "Late", "遅")),
    Spelled("×", ("休み", "Off", "休", "公休")),
    Spelled("★", ("指定休", "Designated off", "希", "有給")),
    Spelled("●", ("特別", "Special")),
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("   ", "   "),
        (" 本社 ", " 本社 "),
        ("本社\r\n", "本社"),
        ("\u200b", ""),
        ("○", "○"),
        (" ○\u3000", "○"),
        ("◯", "○"),
        ("〇", "○"),
        ("⭕", "○"),
        ("⭕\ufe0f", "○"),
        ("￮", "○"),
        ("Ｏ", "○"),
        ("✕", "×"),
        ("✖", "×"),
        ("✖\ufe0f", "×"),
        ("╳", "×"),
        ("X", "×"),
        ("x", "×"),
        ("ｘ", "×"),
        ("Ｘ", "×"),
        ("х", "×"),
        ("☆", "★"),
        ("☆\ufe0e", "★"),
        ("⭐\ufe0f", "★"),
        ("★\ufe0f", "★"),
        ("▲", "△"),
        ("Δ", "△"),
        ("◆", "◇"),
        ("⚫", "●"),
        ("\u200b×\u2060", "×"),
        ("\ufeff×", "×"),
        ("×\n", "×"),
        ("休", "×"),
        ("休み", "×"),
        ("公休", "×"),
        ("休 み", "×"),
        ("OFF", "×"),
        ("ｏｆｆ", "×"),
        ("早番", "△"),
        ("ﾊﾔﾊﾞﾝ", "ﾊﾔﾊﾞﾝ"),
        ("希", "★"),
        ("出", "○"),
        ("本社 10:00", "本社 10:00"),
        ("本社\t研修", "本社 研修"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("１", "１"),
    ],
)
def test_typed__usual_symbols__spelled(typed: str, stored: str) -> None:
    assert Speller(USUAL).spell(typed) == stored


@pytest.mark.parametrize(
    ("symbols", "typed", "stored"),
    [
        (("X", "×"), "X", "X"),
        (("X", "×"), "ｘ", "X"),
        (("X", "×"), "✕", "×"),
        (("X",), "×", "X"),
        (("☆", "★"), "☆", "☆"),
        (("☆", "★"), "⭐", "★"),
        (("☆",), "★", "☆"),
        (("▲", "△"), "▲", "▲"),
        (("▲", "▴"), "🔺", "🔺"),
        (("1", "2"), "１", "1"),
        (("１",), "1", "１"),
        (("A",), "ａ", "A"),
        (("A", "a"), "ａ", "a"),
        (("A", "a"), "Ａ", "A"),
        (("⭐\ufe0f",), "⭐", "⭐\ufe0f"),
        (("早1",), "早１", "早1"),
        (("半休",), "半休\u200b", "半休"),
        ((), "◯", "◯"),
    ],
)
def test_typed__own_symbols__win(symbols: tuple[str, ...], typed: str, stored: str) -> None:
    assert Speller(map(Spelled, symbols)).spell(typed) == stored


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
