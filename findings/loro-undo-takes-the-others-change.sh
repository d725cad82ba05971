#!/usr/bin/env bash
# loro-crdt 1.17.1 and yjs 13.6.33 (npm)
#
# Aoki sets a cell from free to early; Baba then, having seen it, to late; Aoki takes back the last thing that Aoki did. Loro's UndoManager, which
# undoes local changes only, writes free over Baba's late, for both. Yjs's leaves late, if Baba's update was applied with an origin; without one, as
# most examples have it, Baba's change counts for Aoki's own and is the one taken back. A shared plan must know whose a change is, and see
# that the cell is no longer what its author had set; ours then asks (schedules/services/undo.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund loro-crdt@1.17.1 yjs@13.6.33 >/dev/null

cat >undo.mjs <<'JS'
import { LoroDoc, UndoManager } from 'loro-crdt'
import * as Y from 'yjs'

{
  const [aoki, baba] = [new LoroDoc(), new LoroDoc()]
  const set = (who, other, symbol) => {
    who.getMap('cells').set('1 Nov', symbol)
    who.commit()
    other.import(who.export({ mode: 'update' }))
  }
  set(aoki, baba, 'free')
  const undo = new UndoManager(aoki, { mergeInterval: 0 })
  set(aoki, baba, 'early')
  set(baba, aoki, 'late')
  undo.undo()
  baba.import(aoki.export({ mode: 'update' }))
  console.log('Loro:', aoki.toJSON().cells['1 Nov'], baba.toJSON().cells['1 Nov'])
}
for (const origin of ['Baba', null]) {
  const [aoki, baba] = [new Y.Doc(), new Y.Doc()]
  const set = (who, other, symbol) => {
    who.getMap('cells').set('1 Nov', symbol)
    Y.applyUpdate(other, Y.encodeStateAsUpdate(who), origin)
  }
  set(aoki, baba, 'free')
  const undo = new Y.UndoManager(aoki.getMap('cells'), { captureTimeout: 0 })
  set(aoki, baba, 'early')
  set(baba, aoki, 'late')
  undo.undo()
  Y.applyUpdate(baba, Y.encodeStateAsUpdate(aoki), origin)
  console.log(`Yjs, origin ${origin}:`, aoki.getMap('cells').get('1 Nov'), baba.getMap('cells').get('1 Nov'))
}
JS
node undo.mjs | tee seen
diff seen - <<'SEEN'
Loro: free free
Yjs, origin Baba: late late
Yjs, origin null: early early
SEEN
echo 'as found'
