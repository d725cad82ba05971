#!/usr/bin/env bash
# django-q2 1.11.1, Django 5.2.19 (PyPI)
#
# The plan is due on the first of each month at 8 in the morning in Tokyo, and a monthly schedule reminds of it. It keeps its next time in UTC,
# 23:00 on the last day before, and adds a month to that: 30 September becomes 30 October, which is 31 October in Tokyo. So the reminder of 1
# November comes a day early, that of December on its day, that of January on 31 December. At 9 in the morning, which is midnight in UTC, all are
# right. One set to 31 October falls back to the shortest month: 30 November, 30 December, 28 February, 28 March. Ours looks each
# time at the restaurant's own day and the deadline itself (tell_of_deadlines in schedules/services/telling.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django==5.2.19 django-q2==1.11.1 tzdata==2026.6

cat >monthly.py <<'PY'
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django_q"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    Q_CLUSTER={"orm": "default", "timeout": 60, "retry": 120},
    TIME_ZONE="Asia/Tokyo",
    USE_TZ=True,
)
django.setup()

from django_q.models import Schedule

tokyo = ZoneInfo("Asia/Tokyo")
for first in (datetime(2026, 10, 1, 8, tzinfo=tokyo), datetime(2026, 10, 1, 9, tzinfo=tokyo), datetime(2026, 10, 31, 9, tzinfo=tokyo)):
    reminder = Schedule(func="remind", schedule_type=Schedule.MONTHLY, next_run=first.astimezone(UTC))
    days = [first]
    for _ in range(5):
        reminder.next_run = reminder.calculate_next_run()
        days.append(reminder.next_run.astimezone(tokyo))
    print(f"{first:%H:%M}", *(f"{day:%m-%d}" for day in days))
PY
venv/bin/python monthly.py | tee seen
diff seen - <<'SEEN'
08:00 10-01 10-31 12-01 12-31 01-31 03-01
09:00 10-01 11-01 12-01 01-01 02-01 03-01
09:00 10-31 11-30 12-30 01-30 02-28 03-28
SEEN
echo 'as found'
