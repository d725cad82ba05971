#!/usr/bin/env bash
# pycrdt 0.14.13 (PyPI) with yjs 13.6.33 (npm)
#
# A note to a shift as a shared text: 早番のみ. Places in it are counted in letters by Python and by Yjs, and in bytes of UTF-8 by pycrdt, for
# which it is 12 long; its documentation speaks of an index. So insert() at str.index() does not put the words there: a place within a letter
# is taken, without an error, for the end. And what an observer is told of one and the same change is `retain: 2` in the browser
# and `retain: 6` on the server. In English notes all three agree. Ours replaces a note as a whole.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pycrdt==0.14.13
npm install --silent --no-audit --no-fund yjs@13.6.33 >/dev/null

cat >note.py <<'PY'
from pycrdt import Doc, Text

for note, before in (("early only", "only"), ("早番のみ", "のみ")):
    for place in (str(note).index(before), len(note[: note.index(before)].encode())):
        document = Doc()
        document["note"] = text = Text(note)
        told = []
        text.observe(lambda event: told.append(event.delta))
        length = len(text)
        text.insert(place, "★")
        print("pycrdt", note, f"is {length} long, at {place}:", text, told[0])
PY
cat >note.mjs <<'JS'
import * as Y from 'yjs'

for (const [note, before] of [['early only', 'only'], ['早番のみ', 'のみ']]) {
  const text = new Y.Doc().getText('note')
  text.insert(0, note)
  let told
  text.observe((event) => (told = JSON.stringify(event.delta)))
  const { length } = text
  text.insert(note.indexOf(before), '★')
  console.log('yjs', note, `is ${length} long, at ${note.indexOf(before)}:`, text.toString(), told)
}
JS
{ PYTHONUTF8=1 venv/bin/python note.py && node note.mjs; } | tee seen
diff seen - <<'SEEN'
pycrdt early only is 10 long, at 6: early ★only [{'retain': 6}, {'insert': '★'}]
pycrdt early only is 10 long, at 6: early ★only [{'retain': 6}, {'insert': '★'}]
pycrdt 早番のみ is 12 long, at 2: 早番のみ★ [{'retain': 12}, {'insert': '★'}]
pycrdt 早番のみ is 12 long, at 6: 早番★のみ [{'retain': 6}, {'insert': '★'}]
yjs early only is 10 long, at 6: early ★only [{"retain":6},{"insert":"★"}]
yjs 早番のみ is 4 long, at 2: 早番★のみ [{"retain":2},{"insert":"★"}]
SEEN
echo 'as found'
