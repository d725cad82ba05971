#!/usr/bin/env bash
# node-ical 0.26.1 and ical.js 2.2.1 (npm), icalendar 7.3.0 with recurring-ical-events 3.8.2 (PyPI)
#
# A night shift from 22:00 to 06:00 every week, as one event with DTSTART, DTEND and RRULE. Where the clocks go forward, ical.js and
# recurring-ical-events end it at 06:00, after 7 hours; node-ical ends it at 07:00, after 8; in autumn at 06:00 and 05:00. node-ical is right: RFC 5545
# (3.8.5.3) has every occurrence of an event with DTEND last exactly as long as the first. So "until six, each night" cannot be said by
# an event that recurs, and calendar programs disagree on those two nights a year. Ours writes each shift as an event of its own, in UTC
# (schedules/exports/ical_file.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.0 recurring-ical-events==3.8.2 tzdata==2026.6
npm install --silent --no-audit --no-fund node-ical@0.26.1 ical.js@2.2.1 >/dev/null

calendar() {
  sed 's/$/\r/' <<ICS
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//finding//EN
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1@finding
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Paris:$1T220000
DTEND;TZID=Europe/Paris:$2T060000
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Night
END:VEVENT
END:VCALENDAR
ICS
}
calendar 20260321 20260322 >spring.ics
calendar 20261017 20261018 >autumn.ics

cat >read.py <<'PY'
import sys
from datetime import UTC

import icalendar
import recurring_ical_events

calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
for event in recurring_ical_events.of(calendar).between((2026, 3, 1), (2026, 12, 1)):
    print("recurring-ical-events", f"{event.end.astimezone(UTC):%Y-%m-%dT%H:%M}Z", event.end.strftime("%H:%M"))
PY
cat >read.mjs <<'JS'
import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
import { readFileSync } from 'node:fs'

const text = readFileSync(process.argv[2], 'utf8')
const clock = (moment) => moment.toLocaleTimeString('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' })
const say = (name, end) => console.log(name, `${end.toISOString().slice(0, 16)}Z`, clock(end))

const calendar = new ICAL.Component(ICAL.parse(text))
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent'))
const starts = event.iterator()
for (let next = starts.next(); next; next = starts.next()) say('ical.js', event.getOccurrenceDetails(next).endDate.toJSDate())

const night = Object.values(nodeIcal.sync.parseICS(text)).find((each) => each.type === 'VEVENT')
const year = { from: new Date('2026-03-01'), to: new Date('2026-12-01') }
for (const each of nodeIcal.expandRecurringEvent(night, year)) say('node-ical', each.end)
JS
for file in spring.ics autumn.ics; do
  echo "$file"
  venv/bin/python read.py "$file"
  TZ=UTC node read.mjs "$file"
done | tee seen
diff seen - <<'SEEN'
spring.ics
recurring-ical-events 2026-03-22T05:00Z 06:00
recurring-ical-events 2026-03-29T04:00Z 06:00
recurring-ical-events 2026-04-05T04:00Z 06:00
ical.js 2026-03-22T05:00Z 06:00
ical.js 2026-03-29T04:00Z 06:00
ical.js 2026-04-05T04:00Z 06:00
node-ical 2026-03-22T05:00Z 06:00
node-ical 2026-03-29T05:00Z 07:00
node-ical 2026-04-05T04:00Z 06:00
autumn.ics
recurring-ical-events 2026-10-18T04:00Z 06:00
recurring-ical-events 2026-10-25T05:00Z 06:00
recurring-ical-events 2026-11-01T05:00Z 06:00
ical.js 2026-10-18T04:00Z 06:00
ical.js 2026-10-25T05:00Z 06:00
ical.js 2026-11-01T05:00Z 06:00
node-ical 2026-10-18T04:00Z 06:00
node-ical 2026-10-25T04:00Z 05:00
node-ical 2026-11-01T05:00Z 06:00
SEEN
echo 'as found: on two nights a year the end depends on who reads'
