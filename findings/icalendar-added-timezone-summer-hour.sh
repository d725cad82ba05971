#!/usr/bin/env bash
# icalendar 7.3.0 (PyPI) with ical.js 2.2.1 (npm)
#
# Calendar.add_missing_timezones() is meant to make a calendar portable. ical.js, the library of several calendar programs, reads the
# VTIMEZONE that it writes, and then puts a summer shift in Paris an hour too late (08:00 UTC for 09:00 in July); the winter one is
# right. Without the call, ical.js reads both as floating: 09:00 wherever the reader is. Only times in UTC mean the same everywhere,
# which is why our feeds carry UTC instants (schedules/exports).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.0 tzdata==2026.6
npm install --silent --no-audit --no-fund ical.js@2.2.1 >/dev/null

cat >write.py <<'PY'
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

paris = ZoneInfo("Europe/Paris")
calendar = Calendar()
calendar.add("prodid", "-//finding//EN")
calendar.add("version", "2.0")
for month in (1, 7):
    event = Event()
    event.add("uid", f"{month}@finding")
    event.add("dtstamp", datetime(2026, 1, 1, tzinfo=timezone.utc))
    event.add("dtstart", datetime(2026, month, 15, 9, tzinfo=paris))
    event.add("dtend", datetime(2026, month, 15, 17, tzinfo=paris))
    calendar.add_component(event)
open("without.ics", "wb").write(calendar.to_ical())
calendar.add_missing_timezones()
open("with.ics", "wb").write(calendar.to_ical())
PY
venv/bin/python write.py

cat >read.mjs <<'JS'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'

for (const file of ['without.ics', 'with.ics']) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, 'utf8')))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  for (const each of calendar.getAllSubcomponents('vevent')) {
    const start = new ICAL.Event(each).startDate
    console.log(file, start.zone.tzid, start.toJSDate().toISOString())
  }
}
JS
TZ=Asia/Tokyo node read.mjs | tee seen
diff seen - <<'SEEN'
without.ics floating 2026-01-15T00:00:00.000Z
without.ics floating 2026-07-15T00:00:00.000Z
with.ics Europe/Paris 2026-01-15T08:00:00.000Z
with.ics Europe/Paris 2026-07-15T08:00:00.000Z
SEEN
echo 'as found: 09:00 in Paris on 15 July is 07:00 UTC, not 08:00'
