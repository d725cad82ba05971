#!/usr/bin/env bash
# holidays 0.108 (PyPI)
#
# A year that the library does not know raises nothing and warns of nothing: it simply has no holiday, not even New Year's Day. Where
# that begins differs by country: Japan ends with 2099, France with 2100. A program whose dates reach further must say that it does
# not know the holidays, not that there are none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check holidays==0.108

cat >ask.py <<'PY'
import warnings

import holidays

warnings.simplefilter("error")
for country in ("JP", "FR"):
    print(country, *(len(holidays.country_holidays(country, years=year)) for year in (2026, 2099, 2100, 2150)))
PY
venv/bin/python ask.py | tee seen
diff seen - <<'SEEN'
JP 18 18 0 0
FR 11 11 11 0
SEEN
echo 'as found'
