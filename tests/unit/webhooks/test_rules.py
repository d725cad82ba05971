"""Names of events, signatures, pauses and addresses: what can be told without a database."""

from ipaddress import ip_address, ip_network

import pytest

from shiftsync.core.outward.addresses import may_reach, require_fit, target_of
from shiftsync.core.outward.backoff import pause_after
from shiftsync.realtime.events import AccessRevoked
from shiftsync.realtime.protocol.wire import BROADCASTS
from shiftsync.webhooks.rules.names import RESYNC, TEST, event_name, is_among
from shiftsync.webhooks.rules.signing import as_secret, signed_headers
from shiftsync.webhooks.selectors import event_types, types_among


def test_event_name__of_every_type_of_change__is_its_own_and_well_formed() -> None:
    names = event_types()
    assert sorted(names.values()) == sorted(BROADCASTS), "two types of change have one name"
    assert not {TEST, RESYNC} & names.keys()
    for name in names:
        assert "." in name.strip("."), name
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz_."), name
    assert AccessRevoked.type not in names.values()


@pytest.mark.parametrize(
    ("type", "name"),
    [
        ("STAFF_CREATE", "staff.created"),
        ("SHIFT_BROADCAST", "shift.changed"),
        ("SHIFT_BULK_BROADCAST", "shift.bulk_changed"),
        ("SHIFT_UNLOCK", "shift.unlocked"),
        ("SCHEDULE_UNPUBLISH", "schedule.unpublished"),
        ("WISH_TERMS_UPDATE", "wish_terms.updated"),
        ("SETTINGS_HARD_DELETE_STAFF_GROUP", "settings.staff_group.removed"),
        ("SETTINGS_UPDATE_ML_CONFIG", "settings.ml_config.updated"),
        ("SETTINGS_SYNC_RESPONSE", "settings.replaced"),
        ("STAFF_NOTE", "staff.note"),
    ],
)
def test_event_name__of_a_type__says_what_was_done(type: str, name: str) -> None:
    assert event_name(type) == name


def test_pattern__all_area_or_name__takes_what_it_says() -> None:
    assert is_among("staff.created", ["*"])
    assert is_among("staff.created", ["wish.*", "staff.*"])
    assert is_among("settings.daily_limit.updated", ["settings.daily_limit.*"])
    assert not is_among("shift_type.created", ["shift.*"])
    assert not is_among("staff.created", ["staff"])
    assert types_among(["*"]) == list(BROADCASTS)


def test_signature__of_the_libraries_of_the_specification__is_the_same() -> None:
    # Secret, id, time and body of the test that all libraries of Standard Webhooks have in common.
    headers = signed_headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    both = signed_headers("msg_1", 1, b"", [as_secret(b"a" * 32), as_secret(b"b" * 32)])
    assert len(set(both["webhook-signature"].split(" "))) == 2


def test_pause__grows_to_an_hour_and_a_quarter_at_most() -> None:
    pauses = [pause_after(failures, 0) for failures in range(1, 10)]
    assert pauses[:3] == [5, 15, 45]
    assert pauses == sorted(pauses)
    assert pause_after(10_000, 1) == 3600 * 1.25
    assert pause_after(1, 0, asked=600) == 600
    assert pause_after(1, 0, asked=10**9) == 3600


def test_address__of_networks_that_the_operator_named__by_http_as_well() -> None:
    networks = (ip_network("192.168.1.0/24"),)
    for url in ("http://192.168.1.7/", "https://192.168.1.7/", "https://example.com/"):
        require_fit(url, networks)
    for url in ("http://192.168.2.7/", "https://10.0.0.1/", "http://8.8.8.8/"):
        with pytest.raises(ValueError, match="public internet"):
            require_fit(url, networks)


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("169.254.169.254", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::1", False),
        ("255.255.255.255", False),
        ("ff02::1", False),
        ("240.0.0.1", False),
    ],
)
def test_address__that_a_name_leads_to__public_by_https_alone(address: str, is_allowed: bool) -> None:
    secure, plain = target_of("https://example.com/"), target_of("http://example.com/")
    assert may_reach(ip_address(address), secure, ()) is is_allowed
    assert not may_reach(ip_address(address), plain, ())


def test_target__in_its_parts() -> None:
    target = target_of("https://[2001:db8::1]:8443/a/b?c=d")
    assert (target.host, target.port, target.path, target.shown_host) == (
        "2001:db8::1",
        8443,
        "/a/b?c=d",
        "[2001:db8::1]:8443",
    )
    assert target_of("https://example.com").path == "/"
