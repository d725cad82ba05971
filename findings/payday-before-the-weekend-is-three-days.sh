#!/usr/bin/env bash
# ical.js 2.2.1, rrule 2.8.1 and rrule-temporal 2.2.8 (npm), python-dateutil 2.9.0.post0 (PyPI)
#
# Pay comes on the 25th, or on the last working day before: `BYMONTHDAY=23,24,25;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1`, one day a month. To ical.js,
# which calendar programs are built on, it is every working day from 23 to 25: BYSETPOS is passed over beside BYMONTHDAY, in silence,
# and COUNT is used up in two months. rrule-temporal has SKIP=BACKWARD of RFC 7529 for "the 31st, or the month's last day", and follows it with
# the day taken from the start; where the rule says BYMONTHDAY=31 it leaves five months out. rrule and dateutil refuse SKIP. What must be
# on a certain day goes into a calendar as that day; our feed has no rules (schedules/exports/ical_file.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0
npm install --silent --no-audit --no-fund ical.js@2.2.1 rrule@2.8.1 rrule-temporal@2.2.8 >/dev/null

export RULE='FREQ=MONTHLY;BYMONTHDAY=23,24,25;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=5'
cat >pay.mjs <<'JS'
import ICAL from 'ical.js'
import rrule from 'rrule'
import { RRuleTemporal } from 'rrule-temporal'

const rule = process.env.RULE
const days = []
const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromString('2026-09-25T09:00:00'))
for (let next = iterator.next(); next; next = iterator.next()) days.push(String(next))
const show = (name, found) => console.log(name, ...found.map((day) => day.slice(5, 10)))
show('ical.js', days)
show('rrule', rrule.rrulestr(`DTSTART:20260925T090000Z\nRRULE:${rule}`).all().map((day) => day.toISOString()))
const temporal = (start, rule) =>
  new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:${start}T090000\nRRULE:${rule}` }).all().map(String)
show('rrule-temporal', temporal('20260925', rule))
const last = 'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=6'
show('rrule-temporal, last day', temporal('20261031', last))
show('rrule-temporal, last day, BYMONTHDAY=31', temporal('20261031', `${last};BYMONTHDAY=31`))
JS
cat >pay.py <<'PY'
import os

from dateutil.rrule import rrulestr

print("dateutil", *(f"{day:%m-%d}" for day in rrulestr(f"DTSTART:20260925T090000\nRRULE:{os.environ['RULE']}")))
PY
{ TZ=UTC node pay.mjs && venv/bin/python pay.py; } | tee seen
diff seen - <<'SEEN'
ical.js 09-25 10-23 11-23 11-24 11-25
rrule 09-25 10-23 11-25 12-25 01-25
rrule-temporal 09-25 10-23 11-25 12-25 01-25
rrule-temporal, last day 10-31 11-30 12-31 01-31 02-28 03-31
rrule-temporal, last day, BYMONTHDAY=31 10-31 12-31 01-31 03-31 05-31 07-31
dateutil 09-25 10-23 11-25 12-25 01-25
SEEN
echo 'as found'
