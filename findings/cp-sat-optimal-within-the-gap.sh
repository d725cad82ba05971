#!/usr/bin/env bash
# OR-Tools 9.15.6755 (PyPI), CP-SAT
#
# A search that may end once it is near enough is given relative_gap_limit. It then ends with OPTIMAL, not with FEASIBLE, although the very same
# solver tells a bound far below what it found, and a better plan is there to be found. "Proved best" may therefore not be read off the status
# where a limit is set: the objective must be compared with the bound. Ours sets none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ortools==9.15.6755

cat >gap.py <<'PY'
import random

from ortools.sat.python import cp_model

random.seed(2)
people = range(30)
cost = [[random.randint(50, 100) for _ in people] for _ in people]
model = cp_model.CpModel()
takes = [[model.new_bool_var("") for _ in people] for _ in people]
for each in (*takes, *zip(*takes)):
    model.add_exactly_one(each)
model.minimize(sum(cost[i][j] * takes[i][j] for i in people for j in people))
for gap in (0, 0.5):
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.relative_gap_limit = gap
    status = solver.status_name(solver.solve(model))
    is_best = solver.objective_value == solver.best_objective_bound
    print(f"gap {gap}: {status},", "objective and bound agree" if is_best else "objective above the bound")
PY
venv/bin/python gap.py | tee seen
diff seen - <<'SEEN'
gap 0: OPTIMAL, objective and bound agree
gap 0.5: OPTIMAL, objective above the bound
SEEN
echo 'as found'
