#!/usr/bin/env bash
# exceljs 4.4.0 and xlsx 0.18.5 (npm), openpyxl 3.1.5, python-calamine 0.9.1 and xlsx2csv 0.8.6 (PyPI)
#
# A plan shows hours as 8h: the cell holds 8, and its number format adds the letter, `0"h"` or `0\h`, which mean the same. A letter that is
# quoted is none of a date's, a guess says. exceljs knows the quotes and not the backslash: eight hours are 7 January 1900 to it, and 160 are 8 June. xlsx2csv
# knows neither: it writes 012 for eight, whose 12 is the hour of midnight, and `"#,##0""12"""` for 8 with `#,##0"h"`. `0"日"`, days off,
# is 3 to all. openpyxl, calamine and SheetJS have the numbers. Ours reads by openpyxl (schedules/exports/workbook_rows.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1 xlsx2csv==0.8.6
npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 >/dev/null

cat >read.py <<'PY'
import openpyxl
from python_calamine import CalamineWorkbook
from xlsx2csv import Xlsx2csv

month = openpyxl.Workbook()
sheet = month.active
for number, form in ((8, r"0\h"), (7.5, r"0.0\h"), (8, '0"h"'), (8, '#,##0"h"'), (160, r"#,##0\h"), (3, '0"日"')):
    sheet.append([form, number])
    sheet.cell(sheet.max_row, 2).number_format = form
month.save("month.xlsx")

Xlsx2csv("month.xlsx", delimiter=" ", lineterminator="\n").convert("month.csv")
with open("month.csv") as file:
    texts = [line.rstrip("\n").split(" ", 1)[1] for line in file]
calamine = CalamineWorkbook.from_path("month.xlsx").get_sheet_by_index(0).to_python()
for (form, number), (_, same), text in zip(openpyxl.load_workbook("month.xlsx").active.values, calamine, texts):
    print(f"{form}: openpyxl {number}, calamine {same}, xlsx2csv {text}")
PY
cat >read.mjs <<'JS'
import ExcelJS from 'exceljs'
import XLSX from 'xlsx'

const shown = (value) => (value instanceof Date ? value.toISOString() : value)
const workbook = new ExcelJS.Workbook()
await workbook.xlsx.readFile('month.xlsx')
const streamed = []
for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader('month.xlsx', { styles: 'cache' })) {
  for await (const row of sheet) streamed.push(row.getCell(2).value)
}
const others = XLSX.utils.sheet_to_json(XLSX.readFile('month.xlsx', { cellDates: true }).Sheets.Sheet, { header: 1 })
workbook.worksheets[0].eachRow((row, number) => {
  const [form, value] = row.values.slice(1)
  console.log(`${form}: exceljs ${shown(value)}, as a stream ${shown(streamed[number - 1])}, SheetJS ${shown(others[number - 1][1])}`)
})
JS
{ PYTHONUTF8=1 venv/bin/python read.py && TZ=UTC node read.mjs; } | tee seen
diff seen - <<'SEEN'
0\h: openpyxl 8, calamine 8.0, xlsx2csv 012
0.0\h: openpyxl 7.5, calamine 7.5, xlsx2csv 0.012
0"h": openpyxl 8, calamine 8.0, xlsx2csv "0""12"""
#,##0"h": openpyxl 8, calamine 8.0, xlsx2csv "#,##0""12"""
#,##0\h: openpyxl 160, calamine 160.0, xlsx2csv #,##012
0"日": openpyxl 3, calamine 3.0, xlsx2csv 3
0\h: exceljs 1900-01-07T00:00:00.000Z, as a stream 1900-01-07T00:00:00.000Z, SheetJS 8
0.0\h: exceljs 1900-01-06T12:00:00.000Z, as a stream 1900-01-06T12:00:00.000Z, SheetJS 7.5
0"h": exceljs 8, as a stream 8, SheetJS 8
#,##0"h": exceljs 8, as a stream 8, SheetJS 8
#,##0\h: exceljs 1900-06-08T00:00:00.000Z, as a stream 1900-06-08T00:00:00.000Z, SheetJS 160
0"日": exceljs 3, as a stream 3, SheetJS 3
SEEN
echo 'as found'
