#!/usr/bin/env bash
# vobject 0.9.9 (PyPI)
#
# vobject names a time zone by its letters: TZID:CST, where a guess says America/Chicago or Asia/Shanghai, which are both CST. What is
# known by such a name is kept for the whole process. So a server that has written a calendar for Chicago writes Chicago's
# VTIMEZONE into the next one, which has shifts in Shanghai alone: 09:00 there becomes 15:00 UTC, fourteen hours off, to every reader. Nothing warns
# of it, and the other way round Chicago is wrong; alone in a test, each is right. Ours carries UTC (schedules/exports/ical_file.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check vobject==0.9.9 icalendar==7.3.0 tzdata==2026.6

cat >write.py <<'PY'
import sys
import warnings
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import vobject

warnings.simplefilter("error", UserWarning)
for zone in sys.argv[1:]:
    calendar = vobject.iCalendar()
    event = calendar.add("vevent")
    event.add("uid").value = "1@finding"
    event.add("dtstart").value = datetime(2026, 1, 15, 9, tzinfo=ZoneInfo(zone))
    event.add("dtend").value = datetime(2026, 1, 15, 17, tzinfo=ZoneInfo(zone))
    meant = event.dtstart.value.astimezone(UTC)
    text = calendar.serialize()
    (named,) = [line for line in text.splitlines() if line.startswith("TZID:")]
    (told,) = [each.start.astimezone(UTC) for each in icalendar.Calendar.from_ical(text).events]
    print(zone, named, f"is {meant:%H:%M}, reads {told:%H:%M}")
PY
for zones in "America/Chicago" "Asia/Shanghai" "America/Chicago Asia/Shanghai" "Asia/Shanghai America/Chicago"; do
  echo "one process: $zones"
  # shellcheck disable=SC2086  # they are words
  venv/bin/python write.py $zones
done | tee seen
diff seen - <<'SEEN'
one process: America/Chicago
America/Chicago TZID:CST is 15:00, reads 15:00
one process: Asia/Shanghai
Asia/Shanghai TZID:CST is 01:00, reads 01:00
one process: America/Chicago Asia/Shanghai
America/Chicago TZID:CST is 15:00, reads 15:00
Asia/Shanghai TZID:CST is 01:00, reads 15:00
one process: Asia/Shanghai America/Chicago
Asia/Shanghai TZID:CST is 01:00, reads 01:00
America/Chicago TZID:CST is 15:00, reads 01:00
SEEN
echo 'as found'
