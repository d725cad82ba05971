#!/usr/bin/env bash
# python-sat 1.9.dev24 (PyPI)
#
# At most five working days in any seven, over eight days: two windows, each a CardEnc.atmost() of its own. One guesses that the clauses of two
# calls may be put together. An encoding has helping variables, which are numbered on from the highest literal of this very call: those of
# days 1 to 7 begin with 8, which is the eighth day, and those of the second window are partly the same again. So nobody may work more than
# four days of eight, or two, or none, by the encoding; of 234 ways to work 28 are left, or 3, or 1. Nothing warns of it. Each call must be told the highest
# number so far (top_id). Ours counts with sums over the days (schedules/generation/model/encode.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-sat==1.9.dev24

cat >windows.py <<'PY'
from itertools import product

from pysat.card import CardEnc, EncType
from pysat.solvers import Solver

DAYS = range(1, 9)


def windows(encoding, goes_on):
    clauses, highest = [], 8
    for first in (1, 2):
        told = {"top_id": highest} if goes_on else {}
        rule = CardEnc.atmost(lits=list(range(first, first + 7)), bound=5, encoding=encoding, **told)
        highest = rule.nv
        clauses += rule.clauses
    return clauses


def seen(clauses):
    with Solver(bootstrap_with=clauses) as solver:
        ways = [sum(works) for works in product((0, 1), repeat=8) if solver.solve([d if w else -d for d, w in zip(DAYS, works)])]
    return f"{len(ways)} ways, {max(ways)} days at most"


for name in ("seqcounter", "totalizer", "cardnetwrk"):
    encoding = getattr(EncType, name)
    print(f"{name}: {seen(windows(encoding, False))}; told the highest number: {seen(windows(encoding, True))}")
PY
venv/bin/python windows.py | tee seen
diff seen - <<'SEEN'
seqcounter: 28 ways, 4 days at most; told the highest number: 234 ways, 6 days at most
totalizer: 3 ways, 2 days at most; told the highest number: 234 ways, 6 days at most
cardnetwrk: 1 ways, 0 days at most; told the highest number: 234 ways, 6 days at most
SEEN
echo 'as found'
