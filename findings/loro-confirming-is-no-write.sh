#!/usr/bin/env bash
# loro-crdt 1.17.1 and yjs 13.6.33 (npm)
#
# A cell says late. One manager, offline, sets it to late again, to be sure of it; another one, at the same time, to early. A guess has two writes,
# and one wins by a fixed order. With Yjs it is the higher client's. Loro drops a write of the value that is there, and early wins whoever
# has the higher number: what somebody confirmed is gone, without a conflict. A protocol that should keep it needs to say "I saw late and
# mean it", as a change with the version that its author saw does (docs/protocol.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund loro-crdt@1.17.1 yjs@13.6.33 >/dev/null

cat >confirm.mjs <<'JS'
import { LoroDoc } from 'loro-crdt'
import * as Y from 'yjs'

for (const [confirming, changing] of [[9, 2], [2, 9]]) {
  const [one, other] = [new LoroDoc(), new LoroDoc()]
  one.setPeerId(BigInt(confirming))
  other.setPeerId(BigInt(changing))
  one.getMap('cells').set('1 Nov', 'late')
  other.import(one.export({ mode: 'update' }))
  one.getMap('cells').set('1 Nov', 'late')
  other.getMap('cells').set('1 Nov', 'early')
  one.import(other.export({ mode: 'update' }))
  console.log(`Loro, ${confirming} confirms, ${changing} changes:`, one.toJSON().cells['1 Nov'])
}
for (const [confirming, changing] of [[9, 2], [2, 9]]) {
  const [one, other] = [new Y.Doc(), new Y.Doc()]
  one.clientID = confirming
  other.clientID = changing
  one.getMap('cells').set('1 Nov', 'late')
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
  one.getMap('cells').set('1 Nov', 'late')
  other.getMap('cells').set('1 Nov', 'early')
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
  console.log(`Yjs, ${confirming} confirms, ${changing} changes:`, one.getMap('cells').get('1 Nov'))
}
JS
node confirm.mjs | tee seen
diff seen - <<'SEEN'
Loro, 9 confirms, 2 changes: early
Loro, 2 confirms, 9 changes: early
Yjs, 9 confirms, 2 changes: late
Yjs, 2 confirms, 9 changes: early
SEEN
echo 'as found'
