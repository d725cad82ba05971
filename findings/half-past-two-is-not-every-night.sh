#!/usr/bin/env bash
# croner 11.0.1, cron-parser 5.10.6 and cron 4.4.0 (npm), croniter 7.0.0, cronsim 2.8 and APScheduler 3.11.3 (PyPI)
#
# The day is closed each night at half past two, in Paris. Where the clocks jump over that hour all six run the job, at 03:00, or at 03:30
# (cron-parser, APScheduler). Where the hour comes twice croniter and APScheduler run it twice, and close a day twice. To be sure, it is tried each
# half hour between two and three, `*/30 2`. A guess has that run on the same nights: in spring croner and cronsim leave the night out altogether, though
# they move the simple one. A job that is due once a day must ask which day was done last, as ours asks for the restaurant's own day
# (schedules/services/telling.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check croniter==7.0.0 cronsim==2.8 apscheduler==3.11.3 tzdata==2026.6
npm install --silent --no-audit --no-fund croner@11.0.1 cron-parser@5.10.6 cron@4.4.0 >/dev/null

cat >nights.mjs <<'JS'
import { CronTime } from 'cron'
import { CronExpressionParser } from 'cron-parser'
import { Cron } from 'croner'

const timeZone = 'Europe/Paris'
const shown = (moment) => moment.toLocaleString('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' })
const following = {
  croner: (cron, from) => new Cron(cron, { timezone: timeZone, paused: true }).nextRun(from),
  'cron-parser': (cron, from) => CronExpressionParser.parse(cron, { currentDate: from, tz: timeZone }).next().toDate(),
  cron: (cron, from) => new CronTime(cron, timeZone).getNextDateFrom(from, timeZone).toJSDate(),
}
for (const [season, noon] of [['spring', '2026-03-28T11:00:00Z'], ['autumn', '2026-10-24T10:00:00Z']]) {
  for (const [library, next] of Object.entries(following)) {
    for (const cron of ['30 2 * * *', '*/30 2 * * *']) {
      const until = +new Date(noon) + 86_400_000
      const runs = []
      for (let run = next(cron, new Date(noon)); +run < until; run = next(cron, run)) runs.push(shown(run))
      console.log(`${season}, ${cron}, ${library}:`, runs.join(', '))
    }
  }
}
JS
cat >nights.py <<'PY'
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from croniter import croniter
from cronsim import CronSim

zone = ZoneInfo("Europe/Paris")


def of_croniter(cron, begin):
    each = croniter(cron, begin)
    while True:
        yield each.get_next(datetime)


def of_apscheduler(cron, begin):
    trigger, last, now = CronTrigger.from_crontab(cron, timezone=zone), None, begin.astimezone(UTC)
    while True:
        last = trigger.get_next_fire_time(last, now.astimezone(zone))
        yield last
        now = last.astimezone(UTC) + timedelta(seconds=1)


for season, begin in (("spring", datetime(2026, 3, 28, 12, tzinfo=zone)), ("autumn", datetime(2026, 10, 24, 12, tzinfo=zone))):
    for library, runs in {"croniter": of_croniter, "cronsim": CronSim, "APScheduler": of_apscheduler}.items():
        for cron in ("30 2 * * *", "*/30 2 * * *"):
            shown = []
            for run in runs(cron, begin):
                if run.astimezone(UTC) > begin.astimezone(UTC) + timedelta(hours=24):
                    break
                shown.append(f"{run.astimezone(UTC).astimezone(zone):%a %H:%M}")
            print(f"{season}, {cron}, {library}:", ", ".join(shown))
PY
{ node nights.mjs && venv/bin/python nights.py; } | tee seen
diff seen - <<'SEEN'
spring, 30 2 * * *, croner: Sun 03:00
spring, */30 2 * * *, croner: 
spring, 30 2 * * *, cron-parser: Sun 03:30
spring, */30 2 * * *, cron-parser: Sun 03:00
spring, 30 2 * * *, cron: Sun 03:00
spring, */30 2 * * *, cron: Sun 03:00
autumn, 30 2 * * *, croner: Sun 02:30
autumn, */30 2 * * *, croner: Sun 02:00, Sun 02:30, Sun 02:00, Sun 02:30
autumn, 30 2 * * *, cron-parser: Sun 02:30
autumn, */30 2 * * *, cron-parser: Sun 02:00, Sun 02:30
autumn, 30 2 * * *, cron: Sun 02:30
autumn, */30 2 * * *, cron: Sun 02:00, Sun 02:30
spring, 30 2 * * *, croniter: Sun 03:00
spring, */30 2 * * *, croniter: Sun 03:00
spring, 30 2 * * *, cronsim: Sun 03:00
spring, */30 2 * * *, cronsim: 
spring, 30 2 * * *, APScheduler: Sun 03:30
spring, */30 2 * * *, APScheduler: Sun 03:00
autumn, 30 2 * * *, croniter: Sun 02:30, Sun 02:30
autumn, */30 2 * * *, croniter: Sun 02:00, Sun 02:30, Sun 02:00, Sun 02:30
autumn, 30 2 * * *, cronsim: Sun 02:30
autumn, */30 2 * * *, cronsim: Sun 02:00, Sun 02:30, Sun 02:00, Sun 02:30
autumn, 30 2 * * *, APScheduler: Sun 02:30, Sun 02:30
autumn, */30 2 * * *, APScheduler: Sun 02:00, Sun 02:30, Sun 02:00, Sun 02:30
SEEN
echo 'as found'
