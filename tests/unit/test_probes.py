"""The registry of probes, and the labels of the metrics."""

from collections.abc import Iterator

import pytest
from prometheus_client import REGISTRY

from shiftsync.core import metrics, probes


@pytest.fixture(autouse=True)
def _registry_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "_probes", {})


@pytest.fixture
def connections() -> Iterator[None]:
    yield
    for protocol in metrics.PROTOCOLS:
        metrics.CONNECTIONS.labels(protocol=protocol).set(0)


def test_ask_all__several_probes__each_answers_under_its_name() -> None:
    probes.register_probe("hub", lambda: (True, {"lag": 0}))
    probes.register_probe("draining", lambda: (False, None))

    assert probes.ask_all() == {
        "hub": probes.ProbeResult(True, {"lag": 0}),
        "draining": probes.ProbeResult(False, None),
    }


def test_ask_all__probe_raises__is_not_ok_and_others_are_asked() -> None:
    def broken() -> tuple[bool, None]:
        raise RuntimeError("secret detail")

    probes.register_probe("broken", broken)
    probes.register_probe("hub", lambda: (True, None))

    assert probes.ask_all()["broken"] == probes.ProbeResult(False, "RuntimeError")
    assert probes.ask_all()["hub"].ok


def test_register_probe__same_name__takes_its_place_and_only_the_newest_can_be_removed() -> None:
    remove_old = probes.register_probe("hub", lambda: (False, None))
    remove_new = probes.register_probe("hub", lambda: (True, None))

    remove_old()
    assert probes.ask_all()["hub"].ok
    remove_new()
    assert probes.ask_all() == {}


def test_count_message__type_no_handler_has__is_one_label_for_all() -> None:
    labels = {"type": "unknown", "outcome": "unknown_type"}
    before = REGISTRY.get_sample_value("shiftsync_messages_total", labels) or 0

    metrics.count_message(None, "unknown_type")

    assert REGISTRY.get_sample_value("shiftsync_messages_total", labels) == before + 1


def test_count_close__foreign_code__is_other() -> None:
    def closed(code: str) -> float:
        return REGISTRY.get_sample_value("shiftsync_connections_closed_total", {"code": code}) or 0

    before = closed("other"), closed("1012")
    metrics.count_close(4999)
    metrics.count_close(None)
    metrics.count_close(1012)

    assert (closed("other"), closed("1012")) == (before[0] + 2, before[1] + 1)


@pytest.mark.usefixtures("connections")
def test_open_connections__both_protocols__are_added() -> None:
    metrics.CONNECTIONS.labels(protocol="v1").set(2)
    metrics.CONNECTIONS.labels(protocol="v2").set(3)

    assert metrics.open_connections() == 5
