"""A process that has loaded everything, and forks servers and workers: ``python -m tests.support.zygote FD``, started by ``tests/support/forked.py``.

Each line that comes from that socket is a question in JSON, answered by one: ``start`` (a command, its environment, a file for what it says as
errors) by a process id, ``reap`` (the id of a process that has ended) by how it ended. When the socket closes, all that still run are killed.
"""

import gc
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from tests.support.loading import load_everything, read_settings_again, run

ROOT = Path(__file__).resolve().parents[2]


def main(number: int) -> list[str] | None:
    """Answers until the socket closes. Only in a fork it returns a command: the fork goes on with that, and ends as any process does."""
    load_everything()
    gc.collect()
    gc.freeze()  # a collection in a fork would touch, and so copy, every page that it shares with this process
    running: set[int] = set()
    asked = socket.socket(fileno=number)
    try:
        with asked.makefile("r") as lines:
            for line in lines:
                question = json.loads(line)
                if "reap" in question:
                    answer = _reap(question["reap"], running)
                elif answer := os.fork():
                    running.add(answer)
                else:
                    running.clear()
                    return _become(question)
                asked.sendall(f"{answer}\n".encode())
    finally:
        asked.close()
        for child in running:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return None


def _reap(child: int, running: set[int]) -> int:
    """How it ended, as ``subprocess`` says it."""
    _, status = os.waitpid(child, 0)
    running.discard(child)
    return os.waitstatus_to_exitcode(status)


def _become(question: dict[str, Any]) -> list[str]:
    """In the fork: takes the environment that it was asked to have."""
    os.environ.clear()
    os.environ.update(question["environment"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    if log := question["log"]:
        errors = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(errors, 2)
        os.close(errors)
    os.chdir(ROOT)
    command: list[str] = question["start"]
    sys.argv = list(command)  # the settings say what kind of process this is
    read_settings_again()
    return command


if __name__ == "__main__" and (command := main(int(sys.argv[1]))) is not None:
    run(command)
