"""Headers that no client of ours sends, at every operation: refused or passed over, in JSON, and never an error of ours."""

import pytest
from django.test import Client

from shiftsync.core.actor import Role
from tests.integration.rest.schema import Document
from tests.integration.rest.test_hostile_input import Walk
from tests.support.world import World

LONG, NUL, HUGE = "x" * 3000, "a\x00b", "9" * 40
WIDE = "山🦀".encode().decode("latin-1")  # a header is bytes, of which each becomes a character
VALUES = (
    "",
    NUL,
    "\x0b",
    HUGE,
    "-1",
    LONG,
    "*",
    '"',
    'W/"',
    '"x", *',
    ",,,",
    "é",
    "ÿþ",
    "\x7f",
    WIDE,
    "()",
    "a=b;q=x",
)
NAMES = {
    "If-Match": ('"0"', f'"{HUGE}"', '"-1"', "W/*", '"' * 500),
    "If-None-Match": ('"0"', f'"{HUGE}"', "W/*", '"a",' * 500),
    "If-Modified-Since": ("Thu, 99 Foo 99999", HUGE, "Mon, 01 Jan 0000 00:00:00 GMT"),
    "If-Unmodified-Since": ("Thu, 99 Foo 99999", "Mon, 01 Jan 0000 00:00:00 GMT"),
    "Range": ("bytes=0-1", "bytes=-1", f"bytes={HUGE}-", "x=1"),
    "If-Range": ('"x"',),
    "Idempotency-Key": ("00000000-0000-0000-0000-000000000000", "{" + "0" * 32 + "}", "urn:uuid:x", "'; --"),
    "Accept-Language": ("ja;q=9" * 300, "ja;q=nan", "ja;q=1e999", "*;q=0", "../../etc", "x-" * 400, "ja_JP.UTF-8"),
    "Accept": ("text/html", "*/*;q=x", "application/json;version=9", "x/" * 500, "/"),
    "Accept-Encoding": ("gzip;q=9", "x" * 500),
    "Content-Encoding": ("gzip", "x"),
    "Last-Event-ID": (HUGE, "-1"),
    "X-Request-Id": (HUGE, "{}", "urn:uuid:" + "0" * 32),
    "X-Client-Id": ("x" * 300, "\x7f"),
    "X-User-Id": (HUGE, "x"),
    "X-Forwarded-For": ("999.999.999.999", "::1, x", "," * 500, "[::1]:99999999"),
    "X-Forwarded-Proto": ("javascript", "https, http"),
    "X-HTTP-Method-Override": ("DELETE", "x"),
    "X-CSRFToken": ("x" * 64, "x" * 32),
    "User-Agent": ("x" * 5000, "\x1b[31m"),
    "Referer": ("http://[", "x" * 5000),
    "Authorization": (
        "Bearer",
        "Bearer ",
        "Bearer é",
        "Bearer a b",
        f"Bearer {LONG}",
        "Basic !!!",
        "Basic eA==",
        "Bearer \x00",
    ),
}
STEP = 41


@pytest.mark.parametrize("is_signed_in", [True, False], ids=["session", "token"])
def test_operations__every_header_odd__never_an_error_of_ours(
    world: World, document: Document, is_signed_in: bool
) -> None:
    client = Client(raise_request_exception=False)
    token = {"Authorization": f"Bearer {world.tokens[Role.OWNER]}"}
    if is_signed_in:
        client.force_login(world.users[Role.OWNER])
    odd = [(name, value) for name, own in NAMES.items() for value in (*own, *VALUES)]
    walk, wrong = Walk(world, document), []
    operations = [(path, *each) for path, methods in document.json["paths"].items() for each in methods.items()]
    for number, (path, method, operation) in enumerate(operations):
        parameters = [each for each in operation.get("parameters", ()) if each["in"] == "path"]
        address = walk._address(path, parameters)
        for name, value in odd[number % STEP :: STEP]:
            headers = {name: value} if is_signed_in else {**token, name: value}
            response = client.generic(method.upper(), address, "{}", content_type="application/json", headers=headers)
            is_json = response.status_code < 400 or response["Content-Type"] == "application/problem+json"
            if response.status_code >= 500 or not is_json:
                wrong.append(f"{response.status_code} {method} {address} {name}: {value[:60]!r}")
    assert not wrong, "\n".join(wrong[:50])
