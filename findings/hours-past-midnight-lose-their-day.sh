#!/usr/bin/env bash
# openpyxl 3.1.5 and python-calamine 0.9.1 (PyPI), exceljs 4.4.0 and xlsx 0.18.5 (npm)
#
# A late shift ends at 25:30, and month sheets say so. The cell holds 1.0625 days; its format, `h:mm` or `[h]:mm`, is what shows the hours.
# Read by a library, only the two of Python's with `[h]:mm` tell of 25 hours and a half. With `h:mm` it is half past one on 1 January 1900, and 24:00,
# the end of the day, is to calamine a date without any time. For exceljs and SheetJS it is a moment of 31 December 1899 in both formats,
# a day before the Python libraries'; SheetJS shows `25:30` in `w` alone. A reader that takes such a moment's time of day closes the
# restaurant at 1:30 in the morning before. Ours says 25:30 and 24:00 (schedules/exports/workbook_rows.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund xlsx@0.18.5 exceljs@4.4.0 >/dev/null

cat >write.py <<'PY'
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

book = Workbook()
for row, (days, shape) in enumerate([(25.5 / 24, "h:mm"), (25.5 / 24, "[h]:mm"), (1, "h:mm"), (1, "[h]:mm")], 1):
    cell = book.active.cell(row, 1, days)
    cell.number_format = shape
book.save("hours.xlsx")
for (cell,) in load_workbook("hours.xlsx").active.iter_rows():
    print("openpyxl", cell.number_format, type(cell.value).__name__, cell.value)
for (value,) in CalamineWorkbook.from_path("hours.xlsx").get_sheet_by_index(0).to_python():
    print("calamine", type(value).__name__, value)
PY
cat >read.mjs <<'JS'
import ExcelJS from 'exceljs'
import { readFileSync } from 'node:fs'
import * as XLSX from 'xlsx'

const book = new ExcelJS.Workbook()
await book.xlsx.readFile('hours.xlsx')
book.worksheets[0].getColumn(1).eachCell((cell) => console.log('exceljs', cell.numFmt, cell.value.toISOString()))
const read = XLSX.read(readFileSync('hours.xlsx'), { cellDates: true, cellNF: true })
for (const [place, cell] of Object.entries(read.Sheets[read.SheetNames[0]]))
  if (place[0] !== '!') console.log('xlsx', cell.z, cell.v.toISOString(), cell.w)
JS
export TZ=UTC
{ venv/bin/python write.py && node read.mjs; } | tee seen
diff seen - <<'SEEN'
openpyxl h:mm datetime 1900-01-01 01:30:00
openpyxl [h]:mm timedelta 1 day, 1:30:00
openpyxl h:mm datetime 1900-01-01 00:00:00
openpyxl [h]:mm timedelta 1 day, 0:00:00
calamine datetime 1900-01-01 01:30:00
calamine timedelta 1 day, 1:30:00
calamine date 1900-01-01
calamine timedelta 1 day, 0:00:00
exceljs h:mm 1899-12-31T01:30:00.000Z
exceljs [h]:mm 1899-12-31T01:30:00.000Z
exceljs h:mm 1899-12-31T00:00:00.000Z
exceljs [h]:mm 1899-12-31T00:00:00.000Z
xlsx h:mm 1899-12-31T01:30:00.000Z 1:30
xlsx [h]:mm 1899-12-31T01:30:00.000Z 25:30
xlsx h:mm 1899-12-31T00:00:00.000Z 0:00
xlsx [h]:mm 1899-12-31T00:00:00.000Z 24:00
SEEN
echo 'as found: 25:30 is half past one of another day'
