#!/usr/bin/env bash
# holidays 0.108 (PyPI)
#
# A language that a country does not have leaves the names in the country's own, its documentation says. Seen instead: they come in the
# language of the process's environment. French asked for Japan gives Thai names where LANG is th_TH, Japanese ones where it is C; so
# one server names a day otherwise than the next. Only a language that the country has is sure. Ours passes the country's default by
# name (shiftsync/core/holidays.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check holidays==0.108

cat >ask.py <<'PY'
from datetime import date

import holidays

for language in (None, "fr", "ja"):
    print(language, holidays.country_holidays("JP", years=2026, language=language)[date(2026, 5, 5)])
PY
for lang in C th_TH.UTF-8; do
  echo "LANG=$lang"
  env -u LC_ALL -u LC_MESSAGES -u LANGUAGE LANG=$lang PYTHONUTF8=1 venv/bin/python ask.py
done | tee seen
diff seen - <<'SEEN'
LANG=C
None こどもの日
fr こどもの日
ja こどもの日
LANG=th_TH.UTF-8
None วันเด็กแห่งชาติ
fr วันเด็กแห่งชาติ
ja こどもの日
SEEN
echo 'as found'
