#!/usr/bin/env bash
# recurring-ical-events 3.8.2 with icalendar 7.3.2 (PyPI)
#
# Who is at work on 2 November? at() is documented to take the day as a date, as three numbers or as text, and to give what happens within it. A night
# shift from 22:00 on the first to 06:00 is found with (2026, 11, 2) and with "20261102". With date(2026, 11, 2), the plainest of the three, it is
# not; between() two dates leaves it out as well, and between two moments has it. Early shifts, whole days and the night that begins are found
# by each, so that a test without nights sees no difference. To ours a shift is of the day on which it begins, and is asked for by
# that day (schedules/publications/feeds.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check recurring-ical-events==3.8.2 icalendar==7.3.2

cat >find.py <<'PY'
from datetime import UTC, date, datetime

import recurring_ical_events
from icalendar import Calendar, Event

shifts = {
    "night of the 1st": (datetime(2026, 11, 1, 22, tzinfo=UTC), datetime(2026, 11, 2, 6, tzinfo=UTC)),
    "early": (datetime(2026, 11, 2, 7, tzinfo=UTC), datetime(2026, 11, 2, 15, tzinfo=UTC)),
    "night of the 2nd": (datetime(2026, 11, 2, 22, tzinfo=UTC), datetime(2026, 11, 3, 6, tzinfo=UTC)),
    "whole day": (date(2026, 11, 2), date(2026, 11, 3)),
}
calendar = Calendar()
for name, (begin, end) in shifts.items():
    event = Event()
    for field, value in {"uid": name, "summary": name, "dtstart": begin, "dtend": end}.items():
        event.add(field, value)
    calendar.add_component(event)
found = recurring_ical_events.of(calendar)


def tell(asked, events):
    names = {str(event["summary"]) for event in events}
    print(f"{asked}:", ", ".join(name for name in shifts if name in names))


tell("at date(2026, 11, 2)", found.at(date(2026, 11, 2)))
tell("at (2026, 11, 2)", found.at((2026, 11, 2)))
tell("at '20261102'", found.at("20261102"))
tell("between two dates", found.between(date(2026, 11, 2), date(2026, 11, 3)))
tell("between two moments", found.between(datetime(2026, 11, 2), datetime(2026, 11, 3)))
PY
venv/bin/python find.py | tee seen
diff seen - <<'SEEN'
at date(2026, 11, 2): early, night of the 2nd, whole day
at (2026, 11, 2): night of the 1st, early, night of the 2nd, whole day
at '20261102': night of the 1st, early, night of the 2nd, whole day
between two dates: early, night of the 2nd, whole day
between two moments: night of the 1st, early, night of the 2nd, whole day
SEEN
echo 'as found'
