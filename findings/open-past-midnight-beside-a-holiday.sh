#!/usr/bin/env bash
# opening_hours 3.15.0 (npm) and opening-hours-py 2.1.4 (PyPI)
#
# "Every day from 17:00 to 2 in the morning, closed on holidays" is `Mo-Su 17:00-26:00; PH off` in the language of OpenStreetMap. Two
# implementations, one in JavaScript and one in Rust, agree on what that means around Culture Day, Tuesday 3 November 2026: Monday's
# night ends at midnight, and half past midnight on Wednesday is open, after an evening on which nobody was there. An exception counts for the
# day of the calendar, and the hours past midnight for the day on which they began. Both also take 22 September 2026, off by law
# between two holidays, for a working day; of 22 March 2027 only the first knows it. To ours a closing is of
# working days, and a shift is of the day on which it begins, however late it ends (schedules/rules/closings.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check opening-hours-py==2.1.4
npm install --silent --no-audit --no-fund opening_hours@3.15.0 >/dev/null

cat >moments.json <<'JSON'
["2026-11-02T23:30", "2026-11-03T00:30", "2026-11-03T20:00", "2026-11-04T00:30", "2026-09-22T20:00", "2027-03-22T20:00"]
JSON
cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs'
import OpeningHours from 'opening_hours'

const tokyo = { lat: 35.68, lon: 139.76, address: { country_code: 'jp', state: '東京都' } }
const hours = new OpeningHours('Mo-Su 17:00-26:00; PH off', tokyo)
for (const moment of JSON.parse(readFileSync('moments.json'))) console.log('opening_hours', moment, hours.getState(new Date(moment)) ? 'open' : '-')
JS
cat >ask.py <<'PY'
import json
from datetime import datetime

from opening_hours import OpeningHours

hours = OpeningHours("Mo-Su 17:00-26:00; PH off", country="JP")
for moment in json.load(open("moments.json")):
    print("opening-hours-py", moment, "open" if hours.is_open(datetime.fromisoformat(moment)) else "-")
PY
{ TZ=Asia/Tokyo node ask.mjs && venv/bin/python ask.py; } | tee seen
diff seen - <<'SEEN'
opening_hours 2026-11-02T23:30 open
opening_hours 2026-11-03T00:30 -
opening_hours 2026-11-03T20:00 -
opening_hours 2026-11-04T00:30 open
opening_hours 2026-09-22T20:00 open
opening_hours 2027-03-22T20:00 -
opening-hours-py 2026-11-02T23:30 open
opening-hours-py 2026-11-03T00:30 -
opening-hours-py 2026-11-03T20:00 -
opening-hours-py 2026-11-04T00:30 open
opening-hours-py 2026-09-22T20:00 open
opening-hours-py 2027-03-22T20:00 open
SEEN
echo 'as found'
