#!/usr/bin/env bash
# arrow 1.4.0 and pendulum 3.3.0 (PyPI)
#
# Eight hours of work from 22:00 in Paris end at 07:00 in the night on which the clocks go forward, and in autumn at 05:00. Both libraries are there to
# make zones easy. arrow's shift(hours=8), and 480 minutes too, says 06:00 both times, after 7 hours and after 9: it moves the hand of the clock.
# pendulum adds right. How long the night from 22:00 to 06:00 was it answers in two ways: in_hours() is 7 and 9, .hours and in_words(), which
# people see, are 8. So one interval pays two sums, in two nights of a year. Ours has moments in UTC (schedules/publications/feeds.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check arrow==1.4.0 pendulum==3.3.0 tzdata==2026.6

cat >nights.py <<'PY'
from datetime import UTC, timedelta

import arrow
import pendulum

for season, day in (("spring", (2026, 3, 28)), ("autumn", (2026, 10, 24)), ("winter", (2026, 12, 5))):
    begin = arrow.Arrow(*day, 22, tzinfo="Europe/Paris")
    end = begin.shift(hours=8)
    worked = end.datetime.astimezone(UTC) - begin.datetime.astimezone(UTC)
    print(f"{season}: arrow, 8 hours on: {end:HH:mm}, after {worked // timedelta(hours=1)} hours;", end=" ")
    print(f"480 minutes on: {begin.shift(minutes=480):HH:mm}")
    night = pendulum.datetime(*day, 22, tz="Europe/Paris")
    morning = night.add(days=1).set(hour=6)
    length = morning - night
    print(f"{season}: pendulum, 8 hours on: {night.add(hours=8):HH:mm};", end=" ")
    print(f"to 06:00: in_hours() {length.in_hours()}, hours {length.hours}, in_words() {length.in_words()}")
PY
venv/bin/python nights.py | tee seen
diff seen - <<'SEEN'
spring: arrow, 8 hours on: 06:00, after 7 hours; 480 minutes on: 06:00
spring: pendulum, 8 hours on: 07:00; to 06:00: in_hours() 7, hours 8, in_words() 8 hours
autumn: arrow, 8 hours on: 06:00, after 9 hours; 480 minutes on: 06:00
autumn: pendulum, 8 hours on: 05:00; to 06:00: in_hours() 9, hours 8, in_words() 8 hours
winter: arrow, 8 hours on: 06:00, after 8 hours; 480 minutes on: 06:00
winter: pendulum, 8 hours on: 06:00; to 06:00: in_hours() 8, hours 8, in_words() 8 hours
SEEN
echo 'as found'
