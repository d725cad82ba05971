#!/usr/bin/env bash
# hyperformula 3.5.0 (npm)
#
# か is a shift on the counter and が one with the guests; a sheet counts them and turns them into hours. HyperFormula, the formulas of
# many tables in the browser, has ="か"="が" as TRUE, and so IF() pays eight hours for both; COUNTIF() and EXACT() tell the two apart. In the settings it is
# `accentSensitive`, off by default, of which one thinks é. 休 and ㊡, or 1 and ①, are one to it in either setting. And TEXT() with "[h]:mm", the
# usual format of a month's total, shows [16]:00 for 160 hours; only "[hh]:mm" is known. Ours looks a symbol up by its text
# (frontend/src/grid/totals.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund hyperformula@3.5.0 >/dev/null

cat >sheet.mjs <<'JS'
import { HyperFormula } from 'hyperformula'

const formulas = [
  '="か"="が"',
  '=IF(B1="か",8,4)',
  '=COUNTIF(A1:B1,"か")',
  '=EXACT("か","が")',
  '="休"="㊡"',
  '="1"="①"',
  '=TEXT(160/24,"[h]:mm")',
  '=TEXT(160/24,"[hh]:mm")',
]
for (const accentSensitive of [false, true]) {
  const sheet = HyperFormula.buildFromArray([['か', 'が'], formulas], { licenseKey: 'gpl-v3', accentSensitive })
  console.log(`accentSensitive: ${accentSensitive}`)
  formulas.forEach((formula, col) => console.log(formula, sheet.getCellValue({ sheet: 0, row: 1, col })))
}
JS
node sheet.mjs | tee seen
diff seen - <<'SEEN'
accentSensitive: false
="か"="が" true
=IF(B1="か",8,4) 8
=COUNTIF(A1:B1,"か") 1
=EXACT("か","が") false
="休"="㊡" true
="1"="①" true
=TEXT(160/24,"[h]:mm") [16]:00
=TEXT(160/24,"[hh]:mm") 160:00
accentSensitive: true
="か"="が" false
=IF(B1="か",8,4) 4
=COUNTIF(A1:B1,"か") 1
=EXACT("か","が") false
="休"="㊡" true
="1"="①" true
=TEXT(160/24,"[h]:mm") [16]:00
=TEXT(160/24,"[hh]:mm") 160:00
SEEN
echo 'as found'
