"""Origins compare as browsers compare them."""

import pytest

from shiftsync.core.origins import Origin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://shifts.example.com", "https://shifts.example.com:443"),
        ("http://shifts.example.com:80/", "http://shifts.example.com"),
        ("HTTPS://Shifts.Example.COM", "https://shifts.example.com"),
        ("https://shifts.example.com.", "https://shifts.example.com"),
        ("https://[::1]:443", "https://[::1]"),
    ],
)
def test_origins__spelled_differently__are_equal(one: str, other: str) -> None:
    assert Origin.parse(one) == Origin.parse(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://shifts.example.com", "http://shifts.example.com"),
        ("https://shifts.example.com", "https://shifts.example.com:8443"),
        ("http://shifts.example.com", "http://shifts.example.com:443"),
        ("https://shifts.example.com", "https://example.com"),
        ("https://shifts.example.com", "https://shifts.example.com.evil.example"),
    ],
)
def test_origins__of_different_places__differ(one: str, other: str) -> None:
    assert Origin.parse(one) != Origin.parse(other)


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "",
        "shifts.example.com",
        "file:///x",
        "https://",
        "https://a.example/path",
        "https://a.example?x",
        "https://user@a.example",
        "https://a.example:port",
        "https://a.example:99999",
        "https://a b.example",
    ],
)
def test_origin__that_is_none__is_refused(text: str) -> None:
    assert Origin.parse(text) is None


@pytest.mark.parametrize("text", ["https://a.example", "http://a.example:8080", "http://[::1]:8080"])
def test_origin__as_text__reads_back(text: str) -> None:
    assert str(Origin.parse(text)) == text
