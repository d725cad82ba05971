#!/usr/bin/env bash
# rrule 2.8.1 and rrule-temporal 2.2.8 (npm), with python-dateutil 2.9.0.post0 (PyPI)
#
# Where a rule's start has a zone, RFC 5545 wants its UNTIL in UTC. rrule takes a DTSTART with TZID and nevertheless compares the numbers: the clock
# of the zone with that of UTC. East of Greenwich the last shift of a series is lost (22:00 in Tokyo "is after" 13:00 UTC, the same
# moment); west of it there is one too many; and an EXDATE in UTC takes no day away: somebody works on a night that was cancelled.
# dateutil and rrule-temporal have them right. Our closings that repeat are rules of our own (docs/decisions/0021).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0
npm install --silent --no-audit --no-fund rrule@2.8.1 rrule-temporal@2.2.8 >/dev/null

cat >rules.json <<'JSON'
{
  "Tokyo, until the third": "DTSTART;TZID=Asia/Tokyo:20261101T220000\nRRULE:FREQ=DAILY;UNTIL=20261103T130000Z",
  "Tokyo, without the second": "DTSTART;TZID=Asia/Tokyo:20261101T220000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261102T130000Z",
  "New York, until 18:00 on the third": "DTSTART;TZID=America/New_York:20261101T220000\nRRULE:FREQ=DAILY;UNTIL=20261103T230000Z"
}
JSON
cat >read.mjs <<'JS'
import { readFileSync } from 'node:fs'
import rrule from 'rrule'
import { RRuleTemporal } from 'rrule-temporal'

for (const [name, text] of Object.entries(JSON.parse(readFileSync('rules.json', 'utf8')))) {
  const zone = /TZID=([^:]+)/.exec(text)[1]
  const night = (moment) => moment.toLocaleDateString('en-CA', { timeZone: zone }).slice(8)
  console.log('rrule:', name, '->', ...rrule.rrulestr(text, { forceset: true }).all().map(night))
  console.log('rrule-temporal:', name, '->', ...new RRuleTemporal({ rruleString: text }).all().map((each) => String(each).slice(8, 10)))
}
JS
cat >read.py <<'PY'
import json

from dateutil.rrule import rrulestr

for name, text in json.load(open("rules.json")).items():
    print("dateutil:", name, "->", *[f"{each:%d}" for each in rrulestr(text)])
PY
{ TZ=UTC node read.mjs && venv/bin/python read.py; } | tee seen
diff seen - <<'SEEN'
rrule: Tokyo, until the third -> 01 02
rrule-temporal: Tokyo, until the third -> 01 02 03
rrule: Tokyo, without the second -> 01 02 03
rrule-temporal: Tokyo, without the second -> 01 03
rrule: New York, until 18:00 on the third -> 01 02 03
rrule-temporal: New York, until 18:00 on the third -> 01 02
dateutil: Tokyo, until the third -> 01 02 03
dateutil: Tokyo, without the second -> 01 03
dateutil: New York, until 18:00 on the third -> 01 02
SEEN
echo 'as found'
