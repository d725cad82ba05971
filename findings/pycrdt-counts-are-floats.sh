#!/usr/bin/env bash
# pycrdt 0.14.13 (PyPI) with yjs 13.6.33 (npm)
#
# A shared document holds how many people a shift needs: 3. Yjs has one kind of number, so that a guess expects a 3 from the browser to
# come as an integer, or at worst as a float. pycrdt gives 3.0 for every number below 2**53, even for one that this very Python document was
# given as an int a line before; above, it is an int in Python and a BigInt in the browser, which JSON.stringify() refuses. So
# range(need) fails, and "3.0 people" is shown; a test in Python that compares with == 3 sees nothing. Ours sends JSON with integers
# that its schema requires (docs/protocol.schema.json).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pycrdt==0.14.13
npm install --silent --no-audit --no-fund yjs@13.6.33 >/dev/null

cat >browser.mjs <<'JS'
import { readFileSync, writeFileSync } from 'node:fs'
import * as Y from 'yjs'

const doc = new Y.Doc()
if (process.argv[2] === 'write') {
  doc.getMap('shift').set('need', 3)
  writeFileSync('update', Y.encodeStateAsUpdate(doc))
} else {
  Y.applyUpdate(doc, readFileSync('update'))
  for (const name of ['need', 'large']) console.log('Yjs from Python:', name, typeof doc.getMap('shift').get(name))
}
JS
cat >server.py <<'PY'
import sys

from pycrdt import Doc, Map

doc = Doc()
shift = doc.get("shift", type=Map)
if sys.argv[1] == "read":
    doc.apply_update(open("update", "rb").read())
    print("Python from Yjs: need", repr(shift["need"]))
else:
    shift["need"] = 3
    shift["large"] = 2**53 + 1
    print("Python from itself: need", repr(shift["need"]), "large", repr(shift["large"]))
    open("update", "wb").write(doc.get_update())
PY
{
  node browser.mjs write
  venv/bin/python server.py read
  venv/bin/python server.py write
  node browser.mjs read
} | tee seen
diff seen - <<'SEEN'
Python from Yjs: need 3.0
Python from itself: need 3.0 large 9007199254740993
Yjs from Python: need number
Yjs from Python: large bigint
SEEN
echo 'as found'
