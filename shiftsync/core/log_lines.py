"""How a line of the log looks: whatever writes it, no secret of ours stands in it."""

import json
import logging
import re
from datetime import UTC, datetime

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


class JsonFormatter(logging.Formatter):
    """Each line an object: ``time`` (UTC, ISO 8601), ``level``, ``logger``, ``message``, and ``traceback`` where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if record.exc_info:
            line["traceback"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
