#!/usr/bin/env bash
# xlsx 0.18.5 and exceljs 4.4.0 (npm), openpyxl 3.1.5 and python-calamine 0.9.1 (PyPI)
#
# A workbook that began on an old Mac counts its days from 1 January 1904, and says so; month sheets are copied from month to month, and
# keep it. SheetJS, asked for dates, does not look: 1 November 2026 is 31 October 2022 to it, beside a shown text that is right. The
# others read that date as it is, and the rest of such a sheet still differs from that of another workbook: a late shift's 25:30 in `h:mm`, a moment of 1 January
# 1900 elsewhere, is one of 2 January 1904, and a row of weekdays (`aaa`), numbers to all of them, holds 44865 for the day that is 46327
# elsewhere. Ours counts from where the workbook says (SINCE_1904 in schedules/exports/workbook_rows.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund xlsx@0.18.5 exceljs@4.4.0 >/dev/null

cat >write.py <<'PY'
from datetime import date

from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from python_calamine import CalamineWorkbook

book = Workbook()
book.epoch = CALENDAR_MAC_1904
day = (date(2026, 11, 1) - date(1904, 1, 1)).days
for column, (value, shape) in enumerate([(day, "yyyy-mm-dd"), (day, "aaa"), (25.5 / 24, "h:mm"), (25.5 / 24, "[h]:mm")], 1):
    book.active.cell(1, column, value).number_format = shape
book.save("month.xlsx")
for cell in load_workbook("month.xlsx").active[1]:
    print("openpyxl", cell.number_format, cell.value)
for value in CalamineWorkbook.from_path("month.xlsx").get_sheet_by_index(0).to_python()[0]:
    print("calamine", value)
PY
cat >read.mjs <<'JS'
import ExcelJS from 'exceljs'
import { readFileSync } from 'node:fs'
import * as XLSX from 'xlsx'

const plain = (value) => (value instanceof Date ? value.toISOString() : value)
const book = new ExcelJS.Workbook()
await book.xlsx.readFile('month.xlsx')
book.worksheets[0].getRow(1).eachCell((cell) => console.log('exceljs', cell.numFmt, plain(cell.value)))
const read = XLSX.read(readFileSync('month.xlsx'), { cellDates: true, cellNF: true })
console.log('xlsx knows: date1904', read.Workbook.WBProps.date1904)
for (const [place, cell] of Object.entries(read.Sheets[read.SheetNames[0]]))
  if (place[0] !== '!') console.log('xlsx', cell.z, plain(cell.v), cell.w)
JS
export TZ=UTC
{ venv/bin/python write.py && node read.mjs; } | tee seen
diff seen - <<'SEEN'
openpyxl yyyy-mm-dd 2026-11-01 00:00:00
openpyxl aaa 44865
openpyxl h:mm 1904-01-02 01:30:00
openpyxl [h]:mm 1 day, 1:30:00
calamine 2026-11-01
calamine 44865.0
calamine 1904-01-02 01:30:00
calamine 1 day, 1:30:00
exceljs yyyy-mm-dd 2026-11-01T00:00:00.000Z
exceljs aaa 44865
exceljs h:mm 1904-01-02T01:30:00.000Z
exceljs [h]:mm 1904-01-02T01:30:00.000Z
xlsx knows: date1904 true
xlsx yyyy-mm-dd 2022-10-31T00:00:00.000Z 2026-11-01
xlsx aaa 44865 aaa
xlsx h:mm 1899-12-31T01:30:00.000Z 1:30
xlsx [h]:mm 1899-12-31T01:30:00.000Z 25:30
SEEN
echo 'as found: four years and a day'
