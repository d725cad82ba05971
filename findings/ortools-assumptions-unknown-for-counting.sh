#!/usr/bin/env bash
# OR-Tools 9.15.6755 (PyPI), CP-SAT
#
# Which rules contradict each other is asked with assumptions: one literal for each rule, then
# sufficient_assumptions_for_infeasibility(). For a contradiction by counting (six people may work three days each, seven days need
# three of them: 21 > 18) one worker answers UNKNOWN after any time limit, although the sum is plain to see. With linearization_level 2
# the same model is INFEASIBLE at once, with its thirteen assumptions. Our explanation sets it (schedules/generation/explain.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ortools==9.15.6755

cat >ask.py <<'PY'
from ortools.sat.python import cp_model


def ask(level: int | None) -> tuple[str, int]:
    model = cp_model.CpModel()
    works = [[model.new_bool_var(f"{p} {d}") for d in range(7)] for p in range(6)]
    most = [model.new_bool_var(f"most {p}") for p in range(6)]
    need = [model.new_bool_var(f"need {d}") for d in range(7)]
    for person, literal in enumerate(most):
        model.add(sum(works[person]) <= 3).only_enforce_if(literal)
    for day, literal in enumerate(need):
        model.add(sum(row[day] for row in works) >= 3).only_enforce_if(literal)
    model.add_assumptions(most + need)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 10
    if level is not None:
        solver.parameters.linearization_level = level
    status = solver.status_name(solver.solve(model))
    return status, len(solver.sufficient_assumptions_for_infeasibility())


for level in (None, 1, 2):
    print("linearization_level", level, *ask(level))
PY
venv/bin/python ask.py | tee seen
diff seen - <<'SEEN'
linearization_level None UNKNOWN 0
linearization_level 1 UNKNOWN 0
linearization_level 2 INFEASIBLE 13
SEEN
echo 'as found'
