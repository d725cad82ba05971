#!/usr/bin/env bash
# Django 5.2.19, djangorestframework 3.18.3, django-import-export 4.4.3, pytimeparse 1.1.10, pydantic 2.14.4 (PyPI)
#
# How long somebody works is written 8:30 in every plan. A form, a REST field and an import, whose column is a DurationField, take it for eight
# minutes and a half, and a month's 160:00 for 2 hours and 40 minutes; none refuses it, and a limit of 40:00 hours a week is kept by nobody. Only
# seconds make hours of it (8:30:00), or ISO (PT8H30M). pydantic reads 08:30 as hours and refuses 8:30. REST then answers 160 hours as "6 16:00:00".
# Ours has lengths as numbers whose names say the unit (breakMinutes).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django==5.2.19 djangorestframework==3.18.3 django-import-export==4.4.3 pytimeparse==1.1.10 pydantic==2.14.4

cat >lengths.py <<'PY'
from datetime import timedelta

import django
from django.conf import settings

settings.configure(USE_I18N=False)
django.setup()

from django import forms
from import_export.widgets import DurationWidget
from pydantic import TypeAdapter, ValidationError
from pytimeparse import parse
from rest_framework import serializers


def told(read, text):
    try:
        found = read(text)
    except (forms.ValidationError, ValidationError):
        return "refused"
    seconds = found.total_seconds() if isinstance(found, timedelta) else found
    return f"{seconds / 60:g} min" if seconds is not None else "nothing"


readers = {
    "form": forms.DurationField().clean,
    "REST": serializers.DurationField().run_validation,
    "import": DurationWidget().clean,
    "pytimeparse": parse,
    "pydantic": TypeAdapter(timedelta).validate_python,
}
for text in ("8:30", "08:30", "160:00", "8:30:00", "PT8H30M"):
    print(text, *(f"{name}: {told(read, text)}" for name, read in readers.items()), sep="  ")
print(serializers.DurationField().to_representation(timedelta(hours=160)))
PY
venv/bin/python lengths.py | tee seen
diff seen - <<'SEEN'
8:30  form: 8.5 min  REST: 8.5 min  import: 8.5 min  pytimeparse: 8.5 min  pydantic: refused
08:30  form: 8.5 min  REST: 8.5 min  import: 8.5 min  pytimeparse: 8.5 min  pydantic: 510 min
160:00  form: 160 min  REST: 160 min  import: 160 min  pytimeparse: nothing  pydantic: 9600 min
8:30:00  form: 510 min  REST: 510 min  import: 510 min  pytimeparse: 510 min  pydantic: 510 min
PT8H30M  form: 510 min  REST: 510 min  import: 510 min  pytimeparse: nothing  pydantic: 510 min
6 16:00:00
SEEN
echo 'as found'
