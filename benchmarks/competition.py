"""The generator on a machine that does other things too: whatever it gets of the cores, what it says of its result must be true.

The same restaurants as in the suite ``generation``, with some busy processes for each core beside it. How good a month becomes then depends on
the machine; that it ends in time and that the gap it tells is not smaller than the true one does not.

``python -m benchmarks.competition [sizes ...]`` measures some sizes alone, without a database.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.house import House
from benchmarks.measures import Measure, at_most, suite, target
from benchmarks.report import HEAD, line
from benchmarks.restaurants import restaurant
from schedules.generation.generate import generate
from schedules.generation.problem import Options
from schedules.generation.results import Result

SECONDS = {"17": 10, "50": 30, "100": 30, "300": 60}
COMPETITORS = 2
"""For each core, a little nicer than the generator: together they get more than it does."""
NICE = 2
LATE_SECONDS = 5.0
"""What a run may take beyond its limit: what has begun is ended, and all cores are busy."""
BUSY = "while True: pass"


@contextmanager
def competition(each_core: int = COMPETITORS) -> Iterator[None]:
    """As long as it lasts, every core has that many other processes to serve."""
    number = each_core * (os.cpu_count() or 1)
    busy = [sys.executable, "-c", f"import os; os.nice({NICE})\n{BUSY}"]
    processes = [subprocess.Popen(busy) for _ in range(number)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


@suite("competition")
def beside_others(house: House) -> Iterator[Measure]:
    """Every size."""
    for size in SECONDS:
        yield from measure(size)


def measure(size: str) -> Iterator[Measure]:
    """One size beside the others; then alone and for longer, which says what the best is."""
    with competition():
        result = generate(restaurant(int(size), options=Options(time_limit=SECONDS[size])))
    alone = generate(restaurant(int(size), options=Options(time_limit=2 * SECONDS[size])))
    what = f"{size} staff beside {COMPETITORS} busy processes a core"
    late = max(0.0, result.elapsed - SECONDS[size])
    yield Measure(f"{what}: beyond its time", late, "s", bound=target(LATE_SECONDS))
    yield Measure(
        f"{what}: hard points that could be saved", result.score.hard - alone.score.hard, "", bound=at_most(0)
    )
    yield Measure(f"{what}: gap told", 100 * result.gap, "%", bound=target(5))
    yield Measure(f"{what}: true gap at least", 100 * distance(result, alone), "%")
    yield Measure(f"{what}: told less than is true", 100 * understated(result, alone), "%", bound=at_most(0))


def distance(result: Result, better: Result) -> float:
    """How far a result is from another one, as a share of its points; 0 where the other one is no better."""
    points = result.score.objective
    return max(0, points - better.score.objective) / points if points else 0.0


def understated(result: Result, better: Result) -> float:
    """By how much the gap of a result is smaller than its distance from another one shows."""
    return max(0.0, distance(result, better) - result.gap)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", choices=list(SECONDS), default=list(SECONDS))
    missed = 0
    sys.stdout.write(f"{HEAD}\n")
    for size in parser.parse_args().sizes:
        for each in measure(size):
            missed += each.is_failure
            sys.stdout.write(f"{line(each)}\n")
            sys.stdout.flush()
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
