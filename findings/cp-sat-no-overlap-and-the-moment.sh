#!/usr/bin/env bash
# OR-Tools 9.15.6755 (PyPI), CP-SAT
#
# A handover takes no time: an interval of length zero at 14:00, within a shift from 10:00 to 18:00. In add_cumulative() of capacity one it is in
# nobody's way. In add_no_overlap(), which one takes for the same thing said shorter, the two are INFEASIBLE: an interval of no length
# may touch another one, but not lie in it. A plan whose optional parts may shrink to nothing cannot be had there, and the solver does not
# say why. Ours places no intervals: it counts people between two cuts of the day (schedules/generation/rules/need_hours.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ortools==9.15.6755

cat >moment.py <<'PY'
from ortools.sat.python import cp_model

for at in (10, 14, 18):
    for name in ("add_cumulative", "add_no_overlap"):
        model = cp_model.CpModel()
        shift = model.new_fixed_size_interval_var(10, 8, "shift")
        handover = model.new_fixed_size_interval_var(at, 0, "handover")
        if name == "add_no_overlap":
            model.add_no_overlap([shift, handover])
        else:
            model.add_cumulative([shift, handover], [1, 1], 1)
        solver = cp_model.CpSolver()
        print(f"{at}:00", name, solver.status_name(solver.solve(model)))
PY
venv/bin/python moment.py | tee seen
diff seen - <<'SEEN'
10:00 add_cumulative OPTIMAL
10:00 add_no_overlap OPTIMAL
14:00 add_cumulative OPTIMAL
14:00 add_no_overlap INFEASIBLE
18:00 add_cumulative OPTIMAL
18:00 add_no_overlap OPTIMAL
SEEN
echo 'as found'
