#!/usr/bin/env bash
# openpyxl 3.1.5 and python-calamine 0.9.1 (PyPI), exceljs 4.4.0 and xlsx 0.18.5 (npm)
#
# Excel saves a workbook as "Strict Open XML" too: the same ISO standard and the same ending, with other names for the same things. calamine,
# exceljs and SheetJS read it. openpyxl, which knows the common form only, opens a workbook without any sheet, and warns of "an invalid
# specification for 0". A server that goes through the sheets takes an empty month; one that wants a sheet calls a sound file damaged, as ours did, and its
# "save it again" could not help. It now reads them (schedules/exports/workbook_parts.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 >/dev/null

cat >strict.py <<'PY'
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

common = "http://schemas.openxmlformats.org/"
names = {
    "spreadsheetml/2006/main": "spreadsheetml/main",
    "drawingml/2006/main": "drawingml/main",
    "officeDocument/2006/relationships": "officeDocument/relationships",
    "officeDocument/2006/extended-properties": "officeDocument/extendedProperties",
}
book = Workbook()
book.active.append(["Aoki", "early", "late"])
book.save("common.xlsx")
with ZipFile("common.xlsx") as plain, ZipFile("strict.xlsx", "w") as strict:
    for name in plain.namelist():
        part = plain.read(name).decode()
        for one, other in names.items():
            part = part.replace(common + one, f"http://purl.oclc.org/ooxml/{other}")
        if name == "xl/workbook.xml":
            part = part.replace("<workbook ", '<workbook conformance="strict" ', 1)
        strict.writestr(name, part)

for file in ("common.xlsx", "strict.xlsx"):
    print(file, "openpyxl:", len(load_workbook(file).worksheets), "sheets")
    print(file, "calamine:", *CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python())
PY
cat >strict.mjs <<'JS'
import ExcelJS from 'exceljs'
import { readFileSync } from 'node:fs'
import * as XLSX from 'xlsx'

const book = new ExcelJS.Workbook()
await book.xlsx.readFile('strict.xlsx')
console.log('strict.xlsx exceljs:', book.worksheets[0].getRow(1).values.slice(1))
const read = XLSX.read(readFileSync('strict.xlsx'))
console.log('strict.xlsx xlsx:', XLSX.utils.sheet_to_json(read.Sheets[read.SheetNames[0]], { header: 1 })[0])
JS
{ venv/bin/python -W ignore strict.py && node strict.mjs; } | tee seen
diff seen - <<'SEEN'
common.xlsx openpyxl: 1 sheets
common.xlsx calamine: ['Aoki', 'early', 'late']
strict.xlsx openpyxl: 0 sheets
strict.xlsx calamine: ['Aoki', 'early', 'late']
strict.xlsx exceljs: [ 'Aoki', 'early', 'late' ]
strict.xlsx xlsx: [ 'Aoki', 'early', 'late' ]
SEEN
echo 'as found'
