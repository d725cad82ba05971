#!/usr/bin/env bash
# agate 1.14.2 (PyPI), the library below csvkit
#
# A month as CSV: a column for each day, N for a night and nothing for a day as usual; D1 and D2, or 1d and 2d, for two kinds of days. agate looks
# at a column as a whole, and one guesses that letters are text. On a day with nothing but nights N is "no", and everybody's night becomes
# False; a day with a D as well is text. A column of 1d and 2d is lengths of time, 24 and 48 hours; 7:30 is seven minutes and a half; "-" stays, and a
# lone dot or n/a is nothing. So what a symbol is depends on the colleagues' that day. Ours reads each cell of such files as text
# (schedules/exports/text_rows.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check agate==1.14.2

cat >month.csv <<'CSV'
name,1,2,3,4,5,6
Aoki,N,N,1d,D1,7:30,-
Baba,,,2d,D2,8:00,.
Chiba,N,D,,D1,,-
CSV
cat >read.py <<'PY'
import agate

table = agate.Table.from_csv("month.csv")
for column in table.columns[1:]:
    print(column.name, type(column.data_type).__name__, *column.values(), sep=", ")
PY
venv/bin/python read.py | tee seen
diff seen - <<'SEEN'
1, Boolean, False, None, False
2, Text, N, None, D
3, TimeDelta, 1 day, 0:00:00, 2 days, 0:00:00, None
4, Text, D1, D2, D1
5, TimeDelta, 0:07:30, 0:08:00, None
6, Text, -, None, -
SEEN
echo 'as found'
