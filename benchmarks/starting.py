"""What a server process costs before anybody comes: its memory, and how long until it listens and answers."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from statistics import median

from benchmarks.builds import before, today
from benchmarks.chain import BEFORE
from benchmarks.house import House
from benchmarks.measures import Measure, Note, at_most, suite
from benchmarks.processes import Server

ROUNDS = 5
MEBIBYTE = 1024 * 1024


@suite("start")
def start(house: House) -> Iterator[Measure | Note]:
    """Against a new project of Django with Channels, and the commit before."""
    starts: list[Callable[[], Server]] = [today(house).server, lambda: house.floor("bare:application")]
    with ExitStack() as stack:
        old = stack.enter_context(before(house))
        if isinstance(old, str):
            yield Note(f"{BEFORE} is left out: {old}")
        else:
            starts.append(old.server)
        found = [[_started(start) for start in starts] for _ in range(ROUNDS)]
    ours, bare, *others = ([median(values) for values in zip(*each, strict=True)] for each in zip(*found, strict=True))
    yield Measure("memory of a server process after its start", ours[3], "MiB", bound=at_most(110))
    yield Measure("the same, against bare Django and Channels", ours[3], "MiB", bare[3])
    yield Measure("time until it listens", ours[0], "ms", bare[0], at_most(1.5))
    yield Measure("server CPU until it listens", ours[1], "ms", bare[1])
    yield Measure("time until it has answered a request", ours[2], "ms", bare[2])
    for each in others:
        yield Measure(f"memory of a server process after its start: {BEFORE}", ours[3], "MiB", each[3])
        yield Measure(f"time until it listens: {BEFORE}", ours[0], "ms", each[0])
        yield Measure(f"server CPU until it listens: {BEFORE}", ours[1], "ms", each[1])
        yield Measure(f"time until it has answered a request: {BEFORE}", ours[2], "ms", each[2])


def _started(start: Callable[[], Server]) -> tuple[float, float, float, float]:
    """Milliseconds until it listened, of CPU until then, until it had answered a request; MiB that it holds then, with its pages loaded."""
    with start() as server:
        until_listening, cpu, listened = server.started_in, server.cpu_seconds, time.monotonic()
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", "/health")
        connection.getresponse().read()
        until_answered = until_listening + time.monotonic() - listened
        connection.close()
        return until_listening * 1000, cpu * 1000, until_answered * 1000, server.memory_bytes / MEBIBYTE
