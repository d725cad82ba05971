#!/usr/bin/env bash
# date-fns 4.4.0 with @date-fns/tz 1.5.0 and luxon 3.7.2 (npm), arrow 1.4.0, pendulum 3.3.0 and pandas 3.1.1 (PyPI)
#
# How many people are there in each hour of the night from 22:00 to 06:00 in Paris, when the clocks go back? It has nine hours, two of which
# are called two o'clock. date-fns counts nine by differenceInHours() and lists eight by eachHourOfInterval(), while its list of half hours is
# complete. arrow's range of hours lacks the second one too; luxon, pendulum and pandas list both. So a need by the hour is asked of nobody
# for one hour, and nobody is missed. Ours counts the plan's minutes from the beginning of its day (schedules/generation/rules/need_hours.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check arrow==1.4.0 pendulum==3.3.0 pandas==3.1.1 tzdata==2026.6
npm install --silent --no-audit --no-fund date-fns@4.4.0 @date-fns/tz@1.5.0 luxon@3.7.2 >/dev/null

cat >hours.mjs <<'JS'
import { TZDate } from '@date-fns/tz'
import { addHours, differenceInHours, eachHourOfInterval, eachMinuteOfInterval } from 'date-fns'
import { DateTime, Interval } from 'luxon'

const zone = 'Europe/Paris'
const inZone = (moment) => new Date(+moment).toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit' })
const night = { start: new TZDate(2026, 9, 24, 22, zone), end: new TZDate(2026, 9, 25, 5, zone) }
console.log('date-fns, differenceInHours:', differenceInHours(addHours(night.end, 1), night.start))
console.log('date-fns, eachHourOfInterval:', ...eachHourOfInterval(night).map(inZone))
console.log('date-fns, half hours:', eachMinuteOfInterval(night, { step: 30 }).length)
const span = Interval.fromDateTimes(DateTime.fromObject({ year: 2026, month: 10, day: 24, hour: 22 }, { zone }), DateTime.fromObject({ year: 2026, month: 10, day: 25, hour: 6 }, { zone }))
console.log('luxon, splitBy:', ...span.splitBy({ hours: 1 }).map((hour) => inZone(hour.start)))
JS
cat >hours.py <<'PY'
import arrow
import pandas
import pendulum

begin, last = arrow.Arrow(2026, 10, 24, 22, tzinfo="Europe/Paris"), arrow.Arrow(2026, 10, 25, 5, tzinfo="Europe/Paris")
print("arrow, range:", *(f"{hour:HH}" for hour in arrow.Arrow.range("hour", begin, last)))
span = pendulum.datetime(2026, 10, 25, 5, tz="Europe/Paris") - pendulum.datetime(2026, 10, 24, 22, tz="Europe/Paris")
print("pendulum, range:", *(f"{hour:%H}" for hour in span.range("hours")))
print("pandas, date_range:", *(f"{hour:%H}" for hour in pandas.date_range(begin.datetime, last.datetime, freq="h")))
PY
{ node hours.mjs && venv/bin/python hours.py; } | tee seen
diff seen - <<'SEEN'
date-fns, differenceInHours: 9
date-fns, eachHourOfInterval: 22 23 00 01 02 03 04 05
date-fns, half hours: 17
luxon, splitBy: 22 23 00 01 02 02 03 04 05
arrow, range: 22 23 00 01 02 03 04 05
pendulum, range: 22 23 00 01 02 02 03 04 05
pandas, date_range: 22 23 00 01 02 02 03 04 05
SEEN
echo 'as found'
