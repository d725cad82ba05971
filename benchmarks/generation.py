"""Measures the generator on synthetic restaurants and the sample one: first schedule, quality, repair, explanation.

``python -m benchmarks.generation [sizes ...]`` measures some sizes alone, without a database; the sample restaurant is part of
the suite only. Seconds depend on the machine, so they are targets; what comes out is bound.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmarks.alone import alone, peak_memory_bytes
from benchmarks.generation_cases import contradictions, edited, edits
from benchmarks.house import House
from benchmarks.measures import Bound, Measure, at_least, at_most, suite, target
from benchmarks.report import HEAD, line
from benchmarks.restaurants import restaurant
from schedules.generation.explain import find_conflict
from schedules.generation.generate import generate
from schedules.generation.problem import Options, Problem
from schedules.generation.repair import repair
from schedules.generation.results import Result


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of a size: seconds to the first schedule, seconds to run, the gap at their end, seconds until the best is proved."""

    first: float
    seconds: float
    gap: float
    proved: float
    days: int = 31
    repair: float | None = None
    explain: float | None = None


TARGETS = {
    "17": Target(first=1, seconds=10, gap=0, proved=5, repair=1),
    "50": Target(first=1, seconds=30, gap=0.02, proved=5, repair=1.5, explain=1),
    "100": Target(first=2, seconds=30, gap=0.02, proved=10, explain=2),
    "100x62": Target(first=3, seconds=60, gap=0.05, proved=30, days=62),
    "300": Target(first=3, seconds=60, gap=0.05, proved=30, repair=2),
}
REPAIRED_CELLS = 5
CANCEL_SECONDS = 2.0
CANCELLED_AFTER = (0.5, 4.0, 12.0)
CANCELLED = "300"
SAMPLE_SECONDS = 5.0
MEMORY = 450


@suite("generation")
def generation(house: House) -> Iterator[Measure]:
    """Every size, and the sample restaurant's second period."""
    for size in TARGETS:
        yield from measure(size)
    yield from measure_sample()


def measure(name: str) -> Iterator[Measure]:
    """All measures of one size. Each size has a process of its own, whose memory is that of this size alone."""
    yield from alone(_measured, name)


def _measured(name: str) -> list[Measure]:
    return list(_measures(name))


def _measures(name: str) -> Iterator[Measure]:
    wanted, size = TARGETS[name], int(name.partition("x")[0])
    problem = restaurant(size, days=wanted.days, options=Options(time_limit=wanted.seconds))
    result = generate(problem)
    peak = peak_memory_bytes() / 1024**2
    yield from _quality(f"{name} staff", result, wanted)
    yield Measure(f"{name} staff: memory of the process", peak, "MB", bound=target(MEMORY))
    if wanted.repair is not None:
        yield from measure_repair(size, problem, result, wanted.repair)
    if wanted.explain is not None:
        yield from measure_explanation(size, wanted.explain)
    if name == CANCELLED:
        yield measure_cancel(size)


def _quality(what: str, result: Result, wanted: Target) -> Iterator[Measure]:
    yield Measure(f"{what}: first complete schedule", result.first_elapsed, "s", bound=target(wanted.first))
    yield Measure(
        f"{what}: hard points that could be saved", result.score.hard - result.hard_bound, "", bound=at_most(0)
    )
    # Where hard rules must be broken, the best is proved too; the status tells the other thing.
    if result.bound >= result.score.objective and result.hard_bound >= result.score.hard:
        yield Measure(f"{what}: proved optimal", result.elapsed, "s", bound=target(wanted.proved))
    yield Measure(f"{what}: gap", 100 * result.gap, "%", bound=at_most(100 * wanted.gap))


def measure_repair(size: int, problem: Problem, result: Result, seconds: float) -> Iterator[Measure]:
    """Each edit repaired: how long, and how many other cells it takes."""
    for name, edit in edits(problem, result):
        after = edited(problem, result, edit)
        started = time.monotonic()
        repaired = repair(after, [edit[0]])
        what = f"{size} staff: repair, {name}"
        yield Measure(what, time.monotonic() - started, "s", bound=target(seconds))
        yield Measure(f"{what}: other cells", len(repaired.changed), "", bound=at_most(REPAIRED_CELLS))
        yield Measure(f"{what}: hard points", repaired.score.hard - repaired.hard_bound, "", bound=at_most(0))


def measure_explanation(size: int, seconds: float) -> Iterator[Measure]:
    """Each contradiction explained: how long, and whether it was proved that nothing can be left out."""
    for name, problem in contradictions(size):
        started = time.monotonic()
        conflict = find_conflict(problem)
        what = f"{size} staff: explanation, {name}"
        yield Measure(what, time.monotonic() - started, "s", bound=target(seconds))
        yield Measure(f"{what}: rules named", len(conflict.parts) if conflict else 0, "", bound=at_least(1))
        minimal = Bound(1, is_lower=True, is_binding=False)
        yield Measure(f"{what}: is minimal", float(conflict is not None and conflict.minimal), "", bound=minimal)


def measure_cancel(size: int) -> Measure:
    """The longest time from the wish to the result, in different phases of the run."""
    return Measure(
        f"{size} staff: cancelled within",
        max(_cancelled(size, after) for after in CANCELLED_AFTER),
        "s",
        bound=target(CANCEL_SECONDS),
    )


def _cancelled(size: int, after: float) -> float:
    wanted = time.monotonic() + after
    generate(restaurant(size, options=Options(time_limit=60)), cancelled=lambda: time.monotonic() > wanted)
    return time.monotonic() - wanted


def measure_sample() -> Iterator[Measure]:
    """The second period of the sample restaurant, from its settings."""
    from benchmarks.worlds import sample_problem  # noqa: PLC0415 - reads models, which need Django ready

    problem = sample_problem()
    result = generate(replace(problem, options=replace(problem.options, time_limit=10)))
    yield from _quality("sample month", result, Target(first=1, seconds=SAMPLE_SECONDS, gap=0, proved=SAMPLE_SECONDS))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", choices=list(TARGETS), default=list(TARGETS))
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
