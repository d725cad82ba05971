#!/usr/bin/env bash
# openpyxl 3.1.5 (PyPI), exceljs 4.4.0 and xlsx 0.18.5 (npm)
#
# Month sheets made in Japan have a row of weekdays below the days: the same dates again, shown by the number format `aaa` (日, 月, ...). Whether a
# number is a date is guessed from the letters of its format by all three libraries, and `a` is not among theirs. So the same day is a
# date in a cell with `d` or `d(aaa)` and the number 46327 in the next row with `aaa`. Of the year's name alone (`ggge`) only SheetJS knows it is a date.
# LibreOffice reads dates in all of them. A reader of month sheets that takes numbers for totals finds a row of totals of 46,327 there; ours
# takes whole numbers of that size for days (SERIALS in schedules/exports/sheets.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5
npm install --silent --no-audit --no-fund xlsx@0.18.5 exceljs@4.4.0 >/dev/null

cat >write.py <<'PY'
from openpyxl import Workbook, load_workbook

book = Workbook()
for column, shape in enumerate(("d", "d(aaa)", "aaa", "aaaa", "ggge"), 1):
    cell = book.active.cell(1, column, 46327)
    cell.number_format = shape
book.save("month.xlsx")
for cell in load_workbook("month.xlsx").active[1]:
    print("openpyxl", cell.number_format, "date" if cell.is_date else cell.value)
PY
cat >read.mjs <<'JS'
import ExcelJS from 'exceljs'
import { readFileSync } from 'node:fs'
import * as XLSX from 'xlsx'

const book = new ExcelJS.Workbook()
await book.xlsx.readFile('month.xlsx')
book.worksheets[0].getRow(1).eachCell((cell) => console.log('exceljs', cell.numFmt, cell.value instanceof Date ? 'date' : cell.value))
const read = XLSX.read(readFileSync('month.xlsx'), { cellDates: true, cellNF: true })
for (const [place, cell] of Object.entries(read.Sheets[read.SheetNames[0]]))
  if (place[0] !== '!') console.log('xlsx', cell.z, cell.t === 'd' ? 'date' : cell.v)
JS
{ venv/bin/python write.py && node read.mjs; } | tee seen
diff seen - <<'SEEN'
openpyxl d date
openpyxl d(aaa) date
openpyxl aaa 46327
openpyxl aaaa 46327
openpyxl ggge 46327
exceljs d date
exceljs d(aaa) date
exceljs aaa 46327
exceljs aaaa 46327
exceljs ggge 46327
xlsx d date
xlsx d(aaa) date
xlsx aaa 46327
xlsx aaaa 46327
xlsx ggge date
SEEN
echo 'as found: a row of weekdays is a row of numbers'
