#!/usr/bin/env bash
# z3-solver 5.4.1.0 (PyPI)
#
# A wish, weight 1000, wants Aoki free on the third; fairness, weight 1, wants Aoki to work. add_soft() takes a weight and an id, which looks
# like a name for the answer. Rules of one id are added up; each further id is an objective of its own, and objectives rank in the order in which
# they came. So the plan follows whichever rule was written first, whatever the weights: with the wish first Aoki is free, with fairness
# first Aoki works. Without ids the heavier one wins in either order. Ours adds up the weights of all soft rules, of whatever kind
# (schedules/generation/score.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check z3-solver==5.4.1.0

cat >soft.py <<'PY'
from z3 import Bool, Not, Optimize

free = Bool("Aoki is free on the third")
rules = {"wish": (free, 1000), "fairness": (Not(free), 1)}
for named in (True, False):
    for order in (("wish", "fairness"), ("fairness", "wish")):
        plan = Optimize()
        for name in order:
            rule, weight = rules[name]
            plan.add_soft(rule, weight, name if named else None)
        plan.check()
        print("with ids:   " if named else "without ids:", " before ".join(order), "->", "free" if plan.model()[free] else "works")
PY
venv/bin/python soft.py | tee seen
diff seen - <<'SEEN'
with ids:    wish before fairness -> free
with ids:    fairness before wish -> works
without ids: wish before fairness -> free
without ids: fairness before wish -> free
SEEN
echo 'as found'
