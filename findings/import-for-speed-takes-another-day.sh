#!/usr/bin/env bash
# django-import-export 4.4.3, Django 5.2.19 (PyPI)
#
# An import of cells finds what is there by person and day (import_id_fields), with one query for each row; CachedInstanceLoader is the loader for
# speed. Its docstring says that it works for one field only. A guess has it refuse two, or fall back: it takes the first, and says nothing. Aoki's third
# of November from the file is written over another day of Aoki's, which is lost, and there are two thirds; "1 update" is the
# result with either loader. With one field, somebody who is twice in the file and new becomes two people, where the usual loader
# makes one. Ours finds cells by their whole key, and a constraint stands below (schedules/sql/cells.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django==5.2.19 django-import-export==4.4.3

mkdir plan
touch plan/__init__.py
cat >plan/models.py <<'PY'
from django.db import models


class Cell(models.Model):
    person = models.CharField(max_length=20)
    day = models.IntegerField()
    symbol = models.CharField(max_length=5)


class Person(models.Model):
    number = models.IntegerField()
    name = models.CharField(max_length=20)
PY
cat >load.py <<'PY'
import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["plan", "import_export"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

from django.db import connection
from import_export.instance_loaders import CachedInstanceLoader, ModelInstanceLoader
from import_export.resources import modelresource_factory
from plan.models import Cell, Person
from tablib import Dataset

with connection.schema_editor() as editor:
    editor.create_model(Cell)
    editor.create_model(Person)


def imported(model, keys, columns, rows, loader):
    meta = {"import_id_fields": keys, "fields": columns, "instance_loader_class": loader}
    result = modelresource_factory(model, meta_options=meta)().import_data(Dataset(*rows, headers=columns), raise_errors=True)
    counts = {name: count for name, count in result.totals.items() if count}
    print(f"{loader.__name__}: {counts} {list(model.objects.order_by('pk').values_list(*columns))}")


for loader in (ModelInstanceLoader, CachedInstanceLoader):
    Cell.objects.all().delete()
    Person.objects.all().delete()
    for day, symbol in ((3, "early"), (4, "late")):
        Cell.objects.create(person="Aoki", day=day, symbol=symbol)
    imported(Cell, ("person", "day"), ("person", "day", "symbol"), [("Aoki", "3", "night")], loader)
    imported(Person, ("number",), ("number", "name"), [("7", "Baba"), ("7", "Baba Jun")], loader)
PY
venv/bin/python load.py | tee seen
diff seen - <<'SEEN'
ModelInstanceLoader: {'update': 1} [('Aoki', 3, 'night'), ('Aoki', 4, 'late')]
ModelInstanceLoader: {'new': 1, 'update': 1} [(7, 'Baba Jun')]
CachedInstanceLoader: {'update': 1} [('Aoki', 3, 'early'), ('Aoki', 3, 'night')]
CachedInstanceLoader: {'new': 2} [(7, 'Baba'), (7, 'Baba Jun')]
SEEN
echo 'as found'
