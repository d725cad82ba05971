"""No secret stands in a log, ours or nginx's."""

import io
import json
import logging
import re
import sys
from contextvars import Context
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import get_resolver

from shiftsync.config import ROOT
from shiftsync.core.log_lines import LONGEST_MESSAGE, JsonFormatter, PlainFormatter
from shiftsync.core.whence import come_from, serve, serve_message
from shiftsync.tenants.credentials import make_secret

NGINX = ROOT / "deploy" / "nginx"


def logged(text: str, *args: object, exc_info: bool = False) -> str:
    """What the configured format makes of a message."""
    config: dict[str, Any] = settings.LOGGING["formatters"]["text"]  # type: ignore[index]  # a plain dictionary
    assert config["()"] == f"{PlainFormatter.__module__}.{PlainFormatter.__name__}"
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlainFormatter(config["format"], style=config["style"]))
    error = sys.exc_info() if exc_info else None
    handler.handle(logging.LogRecord("django.request", logging.WARNING, __file__, 1, text, args, error))
    return stream.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /api/feeds/{secret}.ics",
        "Not Found: /API//feeds/{secret}.ics",
        "GET /staff-sync?client=x&ticket={secret} HTTP/1.1",
        "Authorization: Bearer {secret}",
        "('{secret}',)",
    ],
)
def test_log__line_with_a_secret__does_not_hold_it(line: str) -> None:
    secret, _ = make_secret()
    assert secret[3:] not in logged("%s", line.format(secret=secret))
    assert "Not Found: /api/feeds/-" in logged("%s: %s", "Not Found", f"/api/feeds/{secret[3:]}.ics")


def test_log__traceback_with_a_secret__does_not_hold_it() -> None:
    secret, _ = make_secret()
    try:
        raise ValueError(secret)
    except ValueError:
        text = logged("failed", exc_info=True)
    assert "Traceback" in text
    assert secret[3:] not in text


@pytest.mark.parametrize("line", ["classes_per_week_and_month_of_a_year", "GET /api/staff/ 200", "ss_short"])
def test_log__other_lines__stay(line: str) -> None:
    assert line in logged("%s", line)


def test_nginx__every_server__logs_without_query_and_without_feeds() -> None:
    form = (NGINX / "common.inc").read_text()
    assert re.search(r"log_format without_query '[^']*\$uri_to_log[^']*'", form)
    assert not re.search(r"log_format[^;]*\$(request|request_uri|args|query_string|uri)\b", form)
    hidden = re.findall(r"~\*(\^\S+) (\S+)/-;", form)
    for path in secret_paths():
        assert [shown for pattern, shown in hidden if re.match(pattern, path)] == [path[: path.index("/ss_")]]
    for name in ("tls.conf", "http.conf", "upstream.inc"):
        text = (
            (NGINX / name)
            .read_text()
            .replace("include /etc/nginx/shiftsync/locations.inc;", (NGINX / "locations.inc").read_text())
        )
        for server in re.split(r"^server \{", text, flags=re.MULTILINE)[1:]:
            assert re.search(r"access_log (off|/var/log/nginx/access.log without_query);", server), (name, server[:80])
    # Under journald neither can be opened.
    assert not any("/dev/std" in line for path in NGINX.iterdir() for line in directives(path.read_text()))


def secret_paths() -> list[str]:
    """The path of each page whose address has a secret in it."""
    known: Any = get_resolver().reverse_dict
    forms = {form for name in known if isinstance(name, str) for form, held in known[name][0] if held == ["secret"]}
    assert len(forms) >= 4, forms
    return [f"/{form % {'secret': 'ss_secret'}}" for form in sorted(forms)]


def directives(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.lstrip().startswith("#")]


def test_json__line_with_a_traceback__is_an_object_without_secrets() -> None:
    secret, _ = make_secret()
    try:
        raise ValueError(secret)
    except ValueError:
        info = sys.exc_info()
    record = logging.LogRecord("schedules", logging.ERROR, __file__, 1, "failed %s", (f"/api/feeds/{secret}",), info)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert secret[3:] not in line
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("error", "schedules", "failed /api/feeds/-")
    assert "ValueError" in told["traceback"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", told["time"])


def test_log__message_that_repeats_a_request__is_cut() -> None:
    assert len(logged("Invalid HTTP_HOST header: %r", "x" * 60_000)) < 2 * LONGEST_MESSAGE
    record = logging.LogRecord("django", logging.ERROR, __file__, 1, "%s", ("x" * 60_000,), None)
    assert len(json.loads(JsonFormatter().format(record))["message"]) == LONGEST_MESSAGE


def as_object(message: str, **extra: object) -> dict[str, Any]:
    """A line of ours as JSON."""
    record = logging.makeLogRecord({"name": "shiftsync", "msg": message, "levelno": logging.WARNING, **extra})
    told: dict[str, Any] = json.loads(JsonFormatter().format(record))
    return told


def test_json__while_something_is_served__names_it_by_ids() -> None:
    request, message, user, restaurant = uuid4(), uuid4(), uuid4(), uuid4()

    def serving() -> list[dict[str, Any]]:
        come_from("192.0.2.1", request)
        lines = [as_object("nobody yet")]
        serve(user, restaurant)
        lines.append(as_object("a request"))
        serve_message(message, user, restaurant)
        lines.append(as_object("a message"))
        come_from("192.0.2.1", request)
        return [*lines, as_object("the next request")]

    ids = [{name: line.get(name) for name in ("request", "user", "restaurant")} for line in Context().run(serving)]
    nobody = {"request": str(request), "user": None, "restaurant": None}
    somebody = {"user": str(user), "restaurant": str(restaurant)}
    assert ids == [nobody, {"request": str(request), **somebody}, {"request": str(message), **somebody}, nobody]


def test_json__line_about_a_version__names_it_and_no_request_object() -> None:
    line = Context().run(as_object, "hub.hint", restaurant="r", version=7, request=object())
    assert (line["restaurant"], line["version"]) == ("r", "7")
    assert "request" not in line
