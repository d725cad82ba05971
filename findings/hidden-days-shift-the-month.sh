#!/usr/bin/env bash
# pyexcel 0.7.6 with pyexcel-xlsx 0.6.1, xlsx2csv 0.8.6, openpyxl 3.1.5 and python-calamine 0.9.1 (PyPI), exceljs 4.4.0 and xlsx 0.18.5 (npm)
#
# In the middle of a month the days that are over are hidden, and so is the row of somebody who has left. Hiding is for the eyes, one guesses, and a
# reader gives what is there; so do openpyxl, calamine, exceljs and SheetJS. pyexcel leaves hidden columns and rows out unless
# skip_hidden_row_and_column is False: what follows the name is the fourth day, and who counts columns from the first enters a month
# three days too early. xlsx2csv keeps hidden columns and writes an empty line for a hidden row, where a table ends for many
# readers. Ours reads what is hidden, and finds the days by their headings (schedules/exports/headings.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyexcel==0.7.6 pyexcel-xlsx==0.6.1 xlsx2csv==0.8.6 openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 >/dev/null

cat >read.py <<'PY'
import sys

import openpyxl
import pyexcel
from python_calamine import CalamineWorkbook
from xlsx2csv import Xlsx2csv

month = openpyxl.Workbook()
sheet = month.active
for row in (["", "1", "2", "3", "4", "5"], ["Aoki", "E", "E", "E", "L", "N"], ["Baba", "L", "", "", "", ""], ["Chiba", "N", "N", "", "E", "E"]):
    sheet.append(row)
for column in "BCD":
    sheet.column_dimensions[column].hidden = True
sheet.row_dimensions[3].hidden = True
month.save("month.xlsx")

print("openpyxl", [[cell or "" for cell in row] for row in openpyxl.load_workbook("month.xlsx").active.values])
print("calamine", CalamineWorkbook.from_path("month.xlsx").get_sheet_by_index(0).to_python())
print("pyexcel", pyexcel.get_array(file_name="month.xlsx"))
print("pyexcel, told not to", pyexcel.get_array(file_name="month.xlsx", skip_hidden_row_and_column=False))
print("xlsx2csv")
sys.stdout.flush()
Xlsx2csv("month.xlsx", lineterminator="\n").convert("month.csv")
print(open("month.csv").read(), end="")
PY
cat >read.mjs <<'JS'
import ExcelJS from 'exceljs'
import XLSX from 'xlsx'

const workbook = new ExcelJS.Workbook()
await workbook.xlsx.readFile('month.xlsx')
const rows = []
workbook.worksheets[0].eachRow((row) => rows.push(row.values.slice(1).join(' ')))
console.log('exceljs', rows)
console.log('SheetJS', XLSX.utils.sheet_to_json(XLSX.readFile('month.xlsx').Sheets.Sheet, { header: 1 }).map((row) => row.join(' ')))
JS
{ venv/bin/python read.py && node read.mjs; } | tee seen
diff seen - <<'SEEN'
openpyxl [['', '1', '2', '3', '4', '5'], ['Aoki', 'E', 'E', 'E', 'L', 'N'], ['Baba', 'L', '', '', '', ''], ['Chiba', 'N', 'N', '', 'E', 'E']]
calamine [['', '1', '2', '3', '4', '5'], ['Aoki', 'E', 'E', 'E', 'L', 'N'], ['Baba', 'L', '', '', '', ''], ['Chiba', 'N', 'N', '', 'E', 'E']]
pyexcel [['', '4', '5'], ['Aoki', 'L', 'N'], ['Chiba', 'E', 'E']]
pyexcel, told not to [['', '1', '2', '3', '4', '5'], ['Aoki', 'E', 'E', 'E', 'L', 'N'], ['Baba', 'L', '', '', '', ''], ['Chiba', 'N', 'N', '', 'E', 'E']]
xlsx2csv
,1,2,3,4,5
Aoki,E,E,E,L,N

Chiba,N,N,,E,E
exceljs [ ' 1 2 3 4 5', 'Aoki E E E L N', 'Baba L', 'Chiba N N  E E' ]
SheetJS [ ' 1 2 3 4 5', 'Aoki E E E L N', 'Baba L    ', 'Chiba N N  E E' ]
SEEN
echo 'as found'
