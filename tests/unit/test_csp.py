"""The content security policy."""

from shiftsync.csp import policy


def directives(text: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in text.split("; "))}


def test_policy__plain_page__allows_this_server_alone() -> None:
    found = directives(policy(host="shifts.example.com", secure=True))

    assert found["default-src"] == ["'none'"]
    assert found["script-src"] == ["'self'"]
    assert found["style-src"] == ["'self'"]
    assert found["connect-src"] == ["'self'", "wss://shifts.example.com"]
    assert found["frame-ancestors"] == ["'none'"]
    assert "unsafe" not in str(found)


def test_policy__page_with_a_nonce__allows_what_carries_it() -> None:
    found = directives(policy(host="localhost:8080", secure=False, nonce="abc"))

    assert found["style-src"] == ["'self'", "'nonce-abc'"]
    assert found["script-src"] == ["'self'", "'nonce-abc'"]
    assert found["connect-src"] == ["'self'", "ws://localhost:8080"]


def test_policy__vite_serves_the_front_end__allows_its_scripts_and_socket() -> None:
    found = directives(policy(host="localhost:8080", secure=False, nonce="abc", vite_url="http://127.0.0.1:5173"))

    assert found["script-src"] == ["'self'", "'nonce-abc'", "http://127.0.0.1:5173"]
    assert {"http://127.0.0.1:5173", "ws://127.0.0.1:5173"} <= set(found["connect-src"])
