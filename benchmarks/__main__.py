"""``python -m benchmarks [names]``: runs the suites and says what was measured; fails where a bound is missed."""

import argparse
import importlib
import json
import pkgutil
import signal
import sys
import time
from collections.abc import Sequence

import benchmarks
from benchmarks.commits import commit_before
from benchmarks.house import House, house
from benchmarks.measures import SUITES, Measure, Note
from benchmarks.report import HEAD, as_data, line


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what was asked for; 1 where a binding bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="suites to run; all where none is named")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of a table")
    parser.add_argument(
        "--before", metavar="COMMIT", help="the commit to compare with; the one before the last if not given"
    )
    wanted = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("benchmarks: ended"))  # the database and the servers go with us
    with house(commit_before(wanted.before)) as place:
        _register_suites()
        if unknown := set(wanted.names) - SUITES.keys():
            parser.error(f"no suite {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}")
        measures = _measure(place, wanted.names or list(SUITES), is_quiet=wanted.json)
    if wanted.json:
        print(json.dumps([as_data(measure) for measure in measures], ensure_ascii=False, indent=1))
    return int(any(_is_failure(measure) for measure in measures))


def _register_suites() -> None:
    """Imports every module beside this one: each registers its own suites, once Django is there."""
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if module.name != "__main__":
            importlib.import_module(f"benchmarks.{module.name}")


def _measure(place: House, names: Sequence[str], *, is_quiet: bool) -> list[Measure | Note]:
    measures: list[Measure | Note] = []
    started = time.monotonic()
    if not is_quiet:
        print(f"{place.describe()}\n\n{HEAD}", flush=True)
    for name in names:
        for measure in SUITES[name](place):
            measures.append(measure)
            if not is_quiet:
                print(line(measure), flush=True)
    if not is_quiet:
        missed = sum(map(_is_failure, measures))
        print(f"\n{len(measures)} measures in {time.monotonic() - started:.0f} s, {missed} bounds missed")
    return measures


def _is_failure(measure: Measure | Note) -> bool:
    return isinstance(measure, Measure) and measure.is_failure


if __name__ == "__main__":
    sys.exit(main())
