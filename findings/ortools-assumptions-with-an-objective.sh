#!/usr/bin/env bash
# OR-Tools 9.15.6755 (PyPI), CP-SAT
#
# sufficient_assumptions_for_infeasibility() names the assumptions that clash: here `min` and `max`, of five. With an objective in the same
# model, which has no part in the clash, it names all five, in every setting tried and without a warning. It is still "sufficient", and an
# explanation built on it blames three rules that are innocent. A model that is solved first and then asked why it cannot be must be asked without
# its objective. Ours builds one without (schedules/generation/conflicts.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ortools==9.15.6755

cat >ask.py <<'PY'
from ortools.sat.python import cp_model

NAMES = ["min", "max", "Ann", "Ben", "Eva"]


def ask(*, has_objective: bool, workers: int, presolve: bool) -> tuple[str, list[str]]:
    model = cp_model.CpModel()
    rules = {name: model.new_bool_var(name) for name in NAMES}
    people = model.new_int_var(0, 10, "people")
    model.add(people >= 5).only_enforce_if(rules["min"])
    model.add(people <= 3).only_enforce_if(rules["max"])
    for name in NAMES[2:]:
        model.add(model.new_int_var(0, 31, f"days of {name}") <= 20).only_enforce_if(rules[name])
    model.add_assumptions(list(rules.values()))
    if has_objective:
        model.minimize(people)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.cp_model_presolve = presolve
    status = solver.status_name(solver.solve(model))
    named = {rule.index: name for name, rule in rules.items()}
    return status, sorted((named[each] for each in solver.sufficient_assumptions_for_infeasibility()), key=NAMES.index)


for has_objective in (False, True):
    for workers in (1, 8):
        for presolve in (True, False):
            status, named = ask(has_objective=has_objective, workers=workers, presolve=presolve)
            print(f"objective {has_objective}, {workers} workers, presolve {presolve}: {status}", *named)
PY
venv/bin/python ask.py | tee seen
diff seen - <<'SEEN'
objective False, 1 workers, presolve True: INFEASIBLE min max
objective False, 1 workers, presolve False: INFEASIBLE min max
objective False, 8 workers, presolve True: INFEASIBLE min max
objective False, 8 workers, presolve False: INFEASIBLE min max
objective True, 1 workers, presolve True: INFEASIBLE min max Ann Ben Eva
objective True, 1 workers, presolve False: INFEASIBLE min max Ann Ben Eva
objective True, 8 workers, presolve True: INFEASIBLE min max Ann Ben Eva
objective True, 8 workers, presolve False: INFEASIBLE min max Ann Ben Eva
SEEN
echo 'as found'
