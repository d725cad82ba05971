#!/usr/bin/env bash
# openpyxl 3.1.5 and python-calamine 0.9.1 (PyPI), exceljs 4.4.0, xlsx 0.18.5 and read-excel-file 9.3.17 (npm)
#
# Three days merged to one cell that says "leave". Where cells became one because a merged cell's format was painted over them, what stood
# in the others is still in the file, and nobody sees it. A guess has every library give "leave" and two empty cells. openpyxl does, unless the very
# same workbook is read with read_only=True: then the old symbols come back; so they do with calamine, SheetJS and read-excel-file.
# exceljs says "leave" on each of the three days, whatever stands there: who totals hours counts it thrice. Our import, which reads
# row by row, took the old symbols for shifts; it now leaves out what is covered (schedules/exports/workbook_parts.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 read-excel-file@9.3.17 >/dev/null

cat >month.py <<'PY'
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

book = Workbook()
book.active.append(["leave", "early", "late"])
book.save("plain.xlsx")
with ZipFile("plain.xlsx") as plain, ZipFile("month.xlsx", "w") as month:
    for name in plain.namelist():
        part = plain.read(name)
        merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'
        month.writestr(name, part.replace(b"</sheetData>", merged) if "sheet1.xml" in name else part)

for read_only in (False, True):
    sheet = load_workbook("month.xlsx", read_only=read_only).active
    print(f"openpyxl, read_only={read_only}:", *next(sheet.iter_rows(values_only=True)))
print("calamine:", *CalamineWorkbook.from_path("month.xlsx").get_sheet_by_index(0).to_python()[0])
PY
cat >month.mjs <<'JS'
import ExcelJS from 'exceljs'
import { readFileSync } from 'node:fs'
import readSheets from 'read-excel-file/node'
import * as XLSX from 'xlsx'

const book = new ExcelJS.Workbook()
await book.xlsx.readFile('month.xlsx')
console.log('exceljs:', ...book.worksheets[0].getRow(1).values.slice(1))
const read = XLSX.read(readFileSync('month.xlsx'))
console.log('xlsx:', ...XLSX.utils.sheet_to_json(read.Sheets[read.SheetNames[0]], { header: 1 })[0])
console.log('read-excel-file:', ...(await readSheets('month.xlsx'))[0].data[0])
JS
{ venv/bin/python month.py && node month.mjs; } | tee seen
diff seen - <<'SEEN'
openpyxl, read_only=False: leave None None
openpyxl, read_only=True: leave early late
calamine: leave early late
exceljs: leave leave leave
xlsx: leave early late
read-excel-file: leave early late
SEEN
echo 'as found'
