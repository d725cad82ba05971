"""The process that hashes passwords: one line of standard input is one question, one line of standard output its answer.

It runs as a program of its own, with nothing of ours or Django's loaded, and ends when its input does. A question is the
digest's name, the number of rounds, and the password and the salt in hexadecimal; nothing of it is kept, logged, or an
argument that a list of processes would show.
"""

import contextlib
import hashlib
import os
import sys

NICENESS = 10


def main() -> None:
    """Answers until nobody asks any more."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICENESS)  # every other process goes first
    for question in sys.stdin.buffer:
        digest, rounds, password, salt = question.decode().split(" ")
        key = hashlib.pbkdf2_hmac(digest, bytes.fromhex(password), bytes.fromhex(salt), int(rounds))
        sys.stdout.buffer.write(key.hex().encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
