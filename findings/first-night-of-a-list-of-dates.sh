#!/usr/bin/env bash
# ical.js 2.2.1 and node-ical 0.26.1 (npm), icalendar 7.3.2 with recurring-ical-events 3.8.2 (PyPI)
#
# Somebody's nights follow no rule, and are one event with a list: it begins on 1 November, and RDATE has the third and the fifth. By RFC 5545
# (3.8.5.2) these are three nights, the beginning being the first. recurring-ical-events has three. ical.js has the two of the list and loses
# the first; node-ical has the first alone, and leaves the list out beside an RRULE too. A list that names the first night as well is
# three nights to ical.js and to the library in Python. Ours has an event for each shift (schedules/exports/ical_file.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.2 recurring-ical-events==3.8.2
npm install --silent --no-audit --no-fund ical.js@2.2.1 node-ical@0.26.1 >/dev/null

cat >write.mjs <<'JS'
import { writeFileSync } from 'node:fs'

const lists = {
  'the others': 'RDATE:20261103T130000Z,20261105T130000Z',
  'all three': 'RDATE:20261101T130000Z,20261103T130000Z,20261105T130000Z',
  'one more': 'RRULE:FREQ=DAILY;COUNT=2\nRDATE:20261105T130000Z',
}
for (const [name, nights] of Object.entries(lists)) {
  const event = `BEGIN:VEVENT\nUID:nights@example.org\nDTSTAMP:20261001T000000Z\nDTSTART:20261101T130000Z\nDTEND:20261101T210000Z\n${nights}\nSUMMARY:Night\nEND:VEVENT`
  writeFileSync(`${name}.ics`, `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//example//shifts//EN\n${event}\nEND:VCALENDAR\n`.replaceAll('\n', '\r\n'))
}
JS
cat >read.mjs <<'JS'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import ical from 'node-ical'

for (const name of ['the others', 'all three', 'one more']) {
  const text = readFileSync(`${name}.ics`, 'utf8')
  const nights = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')).iterator()
  const days = []
  for (let night = nights.next(); night; night = nights.next()) days.push(night.day)
  console.log(`${name}: ical.js`, ...days)
  const event = Object.values(ical.sync.parseICS(text)).find((each) => each.type === 'VEVENT')
  const expanded = ical.expandRecurringEvent(event, { from: new Date('2026-10-15'), to: new Date('2026-11-30') })
  console.log(`${name}: node-ical`, ...expanded.map((night) => night.start.getUTCDate()))
}
JS
cat >read.py <<'PY'
from datetime import datetime

import recurring_ical_events
from icalendar import Calendar

for name in ("the others", "all three", "one more"):
    with open(f"{name}.ics", "rb") as file:
        nights = recurring_ical_events.of(Calendar.from_ical(file.read())).between(datetime(2026, 10, 15), datetime(2026, 11, 30))
    print(f"{name}: recurring-ical-events", *sorted(night.start.day for night in nights))
PY
node write.mjs
{ TZ=UTC node read.mjs && venv/bin/python read.py; } | tee seen
diff seen - <<'SEEN'
the others: ical.js 3 5
the others: node-ical 1
all three: ical.js 1 3 5
all three: node-ical 1
one more: ical.js 1 2 5
one more: node-ical 1 2
the others: recurring-ical-events 1 3 5
all three: recurring-ical-events 1 3 5
one more: recurring-ical-events 1 2 5
SEEN
echo 'as found'
