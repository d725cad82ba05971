#!/usr/bin/env bash
# drf-spectacular 0.30.0, djangorestframework 3.18.3, Django 5.2.19, jsonschema 4.26.0 with its formats (PyPI), ajv-formats 3.0.1 (npm)
#
# A shift's start, a TimeField, is described as `format: time`. By JSON Schema that is RFC 3339's time, with an offset: a shift's start has
# none, and each answer of the server ("09:00:00") breaks the document that the server has published. Whether anybody notices depends on
# the checker: jsonschema without its formats lets all pass. A client that keeps to the document sends 09:00:00+09:00 or, for the same moment,
# 00:00:00Z; the server takes both, drops the offset, and has a shift at nine and one at midnight. Ours describes times of the day by a
# pattern (TimeExtension in shiftsync/core/openapi.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django==5.2.19 djangorestframework==3.18.3 drf-spectacular==0.30.0 'jsonschema[format]==4.26.0'
npm install --silent --no-audit --no-fund ajv@8.20.0 ajv-formats@3.0.1 >/dev/null

cat >shifts.py <<'PY'
import json
from datetime import time

import django
from django.conf import settings

rest = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema", "UNAUTHENTICATED_USER": None}
settings.configure(INSTALLED_APPS=["rest_framework", "drf_spectacular"], ROOT_URLCONF=__name__, REST_FRAMEWORK=rest)
django.setup()

from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator as Validator
from rest_framework import serializers
from rest_framework.generics import CreateAPIView


class Shift(serializers.Serializer):
    start = serializers.TimeField()


class Shifts(CreateAPIView):
    serializer_class = Shift
    authentication_classes = ()


urlpatterns = [path("shifts/", Shifts.as_view())]
document = SchemaGenerator().get_schema(public=True)["components"]["schemas"]["Shift"]
answer = Shift({"start": time(9)}).data
print(document["properties"], "answers", dict(answer))
print("jsonschema with formats:", Validator(document, format_checker=Validator.FORMAT_CHECKER).is_valid(answer))
print("jsonschema without:", Validator(document).is_valid(answer))
for sent in ("09:00:00+09:00", "00:00:00Z"):
    shift = Shift(data={"start": sent})
    shift.is_valid(raise_exception=True)
    print("sent", sent, "taken", shift.validated_data["start"])
json.dump([document, answer], open("shift.json", "w"))
PY
cat >check.cjs <<'JS'
const Ajv = require('ajv')
const [document, answer] = require('./shift.json')
const ajv = new Ajv()
require('ajv-formats')(ajv)
console.log('ajv:', ajv.validate(document, answer))
JS
{ venv/bin/python shifts.py && node check.cjs; } | tee seen
diff seen - <<'SEEN'
{'start': {'type': 'string', 'format': 'time'}} answers {'start': '09:00:00'}
jsonschema with formats: False
jsonschema without: True
sent 09:00:00+09:00 taken 09:00:00
sent 00:00:00Z taken 00:00:00
ajv: false
SEEN
echo 'as found'
