#!/usr/bin/env bash
# SheetJS 0.18.5 (xlsx on npm) with openpyxl 3.1.5 (PyPI)
#
# A program in the browser that writes a month sheet with SheetJS gives it its days as Date objects at local midnight. How far a zone is from
# UTC is taken from what `Date` says of a day in 1899, in whole minutes, while in that year many zones stood at seconds: so in Shanghai each day is stored
# 43 s after midnight, in Paris 21 s, and in Sao Paulo 28 s *before* it. Whoever takes the date of such a cell has the day before, for the whole
# month. In Tokyo and in UTC, where one tries it, nothing is to be seen. Our import reads what stands within a minute of midnight as that
# midnight's day (schedules/exports/headings.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5
npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null

cat >write.mjs <<'JS'
import * as XLSX from 'xlsx'

const book = XLSX.utils.book_new()
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([[new Date(2026, 10, 1)]]), 'November')
XLSX.writeFile(book, 'month.xlsx')
JS
cat >read.py <<'PY'
import sys

from openpyxl import load_workbook

print(sys.argv[1], load_workbook("month.xlsx").active["A1"].value)
PY
for zone in UTC Asia/Tokyo Asia/Shanghai Europe/Paris America/Sao_Paulo; do
  TZ=$zone node write.mjs
  venv/bin/python read.py "$zone"
done | tee seen
diff seen - <<'SEEN'
UTC 2026-11-01 00:00:00
Asia/Tokyo 2026-11-01 00:00:00
Asia/Shanghai 2026-11-01 00:00:43
Europe/Paris 2026-11-01 00:00:21
America/Sao_Paulo 2026-10-31 23:59:32
SEEN
echo 'as found: the first of November, written in Sao Paulo, is the last of October'
