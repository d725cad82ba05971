"""What somebody meant who typed something into a cell: one table of look-alikes and one order of guesses, here and in the page.

``ShiftSync`` stores a cell's symbol, and people type what their keyboard has: ◯ for ○, a full-width ｘ, "休み". Whatever is one of the
restaurant's symbols already is never touched, and text that means none of them is kept as it was typed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

LOOKALIKES: Mapping[str, str] = {
    "○": "◯〇⭕⚪⭘⚬❍◦◌⃝OoΟοОо",
    "◎": "⊚⦾⌾",
    "●": "⬤⚫⏺•⦁∙",
    "×": "✕✖╳✗✘❌❎⨯☓⨉🗙🗴🞨⤫⤬ㄨ〤☒XxΧχХх",
    "★": "☆⭐✩✪✫✬✭✮✯🌟⭑⭒⋆",
    "△": "▲▵▴⃤∆Δ🔺⧍🛆",
    "▽": "▼▿▾∇🔻",
    "◇": "◆⬦⋄♢♦⬥◊⬨🔷🔶🔹🔸",
    "□": "■☐⬜⬛◻◼◽◾▢▪▫",
    "-": "‐‑‒–—―−ー➖─━",
}
"""By the character that they are taken for, in the order in which it is looked for: others that people see as the same."""

INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0100-\U000e01ef"
"""What nobody sees, as a class of characters: joiners, marks of direction, variation selectors."""

NEVER_SEEN = "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Of these, what is never part of another character: it is not kept in text either."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_NEVER_SEEN = re.compile(f"[{NEVER_SEEN}]")
_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r"[\t\r\n]+")
_FOLDED = str.maketrans({other: meant for meant, others in LOOKALIKES.items() for other in others})


@dataclass(frozen=True, slots=True)
class Spelled:
    """A shift type as far as spelling is concerned; ``words`` are its labels and its aliases, ``kind`` whatever tells its kind from others,
    ``revision`` when it was changed last."""

    symbol: str
    words: tuple[str, ...] = ()
    kind: object = None
    revision: int = 0


def tidy(text: str) -> str:
    """The text without spaces around it and without what nobody sees; line breaks and tabs are spaces."""
    return _SPACES.sub(" ", _NEVER_SEEN.sub("", text)).strip()


def kept(text: str) -> str:
    """Text that means no symbol, as it is stored: as it was typed, on one line, without what nobody sees."""
    return _BREAKS.sub(" ", _NEVER_SEEN.sub("", text).strip("\t\r\n"))


def wide(text: str) -> str:
    """The text without anything invisible, in one width."""
    if text.isascii():  # has no other width and nothing invisible
        return text.strip()
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).strip()


def word(text: str) -> str:
    """The text as words are compared: one width, no spaces, no capitals."""
    return _SPACES.sub("", wide(text)).casefold()


def shape(text: str) -> str:
    """The text as it looks: every look-alike is the character that it is taken for."""
    return wide(_INVISIBLE.sub("", text).translate(_FOLDED)).translate(_FOLDED)


class Speller:
    """Spells values as one restaurant does. The guesses in order: a symbol as typed, in another width, a word for one, a look-alike, a look-alike
    of a word (of ○, where that is what a type was called before).

    A guess that leads to several symbols is dropped, unless one of them is the exact character that look-alikes are mapped to. So is
    one for a ``deleted`` symbol that leads to another kind of shift than it was, until somebody gives the word to that type anew.
    """

    def __init__(self, types: Iterable[Spelled], deleted: Iterable[Spelled] = ()) -> None:
        known = tuple(types)
        self._types = {each.symbol: each for each in known}
        self._symbols = self._types.keys()
        self._deleted = {each.symbol: each for each in sorted(deleted, key=lambda each: each.revision)}
        by_symbol = [(each.symbol, each.symbol) for each in known]
        words = [(text, each.symbol) for each in known for text in each.words]
        self._guesses = (
            (wide, _by(wide, by_symbol)),
            (word, _by(word, words)),
            (word, _by(word, by_symbol)),
            (shape, _by(shape, by_symbol)),
            (shape, _by(shape, words)),
        )

    def spell(self, typed: str) -> str:
        """The value to be stored for what was typed."""
        if not typed or typed in self._symbols:
            return typed
        text = tidy(typed)
        if text in self._symbols:
            return text
        last, key = None, ""
        for fold, meanings in self._guesses:
            if fold is not last:
                last, key = fold, fold(text)
            if key and key in meanings:
                return kept(typed) if self._was_another(text, meanings[key]) else meanings[key]
        return kept(typed)

    def symbol_for(self, name: str) -> str:
        """The symbol that a limit, a rule or somebody's terms mean by ``name``; the name itself where it means none."""
        spelled = self.spell(name)
        return spelled if spelled in self._symbols else name

    def _was_another(self, text: str, symbol: str) -> bool:
        """Whether that text was the symbol of another kind of shift, and nobody has said since that it means ``symbol``."""
        was, meant = self._deleted.get(text), self._types[symbol]
        return was is not None and was.kind != meant.kind and was.revision > meant.revision

    def was_another(self, word: str, symbol: str) -> bool:
        """The same for any word as typed."""
        return self._was_another(tidy(word), symbol)

    def knows(self, value: str) -> bool:
        """Whether a stored value is blank or one of the symbols."""
        return not value or value in self._symbols


def clashes(symbol: str, aliases: Sequence[str], others: Iterable[tuple[str, Sequence[str]]]) -> tuple[str, str] | None:
    """The first of a type's ``aliases`` that means another type already, and that one's symbol; ``others``: symbols and aliases."""
    wanted = {word(alias): alias for alias in aliases}
    for other, others_aliases in others:
        for name in (other, *others_aliases):
            if other != symbol and word(name) in wanted:
                return wanted[word(name)], other
    return None


def _by(fold: Callable[[str], str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each folded text means, where that is one symbol only."""
    found: dict[str, set[str]] = {}
    for text, symbol in pairs:
        found.setdefault(fold(text), set()).add(symbol)
    return {
        key: key if key in symbols else next(iter(symbols))
        for key, symbols in found.items()
        if len(symbols) == 1 or key in symbols
    }
