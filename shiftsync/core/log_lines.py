"""The format of log lines: no secret of ours appears in them, and no line is as long as a request may be, whichever logger writes them."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from shiftsync.core.brief import cut
from shiftsync.core.whence import ids_now

LONGEST_MESSAGE = 4_000
LONGEST_TRACEBACK = 40_000
OF_A_LINE = ("restaurant", "version")

# Tokens, tickets and the addresses of calendar feeds are all made by one function, and all begin alike.
_SECRET = re.compile(r"(?<![A-Za-z0-9])ss_[A-Za-z0-9_%-]{16,}")
_FEED = re.compile(r"(/api/+feeds/)[^\s\"'?]+", re.IGNORECASE)


def without_secrets(text: str) -> str:
    """``text`` with every token, ticket and feed address made unreadable; one that only looks like it too."""
    return _FEED.sub(r"\1-", _SECRET.sub("ss_-", text))


class PlainFormatter(logging.Formatter):
    """Django's and our own lines; tracebacks too."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        record.message = cut(record.message, LONGEST_MESSAGE)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's name
        return cut(super().formatException(ei), LONGEST_TRACEBACK)

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class JsonFormatter(logging.Formatter):
    """Each line an object: ``time`` (UTC, ISO 8601), ``level``, ``logger``, ``message``, and ``traceback`` where there is one.

    Ids where they are known: ``request``, ``user`` and ``restaurant`` of what is served; a line about something else names its
    ``restaurant`` and ``version`` by ``extra``. No names: who reads logs need not know people.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(cut(record.getMessage(), LONGEST_MESSAGE)),
            **ids_now(),
        }
        line |= {name: str(record.__dict__[name]) for name in OF_A_LINE if name in record.__dict__}
        if record.exc_info:
            line["traceback"] = without_secrets(cut(self.formatException(record.exc_info), LONGEST_TRACEBACK))
        return json.dumps(line, ensure_ascii=False)


class RefusalFilter(logging.Filter):
    """What Django refuses of a request is one line without the traceback of its refusal, and no error: anybody can ask for it."""

    def filter(self, record: logging.LogRecord) -> bool:
        is_refusal = record.name == "django.request" and getattr(record, "status_code", 500) < 500
        if is_refusal or record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
            if record.levelno > logging.WARNING:
                record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
