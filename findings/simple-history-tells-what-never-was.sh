#!/usr/bin/env bash
# django-simple-history 3.13.0, Django 5.2.19 (PyPI)
#
# Two people change different columns of one row, each saving only their own: save(update_fields=["note"]), or
# bulk_update_with_history(rows, Cell, ["note"]). The table has both changes. An entry of history is a whole row, and is taken from the object in
# memory, not from the columns that were written: the second one says that the symbol is the old one again. as_of() gives a
# schedule that never was, and a way back that is built on it undoes what the other had changed. Rows must be read under the lock
# under which they are written, as ours are (shiftsync/realtime/stream/commit.py; tests/concurrency/test_state_and_events.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django==5.2.19 django-simple-history==3.13.0

mkdir rota
touch rota/__init__.py
cat >rota/models.py <<'PY'
from django.db import models
from simple_history.models import HistoricalRecords


class Cell(models.Model):
    symbol = models.CharField(max_length=9)
    note = models.CharField(max_length=9, blank=True)
    history = HistoricalRecords()
PY
cat >change.py <<'PY'
import django
from django.conf import settings

apps = ["django.contrib.contenttypes", "django.contrib.auth", "simple_history", "rota"]
databases = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
settings.configure(INSTALLED_APPS=apps, DATABASES=databases, USE_TZ=True)
django.setup()

from django.core.management import call_command
from django.utils import timezone
from rota.models import Cell
from simple_history.utils import bulk_update_with_history

call_command("migrate", verbosity=0, run_syncdb=True)


def save(cell, column):
    cell.save(update_fields=[column])


def bulk(cell, column):
    bulk_update_with_history([cell], Cell, [column])


for write in (save, bulk):
    cell = Cell.objects.create(symbol="early")
    one, other = Cell.objects.get(pk=cell.pk), Cell.objects.get(pk=cell.pk)
    one.symbol, other.note = "late", "station"
    write(one, "symbol")
    write(other, "note")
    print(write.__name__, "table  ", *Cell.objects.filter(pk=cell.pk).values_list("symbol", "note"))
    print(write.__name__, "history", *Cell.history.filter(id=cell.pk).order_by("history_id").values_list("symbol", "note"))
    past = Cell.history.as_of(timezone.now()).get(pk=cell.pk)
    print(write.__name__, "as_of now", (past.symbol, past.note))
PY
venv/bin/python change.py | tee seen
diff seen - <<'SEEN'
save table   ('late', 'station')
save history ('early', '') ('late', '') ('early', 'station')
save as_of now ('early', 'station')
bulk table   ('late', 'station')
bulk history ('early', '') ('late', '') ('early', 'station')
bulk as_of now ('early', 'station')
SEEN
echo 'as found'
