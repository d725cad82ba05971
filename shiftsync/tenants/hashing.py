"""How passwords are hashed: as Django does it, but by a process of its own that every other one goes before.

A thread that stepped back in this process was not enough. It let go of the interpreter while it hashed, but had to take it again
when it was done, and on a busy machine it then lost its core to somebody else while holding it: every edit of the process
waited until the system let it go on (703 ms at worst). A process shares nothing that anybody waits for.
"""

import atexit
import base64
import contextlib
import hashlib
import logging
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

logger = logging.getLogger(__name__)

PROGRAM = Path(__file__).with_name("hashing_child.py")
ATTEMPTS = 2
_DjangosHasher: Any = PBKDF2PasswordHasher  # the stubs leave out what this builds on


class Aside:
    """The process, which is started when the first password comes; those that come meanwhile wait for their turn."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def derive(self, digest: str, password: bytes, salt: bytes, rounds: int) -> bytes:
        """The key that PBKDF2 derives. Where the process cannot be had, this one does it."""
        if not connection.in_atomic_block:
            connection.close()  # back to the pool: those who wait here would hold it empty
        question = f"{digest} {rounds} {password.hex()} {salt.hex()}\n".encode()
        with self._turn:
            for _ in range(ATTEMPTS):
                with contextlib.suppress(OSError, ValueError):
                    return bytes.fromhex(self._ask(question))
                self._end()
        logger.warning("passwords.hashed_here the process for it does not answer")
        return hashlib.pbkdf2_hmac(digest, password, salt, rounds)

    def end(self) -> None:
        """Lets the process go; the next password starts another one."""
        with self._turn:
            self._end()

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return None if self._process is None else self._process.pid

    def _ask(self, question: bytes) -> str:
        """What the process answers. Raises ``OSError`` or ``ValueError`` where it is gone."""
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, with our own program
                # Isolated and without site-packages: it needs the standard library alone, and starts in some 20 ms.
                [sys.executable, "-I", "-S", PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # A Ctrl-C is for the server; its end ends this one.
                start_new_session=True,
            )
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answered is not None
        asked.write(question)
        asked.flush()
        answer = answered.readline()
        if not answer.endswith(b"\n"):
            raise ValueError("The process has ended.")
        return answer.decode().strip()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        # Waits, and closes the pipes; what could not be written to a process that is gone is tried once more there.
        with contextlib.suppress(OSError), process:
            pass


aside = Aside()
atexit.register(aside.end)


class AsideHasher(_DjangosHasher):  # type: ignore[misc]  # see above
    """Django's PBKDF2, with its own name and numbers of rounds: what was hashed before stays, and what this hashes is read by it."""

    def encode(self, password: str | bytes, salt: str | bytes, iterations: int | None = None) -> str:
        """The hash as it is stored."""
        self._check_encode_args(password, salt)
        rounds = iterations or self.iterations
        key = aside.derive(self.digest().name, _bytes(password), _bytes(salt), rounds)
        salt_text = salt if isinstance(salt, str) else salt.decode()
        return f"{self.algorithm}${rounds}${salt_text}${base64.b64encode(key).decode('ascii')}"


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
