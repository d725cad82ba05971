"""``/health`` and ``/metrics`` of a worker."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from shiftsync import __version__
from shiftsync.core import beat as beats
from shiftsync.core.beat import Beat
from shiftsync.core.worker_page import serve_worker_page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def beat(tmp_path: Path) -> Beat:
    return Beat(tmp_path / "beat")


@pytest.fixture
def page(beat: Beat) -> Iterator[httpx.Client]:
    server = serve_worker_page(0, beat)
    with httpx.Client(base_url=f"http://127.0.0.1:{server.server_port}", headers={"Connection": "close"}) as client:
        yield client
    server.shutdown()
    server.server_close()


def test_worker_page__worker_at_work__is_well_and_tells_its_queue(page: httpx.Client, beat: Beat) -> None:
    beat()
    told = page.get("/health").json()
    assert (told["status"], told["version"]) == ("ok", __version__)
    assert page.get("/health/ready").status_code == 200
    text = page.get("/metrics").text
    assert "shiftsync_queue_tasks 0.0" in text
    told_beat = re.search(r"^shiftsync_worker_beat_timestamp_seconds (\S+)$", text, re.MULTILINE)
    assert told_beat
    assert float(told_beat[1]) == pytest.approx(beat.at, abs=1)
    assert 'shiftsync_service_up{service="database"} 1.0' in text
    assert page.get("/").status_code == 404


def test_worker_page__no_sign_of_life_for_a_minute__is_not_ready(page: httpx.Client, beat: Beat) -> None:
    beat.at -= beats.LATE_SECONDS
    assert page.get("/health").json()["status"] == "late"
    assert page.get("/health/ready").status_code == 503
