#!/usr/bin/env bash
# ical.js 2.2.1 and node-ical 0.26.1 (npm), icalendar 7.3.2, recurring-ical-events 3.8.2, ics 0.7.3 and vobject 0.9.9 (PyPI)
#
# One night shift in Paris, from 22:00 and eight hours long: DTSTART with its zone, and DURATION:PT8H. By RFC 5545 (3.3.6) hours are exact: it ends
# at 07:00 in the night on which the clocks go forward, and in autumn at 05:00. All but node-ical end it at 06:00 both times, so that it is seven
# hours long, or nine. P1D, a day, ends at the same time of day by the same section: that they have right, and node-ical, which adds 24
# hours, has not. None of the six keeps both. Ours writes begin and end, in UTC (schedules/exports/ical_file.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.2 recurring-ical-events==3.8.2 ics==0.7.3 vobject==0.9.9 tzdata==2026.6
npm install --silent --no-audit --no-fund ical.js@2.2.1 node-ical@0.26.1 >/dev/null

cat >write.mjs <<'JS'
import { writeFileSync } from 'node:fs'

const zone = `BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE`
const shifts = { 'spring-PT8H': '20260328T220000', 'autumn-PT8H': '20261024T220000', 'winter-PT8H': '20261205T220000', 'spring-P1D': '20260328T220000' }
for (const [name, start] of Object.entries(shifts)) {
  const event = `BEGIN:VEVENT
UID:${name}@example.org
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Paris:${start}
DURATION:${name.split('-')[1]}
SUMMARY:Night
END:VEVENT`
  const text = `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//example//shifts//EN\n${zone}\n${event}\nEND:VCALENDAR\n`
  writeFileSync(`${name}.ics`, text.replaceAll('\n', '\r\n'))
}
JS
cat >read.mjs <<'JS'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import ical from 'node-ical'

const inParis = (moment) => moment.toLocaleTimeString('en-GB', { timeZone: 'Europe/Paris', timeStyle: 'short' })
for (const name of ['spring-PT8H', 'autumn-PT8H', 'winter-PT8H', 'spring-P1D']) {
  const text = readFileSync(`${name}.ics`, 'utf8')
  const calendar = new ICAL.Component(ICAL.parse(text))
  ICAL.TimezoneService.register(new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')))
  console.log(`${name}: ical.js ${inParis(new ICAL.Event(calendar.getFirstSubcomponent('vevent')).endDate.toJSDate())}`)
  const event = Object.values(ical.sync.parseICS(text)).find((each) => each.type === 'VEVENT')
  console.log(`${name}: node-ical ${inParis(event.end)}`)
}
JS
cat >read.py <<'PY'
from datetime import datetime
from zoneinfo import ZoneInfo

import ics
import recurring_ical_events
import vobject
from icalendar import Calendar

for name in ("spring-PT8H", "autumn-PT8H", "winter-PT8H", "spring-P1D"):
    with open(f"{name}.ics", newline="") as file:
        text = file.read()
    calendar = Calendar.from_ical(text)
    read = vobject.readOne(text).vevent
    ends = {
        "icalendar": calendar.events[0].end,
        "recurring-ical-events": recurring_ical_events.of(calendar).between(datetime(2026, 1, 1), datetime(2027, 1, 1))[0].end,
        "ics": next(iter(ics.Calendar(text).events)).end.datetime,
        "vobject": read.dtstart.value + read.duration.value,
    }
    print(f"{name}:", ", ".join(f"{library} {end.astimezone(ZoneInfo('Europe/Paris')):%H:%M}" for library, end in ends.items()))
PY
node write.mjs
{ TZ=UTC node read.mjs && venv/bin/python read.py; } | tee seen
diff seen - <<'SEEN'
spring-PT8H: ical.js 06:00
spring-PT8H: node-ical 07:00
autumn-PT8H: ical.js 06:00
autumn-PT8H: node-ical 05:00
winter-PT8H: ical.js 06:00
winter-PT8H: node-ical 06:00
spring-P1D: ical.js 22:00
spring-P1D: node-ical 23:00
spring-PT8H: icalendar 06:00, recurring-ical-events 06:00, ics 06:00, vobject 06:00
autumn-PT8H: icalendar 06:00, recurring-ical-events 06:00, ics 06:00, vobject 06:00
winter-PT8H: icalendar 06:00, recurring-ical-events 06:00, ics 06:00, vobject 06:00
spring-P1D: icalendar 22:00, recurring-ical-events 22:00, ics 22:00, vobject 22:00
SEEN
echo 'as found'
