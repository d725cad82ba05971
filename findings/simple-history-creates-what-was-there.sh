#!/usr/bin/env bash
# django-simple-history 3.13.0, Django 5.2.19 (PyPI), with SQLite
#
# bulk_create_with_history(rows, Cell, ignore_conflicts=True) is how an import is sent twice without harm. A row that was there already is not
# written again; if it has the same values, it gets an entry "+", created, all the same, now, by whoever sent the file again. If it
# differs it gets none. So the history counts a cell as created twice, and who was first is no longer plain. Ours writes its own entries
# beside its own statements (inserting_with_history in shiftsync/core/history.py).
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
    place = models.CharField(max_length=9, unique=True)
    symbol = models.CharField(max_length=9)
    history = HistoricalRecords()
PY
cat >twice.py <<'PY'
import django
from django.conf import settings

apps = ["django.contrib.contenttypes", "django.contrib.auth", "simple_history", "rota"]
databases = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
settings.configure(INSTALLED_APPS=apps, DATABASES=databases, USE_TZ=True)
django.setup()

from django.core.management import call_command
from rota.models import Cell
from simple_history.utils import bulk_create_with_history

call_command("migrate", verbosity=0, run_syncdb=True)
for symbols in ({"A1": "early", "A2": "late"}, {"A1": "early", "A2": "free", "A3": "late"}):
    rows = [Cell(place=place, symbol=symbol) for place, symbol in symbols.items()]
    bulk_create_with_history(rows, Cell, ignore_conflicts=True)
    print("table  ", *Cell.objects.order_by("place").values_list("place", "symbol"))
    print("history", *Cell.history.order_by("history_id").values_list("history_type", "place", "symbol"))
PY
venv/bin/python twice.py | tee seen
diff seen - <<'SEEN'
table   ('A1', 'early') ('A2', 'late')
history ('+', 'A1', 'early') ('+', 'A2', 'late')
table   ('A1', 'early') ('A2', 'late') ('A3', 'late')
history ('+', 'A1', 'early') ('+', 'A2', 'late') ('+', 'A1', 'early') ('+', 'A3', 'late')
SEEN
echo 'as found'
