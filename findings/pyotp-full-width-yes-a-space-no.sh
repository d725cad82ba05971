#!/usr/bin/env bash
# pyotp 2.12.1 (PyPI) and otplib 13.5.0 (npm)
#
# A one-time code typed with a Japanese input method on comes in full-width digits, and apps show it with a space in the middle. pyotp takes
# the full-width one, which a guess has it refuse (it compares after NFKC), and refuses the code as the app shows it: "123 456". otplib
# takes neither. So a server that trusts its library sends people back with a right code, and counts it as a wrong guess. Ours takes both
# (shiftsync/tenants/second_factor.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyotp==2.12.1
npm install --silent --no-audit --no-fund otplib@13.5.0 >/dev/null

cat >ask.py <<'PY'
import pyotp

codes = pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
code = codes.at(0)
written = {
    "plain": code,
    "full-width": code.translate({ord("0") + digit: ord("０") + digit for digit in range(10)}),
    "with a space": f"{code[:3]} {code[3:]}",
}
for name, text in written.items():
    print("pyotp", name, codes.verify(text, for_time=0))
PY
cat >ask.mjs <<'JS'
import { generate, verify } from 'otplib'

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const code = await generate({ secret, epoch: 0 })
const written = {
  plain: code,
  'full-width': code.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  'with a space': `${code.slice(0, 3)} ${code.slice(3)}`,
}
for (const [name, token] of Object.entries(written))
  console.log('otplib', name, await verify({ secret, token, epoch: 0 }).then((told) => told.valid, (error) => error.message))
JS
{ venv/bin/python ask.py && node ask.mjs; } | tee seen
diff seen - <<'SEEN'
pyotp plain True
pyotp full-width True
pyotp with a space False
otplib plain true
otplib full-width Token must contain only digits
otplib with a space Token must be 6 digits, got 7
SEEN
echo 'as found'
