"""Rows out of a text file, as spreadsheets write it: CSV or TSV, in whatever encoding. Pure; its costs are its caller's to limit."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO

DELIMITERS = "\t,;"
LOOKED_AT = 20
"""How many lines are looked at for what divides them."""

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_QUOTED = re.compile(r'(?:^|(?<=[\t,;\r]))"(?:[^"]|"")*"', re.MULTILINE)
"""A value in quotes, which may have several lines. A quote in the middle of a value is a letter like others."""
_RUNS = re.compile(r"[^\x00-\x7f]+")
_HALF_WIDTH = re.compile(r"[\uff61-\uff9f]")


def text_of(content: bytes) -> str | None:
    """The text of a file; None for one that is no text.

    A mark at its beginning says how it is encoded, as Excel's do ("Unicode text", "CSV UTF-8"). Without one it is UTF-8 if it can be:
    nothing else is, by chance. Else it is what Windows and Macs write in Japan or in the West (Shift_JIS, EUC-JP, Windows-1252).
    """
    for mark, encoding in _BOMS.items():
        if content.startswith(mark):
            return _fit(_decoded(content, encoding))
    if b"\0" in content[:1000]:
        is_little = content[1:1000:2].count(0) > content[:1000:2].count(0)
        return _fit(_decoded(content, "utf-16-le" if is_little else "utf-16-be"))
    found = _decoded(content, "utf-8")
    return _fit(_old_text(content) if found is None else found)


def rows_of_text(text: str, longest: int) -> Iterator[list[str]]:
    """Its rows. What divides the values of a row is what its first lines have most of outside of quotes. Raises ``csv.Error`` for a
    value that is longer than ``longest``."""
    looked_at = _QUOTED.sub("", "".join(text.splitlines(keepends=True)[:LOOKED_AT]))
    delimiter = max(DELIMITERS, key=looked_at.count)
    csv.field_size_limit(longest)
    for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
        yield [value.strip() for value in row]


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _fit(text: str | None) -> str | None:
    return None if text is None or _CONTROL.search(text) else text


def _old_text(content: bytes) -> str | None:
    """Several of the older encodings can often be read as one another: the least odd of what comes out is meant."""
    found = [
        (oddness(text), text)
        for encoding, oddness in (("cp932", _odd_as_shift_jis), ("euc-jp", _odd_as_euc), ("cp1252", _odd_as_western))
        if (text := _decoded(content, encoding)) is not None
    ]
    return min(found, key=lambda each: each[0])[1] if found else None


def _odd_as_shift_jis(text: str) -> float:
    """What is mostly half-width syllables may have been EUC-JP."""
    letters = "".join(_RUNS.findall(text))
    return _odd_as_japanese(text) or (0.5 if 2 * len(_HALF_WIDTH.findall(text)) > len(letters) else 0)


def _odd_as_euc(text: str) -> float:
    return _odd_as_japanese(text) or 0.25


def _odd_as_western(text: str) -> float:
    return 1


def _odd_as_japanese(text: str) -> float:
    """What is mostly single Japanese letters in the middle of Latin words was accents."""
    runs = list(_RUNS.finditer(text))
    amid = sum(1 for run in runs if _is_amid_letters(text, run.start(), run.end()))
    return 2 if 2 * amid > len(runs) else 0


def _is_amid_letters(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    is_at_end = before.isascii() and before.isalpha() and not after.isalnum()
    return end - start == 1 and (is_at_end or (after.isascii() and after.islower()))
