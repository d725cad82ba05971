#!/usr/bin/env bash
# openpyxl 3.1.5 and python-calamine 0.9.1 (PyPI), exceljs 4.4.0 and xlsx 0.18.5 (npm)
#
# A workbook may hold a date as ISO text in a cell of the type "d"; openpyxl writes them so with iso_dates, and strict workbooks have them. A
# guess says a reader knows the type, or gives the text. exceljs takes the first number of the text for a count of days: every day of 2026 is 18 July
# 1905, so that a month's thirty headings are one date, and 22:00 is 21 January 1900. SheetJS reads the days and has an invalid date for
# a time. The Python libraries read both. A month sheet for programs in the browser must hold days as numbers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 >/dev/null

cat >days.py <<'PY'
from datetime import date, time

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

book = Workbook()
book.iso_dates = True
book.active.append([date(2026, 11, 1), date(2026, 11, 30), time(22)])
book.save("days.xlsx")
print("openpyxl", *next(load_workbook("days.xlsx").active.iter_rows(values_only=True)))
print("calamine", *CalamineWorkbook.from_path("days.xlsx").get_sheet_by_index(0).to_python()[0])
PY
cat >days.mjs <<'JS'
import ExcelJS from 'exceljs'
import { readFileSync } from 'node:fs'
import * as XLSX from 'xlsx'

const shown = (value) => (Number.isNaN(Number(value)) ? 'invalid' : value.toISOString().slice(0, 16))
const book = new ExcelJS.Workbook()
await book.xlsx.readFile('days.xlsx')
console.log('exceljs', ...book.worksheets[0].getRow(1).values.slice(1).map(shown))
const read = XLSX.read(readFileSync('days.xlsx'), { cellDates: true })
const { A1, B1, C1 } = read.Sheets[read.SheetNames[0]]
console.log('xlsx', ...[A1, B1, C1].map((cell) => shown(cell.v)))
JS
export TZ=UTC
{ venv/bin/python days.py && node days.mjs; } | tee seen
diff seen - <<'SEEN'
openpyxl 2026-11-01 2026-11-30 22:00:00
calamine 2026-11-01 2026-11-30 22:00:00
exceljs 1905-07-18T00:00 1905-07-18T00:00 1900-01-21T00:00
xlsx 2026-11-01T00:00 2026-11-30T00:00 invalid
SEEN
echo 'as found'
