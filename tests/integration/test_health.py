"""``/health``, ``/health/ready`` and ``/metrics``: all well, a part not fit, the database behind, Redis away."""

import dataclasses
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from django.conf import settings as django_settings
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

from shiftsync import __version__, health
from shiftsync.config import ROOT
from shiftsync.core import probes
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "database", health.DatabaseWatch())
    monkeypatch.setattr(probes, "_probes", {})


def test_health__all_well__tells_the_state_of_every_part(client: Client) -> None:
    probes.register_probe("hub", lambda: (True, {"restaurants": 2}))

    response = client.get("/health")

    body = response.json()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", body.pop("timestamp"))
    assert body == {
        "status": "ok",
        "version": __version__,
        "instance": health.INSTANCE,
        "clients": 0,
        "endpoint": "/staff-sync",
        "database": {"ok": True, "detail": django_settings.CONFIG.database.engine},
        "layer": {"ok": True, "detail": "redis" if django_settings.CONFIG.redis_url else "memory"},
        "probes": {"hub": {"ok": True, "detail": {"restaurants": 2}}},
    }


def test_health__part_not_fit__is_degraded_but_alive(client: Client) -> None:
    probes.register_probe("hub", lambda: (False, "late"))

    response = client.get("/health")

    assert response.status_code == 200
    assert response.json()["status"] == "degraded"


def test_ready__all_well__is_ready(client: Client) -> None:
    response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (200, {"status": "ready", "reasons": []})


def test_ready__part_not_fit__is_unready_for_that_reason(client: Client) -> None:
    probes.register_probe("draining", lambda: (False, None))
    probes.register_probe("hub", lambda: (True, None))

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {"status": "unready", "reasons": ["draining"]}


def test_ready__migration_missing__is_unready_until_it_is_applied(client: Client) -> None:
    applied = MigrationRecorder.Migration.objects.filter(app="django_tasks_database").latest("pk")
    MigrationRecorder.Migration.objects.filter(pk=applied.pk).delete()

    assert client.get("/health/ready").json() == {"status": "unready", "reasons": ["migrations"]}

    applied.save(force_insert=True)
    assert client.get("/health/ready").status_code == 200


def test_health__redis_away__is_degraded_and_still_ready(client: Client, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings.CONFIG = dataclasses.replace(settings.CONFIG, redis_url=f"redis://127.0.0.1:{port}/0")

    body = client.get("/health").json()

    assert body["status"] == "degraded"
    assert body["layer"] == {"ok": False, "detail": "ConnectionError"}
    assert client.get("/health/ready").status_code == 200


def test_ready__files_of_the_front_end_missing__is_unready_until_they_are_there(
    client: Client, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_frontend", health._FrontendWatch())
    settings.CONFIG = dataclasses.replace(settings.CONFIG, debug=False)
    settings.FRONTEND_MANIFEST, settings.STATIC_ROOT = tmp_path / "manifest.json", tmp_path / "static"
    assert client.get("/health/ready").json()["reasons"] == ["frontend"]
    settings.FRONTEND_MANIFEST.write_text('{"main": {"file": "assets/main.js", "css": ["assets/main.css"]}}')
    for name in ("frontend/assets/main.js", "admin/css/base.css", "frontend/assets/main.css"):
        assert client.get("/health/ready").json()["reasons"] == ["frontend"]
        (settings.STATIC_ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (settings.STATIC_ROOT / name).touch()
    assert client.get("/health/ready").status_code == 200


CUT_OFF = """
import os
import django
django.setup()
from django.test import Client
client = Client(headers={"host": "localhost"})
for path in ("/health", "/health/ready"):
    response = client.get(path)
    print(response.status_code, response.text, flush=True)
os._exit(0)  # the pool of connections goes on trying for a while
"""


def test_health__database_away__is_alive_but_not_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    environ = os.environ | {"DATABASE_URL": f"postgresql://127.0.0.1:{port}/shifts"}

    ended = subprocess.run(
        [sys.executable, "-c", CUT_OFF],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=True,
    )

    alive, ready = ended.stdout.splitlines()
    assert alive.startswith('200 {"status": "degraded"')
    assert '"database": {"ok": false' in alive
    assert ready == '503 {"status": "unready", "reasons": ["database"]}'


def test_metrics__asked__are_in_prometheus_format(client: Client) -> None:
    response = client.get("/metrics")

    assert response["Content-Type"].startswith("text/plain")
    for name in (
        "shiftsync_connections",
        "shiftsync_messages_total",
        "shiftsync_commit_batch_size",
        "shiftsync_hub_lag_versions",
        "shiftsync_hub_gaps_filled_total",
        "shiftsync_http_requests_total",
        "shiftsync_service_up",
        "shiftsync_queue_oldest_seconds",
    ):
        assert f"# TYPE {name.removesuffix('_total')}" in response.text or f"# TYPE {name} " in response.text


@pytest.mark.parametrize("path", ["/health", "/health/ready", "/metrics"])
def test_health__post__is_refused(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_scraper__comes_by_address__is_answered_and_nothing_else_is(server: ServerProcess) -> None:
    for path in ("/health", "/health/ready", "/metrics"):
        answer = httpx.get(f"{server.url}{path}", headers={"Host": "10.20.30.40:9100"})
        assert answer.status_code == 200, path
    assert httpx.get(f"{server.url}/sign-in/", headers={"Host": "10.20.30.40:9100"}).status_code == 400
    text = httpx.get(f"{server.url}/metrics").text
    assert 'shiftsync_http_requests_total{area="pages",method="GET",status="4xx"} 1.0' in text
    assert f'shiftsync_build_info{{version="{__version__}"}} 1.0' in text
    assert 'shiftsync_service_up{service="database"} 1.0' in text
    if django_settings.CONFIG.database.engine == "postgresql":
        assert re.search(r'shiftsync_database_pool\{state="in_use"\} \d', text)
