"""Names as people compare them."""

import unicodedata


def plain(text: str) -> str:
    """``text`` without spaces, width and case: two names that look alike are the same."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
