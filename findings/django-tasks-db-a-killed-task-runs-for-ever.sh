#!/usr/bin/env bash
# django-tasks 0.12.0 and django-tasks-db 0.13.0, Django 5.2.19 (PyPI)
#
# The queue is a table, so that a task survives its worker, one guesses: another takes it up. It does not. A worker that is killed (memory, a machine
# that is switched off) leaves its task RUNNING; workers look for READY alone, finish with "No more tasks to run", and nothing ever ends
# it: status says running, for ever, and whoever waits for the month's schedule waits. A job that must be done needs a lease of its own, as
# ours has (lease_until in schedules/worker/running.py).
set -euo pipefail
folder=$(mktemp -d)
worker=
trap '[ -z "$worker" ] || kill -9 "$worker" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django==5.2.19 django-tasks==0.12.0 django-tasks-db==0.13.0

mkdir rota
touch rota/__init__.py
cat >rota/tasks.py <<'PY'
import time
from pathlib import Path

from django_tasks import task


@task()
def generate():
    Path("begun").touch()
    time.sleep(60)
PY
cat >settings.py <<'PY'
SECRET_KEY = "finding"
USE_TZ = True
INSTALLED_APPS = ["django_tasks", "django_tasks_db", "rota"]
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db", "OPTIONS": {"transaction_mode": "EXCLUSIVE"}}
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
PY
cat >ask.py <<'PY'
import sys

import django

django.setup()
from django_tasks_db.models import DBTaskResult
from rota.tasks import generate

if sys.argv[1] == "enqueue":
    generate.enqueue()
print(sys.argv[1], *DBTaskResult.objects.values_list("status", flat=True))
PY
export DJANGO_SETTINGS_MODULE=settings PYTHONPATH=.
venv/bin/python -m django migrate --verbosity 0
{
  venv/bin/python ask.py enqueue
  venv/bin/python -m django db_worker --no-startup-delay >first.log 2>&1 &
  worker=$!
  until [ -e begun ]; do kill -0 "$worker"; done
  kill -9 "$worker"
  wait "$worker" 2>/dev/null || true
  worker=
  venv/bin/python ask.py killed
  venv/bin/python -m django db_worker --batch --no-startup-delay 2>&1 | grep -o 'No more tasks to run'
  venv/bin/python ask.py afterwards
} | tee seen
diff seen - <<'SEEN'
enqueue READY
killed RUNNING
No more tasks to run
afterwards RUNNING
SEEN
echo 'as found'
