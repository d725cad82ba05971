"""Which characters a text may hold, wherever it comes in and wherever it goes out.

Control characters, the non-characters of Unicode and lone surrogates mean nothing to a reader, and stop what is made of a text later:
PostgreSQL takes no U+0000, XML (so every workbook) none of them. Tabs and line breaks are text.
"""

import re

_PLANES = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_UNFIT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")


def unfit(text: str) -> str | None:
    """What is wrong with ``text``, naming the first character that it may not hold; None: nothing is."""
    found = _UNFIT.search(text)
    if found is None:
        return None
    return f"Must not contain control characters or others that are no text (U+{ord(found.group()):04X})."


def without_unfit(text: str) -> str:
    """``text`` without the characters that it may not hold: for what was stored before they were refused."""
    return _UNFIT.sub("", text)
