#!/usr/bin/env bash
# ortools 9.15.6755 (PyPI), its math_opt in Python
#
# solve() takes a SolveInterrupter for every solver. GLOP ends at once when it is triggered; HiGHS never looks at it: it solves to
# the end and answers OPTIMAL, without a warning that the interrupter was not used. A job that must end when it is cancelled
# therefore gives HiGHS a time limit, or solves in a process that may be killed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ortools==9.15.6755

cat >interrupt.py <<'PY'
import random

from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

random.seed(1)
model = mathopt.Model()
shifts = [model.add_variable(lb=0, ub=1) for _ in range(400)]
for _ in range(400):
    model.add_linear_constraint(sum(random.sample(shifts, 20)) >= random.uniform(1, 4))
model.minimize(sum(random.random() * shift for shift in shifts))

for solver in (mathopt.SolverType.GLOP, mathopt.SolverType.HIGHS):
    interrupter = SolveInterrupter()
    interrupter.interrupt()  # before the solver has begun
    ended = mathopt.solve(model, solver, interrupter=interrupter).termination
    print(solver.name, ended.reason.name, ended.limit.name if ended.limit else "-")
PY
venv/bin/python interrupt.py | tee seen
diff seen - <<'SEEN'
GLOP NO_SOLUTION_FOUND INTERRUPTED
HIGHS OPTIMAL -
SEEN
echo 'as found'
