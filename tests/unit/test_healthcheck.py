"""The health check of containers, against a real HTTP server."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from shiftsync import healthcheck
from shiftsync.config import parse


class Answering(BaseHTTPRequestHandler):
    """Says 200 to the allowed host at the ready path, 503 at any other path, 400 to other hosts."""

    def do_GET(self) -> None:
        allowed = self.headers["Host"] == "shifts.example.com"
        self.send_response((200 if self.path == "/health/ready" else 503) if allowed else 400)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Quiet."""


@pytest.fixture
def port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def _environment(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setenv("PORT", str(port))
    monkeypatch.setenv("SHIFTSYNC_ALLOWED_HOSTS", ".shifts.example.com,other.example.com")


@pytest.mark.usefixtures("_environment")
def test_main__server_is_ready__succeeds() -> None:
    assert healthcheck.main() == 0


@pytest.mark.usefixtures("_environment")
def test_main__server_is_not_ready__fails() -> None:
    assert healthcheck.main("/elsewhere") == 1


def test_main__no_server__fails_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        monkeypatch.setenv("PORT", str(server.server_port))

    assert healthcheck.main() == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("hosts", "named"), [("*", "localhost"), (".example.com", "example.com"), ("a.example.com,b", "a.example.com")]
)
def test_allowed_host__first_of_the_list__is_one_that_the_server_answers_to(hosts: str, named: str) -> None:
    config = parse({"SHIFTSYNC_DEBUG": "1", "SHIFTSYNC_ALLOWED_HOSTS": hosts})

    assert healthcheck.allowed_host(config) == named
