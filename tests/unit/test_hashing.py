"""Passwords are hashed by a process of its own, as Django would hash them."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password

from shiftsync.tenants.hashing import Aside, AsideHasher, aside
from shiftsync.tenants.hashing_child import NICENESS

ROUNDS = 1000
PASSWORD = "pässword 日本"  # of nobody


@pytest.fixture(autouse=True)
def hasher(settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["shiftsync.tenants.hashing.AsideHasher"]
    yield
    aside.end()


def test_hash__of_ours__is_djangos() -> None:
    encoded = AsideHasher().encode(PASSWORD, "salt", ROUNDS)
    assert encoded == PBKDF2PasswordHasher().encode(PASSWORD, "salt", ROUNDS)
    assert check_password(PASSWORD, make_password(PASSWORD))
    assert not check_password("another", encoded)


def test_hashing__one_process_that_steps_back_and_knows_nothing_of_ours() -> None:
    AsideHasher().encode(PASSWORD, "salt", ROUNDS)
    pid = aside.pid
    assert pid not in (None, os.getpid())
    assert os.getpriority(os.PRIO_PROCESS, pid or 0) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)
    told = Path(f"/proc/{pid}/cmdline").read_text() + Path(f"/proc/{pid}/maps").read_text()
    assert "site-packages" not in told
    assert PASSWORD not in told
    AsideHasher().encode(PASSWORD, "other", ROUNDS)
    assert aside.pid == pid


def test_process__killed__the_next_password_has_another() -> None:
    one = Aside()
    first = one.derive("sha256", b"a", b"b", ROUNDS)
    killed = one.pid
    assert killed is not None
    os.kill(killed, 9)
    assert one.derive("sha256", b"a", b"b", ROUNDS) == first
    assert one.pid != killed
    one.end()


def test_process__cannot_be_had__hashed_here(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    there, nowhere = Aside(), Aside()
    expected = there.derive("sha256", b"a", b"b", ROUNDS)
    there.end()
    monkeypatch.setattr("shiftsync.tenants.hashing.PROGRAM", Path("/nowhere"))
    assert nowhere.derive("sha256", b"a", b"b", ROUNDS) == expected
    assert "passwords.hashed_here" in caplog.text


def test_many_at_once__each_has_its_own_answer() -> None:
    def hashed(number: int) -> str:
        return AsideHasher().encode(f"password {number}", "salt", ROUNDS)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(hashed, range(40)))
    assert found == [PBKDF2PasswordHasher().encode(f"password {number}", "salt", ROUNDS) for number in range(40)]
