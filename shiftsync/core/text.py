"""The characters that text may contain, on the way in and on the way out.

Control characters, the non-characters of Unicode and lone surrogates mean nothing to a reader, and stop what is made of a text later:
PostgreSQL takes no U+0000, XML (so every workbook) none of them. Tabs and line breaks are text.
"""

import re

_PLANES = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_UNFIT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")


def unfit(text: str) -> str | None:
    """The problem of ``text``, naming the first forbidden character; None if it is fine."""
    found = _UNFIT.search(text)
    if found is None:
        return None
    return f"Must not contain control characters or other non-text characters (U+{ord(found.group()):04X})."


def counted(count: int, one: str, many: str = "") -> str:
    """``1 cell``, ``2 cells``: a number with the word for what is counted; ``many``: where that is not ``one`` with an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def without_unfit(text: str) -> str:
    """``text`` without forbidden characters, for data that was stored before they were refused."""
    return _UNFIT.sub("", text)
