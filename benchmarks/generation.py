"""Measures the generator: first schedule, gap, hard rules, repair, explanation.

``python -m benchmarks.generation [sizes ...] [--seconds N]``; sizes default to 17, 50, 100 and 300 people. Prints one line
for each measurement with its bound, and ends with status 1 if one is not kept. Meant for a machine without other work.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass, replace

from benchmarks.restaurants import restaurant, restaurant_data
from schedules.generation.explain import find_conflict
from schedules.generation.generate import generate
from schedules.generation.loading import load_problem
from schedules.generation.problem import Options, Problem
from schedules.generation.repair import repair
from schedules.generation.results import Result, Status


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of a size: seconds to the first schedule, seconds to run, the gap at their end (0 = proved)."""

    first: float
    seconds: float
    gap: float | None
    repair: float | None = None
    explain: float | None = None


TARGETS = {
    17: Target(first=1, seconds=10, gap=0, repair=1),
    50: Target(first=1, seconds=30, gap=0.07, repair=3, explain=2),
    100: Target(first=2, seconds=30, gap=0.05),
    300: Target(first=20, seconds=60, gap=None),
}
REPAIRED_CELLS = 5


@dataclass(frozen=True, slots=True)
class Measurement:
    size: int
    what: str
    value: float
    bound: float

    @property
    def kept(self) -> bool:
        return self.value <= self.bound

    def line(self) -> str:
        return f"{self.size:4}  {self.what:28} {self.value:10.3f}  <= {self.bound:g}  {'ok' if self.kept else 'MISSED'}"


def measure(size: int, seconds: float | None = None) -> list[Measurement]:
    """All measurements of one size."""
    target = TARGETS[size]
    problem = restaurant(size, options=Options(time_limit=seconds or target.seconds))
    result = generate(problem)
    found = [
        Measurement(size, "first schedule, s", result.first_elapsed, target.first),
        Measurement(size, "hard points", result.score.hard, result.hard_bound),
    ]
    if target.gap is not None:
        found.append(Measurement(size, "gap", result.gap, target.gap))
    if target.gap == 0:
        found.append(Measurement(size, "proved optimal, s", _proved(result), target.seconds))
    if target.repair is not None:
        found.extend(measure_repair(size, problem, result, target.repair))
    if target.explain is not None:
        found.append(measure_explanation(size, target.explain))
    return found


def _proved(result: Result) -> float:
    return result.elapsed if result.status is Status.OPTIMAL else float("inf")


def measure_repair(size: int, problem: Problem, result: Result, seconds: float) -> list[Measurement]:
    """Somebody falls ill on a working day in the middle of the month."""
    middle = problem.days[len(problem.days) // 2 :]
    edited = next((each.id, day) for day in middle for each in problem.staff if result.values[each.id, day] == "")
    after = replace(problem, values={**result.values, edited: "×"}, covering=result.covering)
    started = time.monotonic()
    repaired = repair(after, [edited])
    elapsed = time.monotonic() - started
    return [
        Measurement(size, "repair, s", elapsed, seconds),
        Measurement(size, "repair, other cells", len(repaired.changed), REPAIRED_CELLS),
        Measurement(size, "repair, hard points", repaired.score.hard, repaired.hard_bound),
    ]


def measure_explanation(size: int, seconds: float) -> Measurement:
    """A rule too many: everybody at work on Mondays, against the designated days off and the longest run."""
    started = time.monotonic()
    conflict = find_conflict(contradiction(size))
    elapsed = time.monotonic() - started
    return Measurement(size, "explanation, s", elapsed if conflict and conflict.minimal else float("inf"), seconds)


def contradiction(size: int) -> Problem:
    """The restaurant with a hard rule that cannot be kept."""
    data = restaurant_data(size)
    config = {"shiftType": "any", "minCount": size, "daysOfWeek": [1, 2, 3, 4, 5, 6]}
    data["settings"]["dailyLimits"].append(
        {"id": "all-hands", "name": "全員出勤", "isHardConstraint": True, "limitConfig": config}
    )
    return load_problem(**data, options=Options())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(TARGETS))
    parser.add_argument("--seconds", type=float, help="instead of each size's own time")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = []
    for size in arguments.sizes:
        for each in measure(size, arguments.seconds):
            found.append(each)
            if not arguments.json:
                sys.stdout.write(each.line() + "\n")
                sys.stdout.flush()
    if arguments.json:
        rows = [{"size": e.size, "what": e.what, "value": e.value, "bound": e.bound} for e in found]
        sys.stdout.write(json.dumps(rows) + "\n")
    return 0 if all(each.kept for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
