#!/usr/bin/env bash
# deepdiff 9.1.0 (PyPI)
#
# Who works on Sunday, before and after: the order means nothing, so that it is compared with ignore_order=True. One guesses that lists are then
# taken for bags. They are taken for sets: two late shifts of three against one of three, or two people called Sato where there was one, are
# no difference at all, and the comparison is {}. Lists of another length are the same to it. Only with report_repetition=True does it count.
# So "nothing has changed, nobody is told" may be wrong exactly when a second person is needed or is gone. Ours compares by person
# and day (schedules/rules/publication/comparing.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check deepdiff==9.1.0

cat >compare.py <<'PY'
from deepdiff import DeepDiff

pairs = {
    "early, late, late -> early, early, late": (["early", "late", "late"], ["early", "early", "late"]),
    "Sato, Sato -> Sato": ([{"name": "Sato"}, {"name": "Sato"}], [{"name": "Sato"}]),
    "Sato, Sato -> Sato, Ueda": ([{"name": "Sato"}, {"name": "Sato"}], [{"name": "Sato"}, {"name": "Ueda"}]),
}
for name, (before, after) in pairs.items():
    print(name)
    print("  order ignored:      ", dict(DeepDiff(before, after, ignore_order=True)))
    print("  repetition reported:", sorted(DeepDiff(before, after, ignore_order=True, report_repetition=True)))
PY
venv/bin/python compare.py | tee seen
diff seen - <<'SEEN'
early, late, late -> early, early, late
  order ignored:       {}
  repetition reported: ['repetition_change']
Sato, Sato -> Sato
  order ignored:       {}
  repetition reported: ['repetition_change']
Sato, Sato -> Sato, Ueda
  order ignored:       {'iterable_item_added': {'root[1]': {'name': 'Ueda'}}}
  repetition reported: ['iterable_item_added', 'repetition_change']
SEEN
echo 'as found'
