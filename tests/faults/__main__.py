"""``make faults``: one run under a seed, or with ``--sabotage`` one for each guard that is taken out, which must be seen."""

import argparse
import sys
import time

from tests.faults.restoring import installation_restored
from tests.faults.run import Plan, run
from tests.faults.weather import connections_cut, redis_away, server_killed

SABOTAGES = {
    "tests.support.sabotage_deduplication": ("was applied 2 times", (connections_cut, server_killed)),
    "tests.support.sabotage_gap_filling": ("is not equal to the database", (connections_cut,)),
    "tests.support.sabotage_polling": ("is not equal to the database", (redis_away,)),
    "tests.support.sabotage_restoring": ("has the epoch of the one before", (installation_restored,)),
}
"""What is seen of each that is taken out. That a machine with much else to do is late with answers is no proof."""
SECONDS = 10
"""So long that cells are written again, of whose first edit a late copy comes."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument(
        "--seed", type=int, default=time.time_ns() % 1_000_000, help="the schedule; by default another each time"
    )
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--sabotage", action="store_true", help="take guards out, one at a time: each must be seen")
    asked = parser.parse_args()
    if asked.sabotage:
        return _sabotaged(asked.seed)
    found = run(Plan(asked.seed, asked.seconds))
    print("\n".join([*found, f"seed {asked.seed}: {len(found)} promises broken"]))
    return 1 if found else 0


def _sabotaged(seed: int) -> int:
    unseen = []
    for settings, (sign, faults) in SABOTAGES.items():
        found = run(Plan(seed, SECONDS, clients=10, workers=0, settings=settings, faults=faults))
        seen = [line for line in found if sign in line]
        print(f"{settings}: {len(found)} promises broken, such as: {(seen or found or ['-'])[0]}", flush=True)
        unseen += [] if seen else [settings]
    print(f"not seen: {', '.join(unseen)}" if unseen else "each guard that was taken out was seen")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main())
