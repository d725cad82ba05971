#!/usr/bin/env bash
# csvtojson 2.0.14 (npm)
#
# A month as CSV whose days are written 11.29, 11.30, 12.1 above the columns. One guesses that a reader has a field for each heading, as this one
# has for 11/29 and for 29.11., with a dot behind. A dot within is a path to csvtojson, and a number in it a place in a list: the person has a
# list called 11, of 31 places, whose first 29 are null, and one called 12. Nothing of "11.29" is left, and who goes through the fields for days finds
# none. flatKeys keeps them. Ours reads rows by place, and then finds which one has the days (schedules/exports/text_rows.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund csvtojson@2.0.14 >/dev/null

cat >read.mjs <<'JS'
import csvtojson from 'csvtojson'

const months = {
  'name,11/29,11/30,12/1': 'Aoki,E,,N',
  'name,11.29,11.30,12.1': 'Aoki,E,,N',
  'name,11.1,11.2,11.10': 'Aoki,E,L,N',
  'name,29.11.,30.11.,1.12.': 'Aoki,E,,N',
}
for (const [days, row] of Object.entries(months)) {
  for (const flatKeys of [false, true]) {
    const [person] = await csvtojson({ flatKeys }).fromString(`${days}\n${row}\n`)
    console.log(days, flatKeys ? 'flat:' : '->', JSON.stringify(person))
  }
}
JS
node read.mjs | tee seen
diff seen - <<'SEEN'
name,11/29,11/30,12/1 -> {"name":"Aoki","11/29":"E","11/30":"","12/1":"N"}
name,11/29,11/30,12/1 flat: {"name":"Aoki","11/29":"E","11/30":"","12/1":"N"}
name,11.29,11.30,12.1 -> {"11":[null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,"E",""],"12":[null,"N"],"name":"Aoki"}
name,11.29,11.30,12.1 flat: {"name":"Aoki","11.29":"E","11.30":"","12.1":"N"}
name,11.1,11.2,11.10 -> {"11":[null,"E","L",null,null,null,null,null,null,null,"N"],"name":"Aoki"}
name,11.1,11.2,11.10 flat: {"name":"Aoki","11.1":"E","11.2":"L","11.10":"N"}
name,29.11.,30.11.,1.12. -> {"name":"Aoki","29.11.":"E","30.11.":"","1.12.":"N"}
name,29.11.,30.11.,1.12. flat: {"name":"Aoki","29.11.":"E","30.11.":"","1.12.":"N"}
SEEN
echo 'as found'
