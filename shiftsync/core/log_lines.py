"""How a line of the log looks: whatever writes it, no secret of ours stands in it."""

import logging
import re

# Tokens, tickets and the addresses of calendar feeds are all made by one function, and all begin alike.
_SECRET = re.compile(r"(?<![A-Za-z0-9])ss_[A-Za-z0-9_%-]{16,}")
_FEED = re.compile(r"(/api/+feeds/)[^\s\"'?]+", re.IGNORECASE)


def without_secrets(text: str) -> str:
    """``text`` with every token, ticket and feed address made unreadable; one that only looks like it too."""
    return _FEED.sub(r"\1-", _SECRET.sub("ss_-", text))


class PlainFormatter(logging.Formatter):
    """Django's and our own lines; tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))
