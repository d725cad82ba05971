"""Servers and workers for the browser tests, one after another: ``python -m tests.support.browser_lane``.

A process that starts spends some two seconds of CPU time on loading modules, and each file of tests wants a server and a worker
of its own. Here they are loaded once, and each process is a fork that runs what ``shiftsync.serve`` would become. Settings come from the environment and
are read once too, so all of them listen at the same address and open the same database, which is another one each time.

Each line of standard input is ``server``, ``worker`` or ``end``, and is answered by a line once that is done. What runs ends with the input.
"""

import contextlib
import os
import signal
import sys

from shiftsync.config import ROOT, load
from shiftsync.serve import WORKER, uvicorn
from tests.support.loading import load_everything, run


def main() -> None:
    """Loads, and does what the lines of standard input ask for."""
    load_everything()
    commands = {"server": uvicorn(load().port)[2:], "worker": WORKER[1:]}
    running: list[int] = []
    try:
        for line in sys.stdin:
            if (word := line.strip()) == "end":
                _end(running)
            else:
                running.append(_start(commands[word]))
            print(word, flush=True)
    finally:
        _end(running)


def _start(command: tuple[str, ...]) -> int:
    """Forks a process that runs ``command``, as its interpreter would."""
    child = os.fork()
    if child:
        return child
    _forget_the_parent()
    os.chdir(ROOT)
    try:
        run(command)
    finally:
        os._exit(1)


def _forget_the_parent() -> None:
    """Its input and output are a conversation that is none of the child's."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)


def _end(running: list[int]) -> None:
    """Kills them: a worker asked politely would finish its poll first, and nothing of theirs is kept."""
    for child in running:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    while running:
        os.waitpid(running.pop(), 0)


if __name__ == "__main__":
    main()
