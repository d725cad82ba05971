#!/usr/bin/env bash
# workalendar 17.0.0 (PyPI), date-holidays 3.37.0 (npm), against holidays 0.109 and jpholiday 1.0.3 (PyPI)
#
# By Japan's law on holidays (article 3) the next weekday is off when a holiday falls on a Sunday, and a day between two holidays
# is off too. workalendar has both for years whose list it was given by hand (to 2022) and neither later: 6 May 2026 and
# 22 September 2026 are working days to it. date-holidays has the day between in 2026 and lacks that of 21 September 2032.
# holidays and jpholiday agree with each other on all of 2019 to 2040.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check workalendar==17.0.0 holidays==0.109 jpholiday==1.0.3
npm install --silent --no-audit --no-fund --prefix . date-holidays@3.37.0

cat >days.cjs <<'JS'
const Holidays = require('date-holidays')
const japan = new Holidays('JP')
const days = []
for (let year = 2019; year <= 2040; year++)
  for (const day of japan.getHolidays(year)) if (day.type === 'public') days.push(day.date.slice(0, 10))
console.log(JSON.stringify(days))
JS
cat >compare.py <<'PY'
import json
import sys

import holidays
import jpholiday
from workalendar.asia import Japan

years = range(2019, 2041)
law = {day.isoformat() for day in holidays.country_holidays("JP", years=years)}
others = {
    "jpholiday": {day.isoformat() for year in years for day, _ in jpholiday.year_holidays(year)},
    "date-holidays": set(json.load(sys.stdin)),
    "workalendar": {day.isoformat() for year in years for day, _ in Japan().holidays(year)},
}
for name, days in others.items():
    lacks = sorted(law - days)
    print(name, "has", len(days - law), "more and lacks", len(lacks), *lacks[:1], *[day for day in lacks if day.startswith("2026")])
PY
node days.cjs | venv/bin/python compare.py | tee seen
diff seen - <<'SEEN'
jpholiday has 0 more and lacks 0
date-holidays has 0 more and lacks 1 2032-09-21
workalendar has 0 more and lacks 33 2023-01-02 2026-05-06 2026-09-22
SEEN
echo 'as found'
