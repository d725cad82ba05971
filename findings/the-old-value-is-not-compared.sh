#!/usr/bin/env bash
# sharedb 7.0.0 with its ot-json0 1.1.0 (npm)
#
# An edit of ShareDB's usual type says what was there and what shall be: od "free", oi "late". That looks like a compare-and-set, so one guesses that
# whoever has an old page in front of them is refused. od is compared with nothing. Baba's client has Aoki's "early", sends "free to late" from a dialog that
# was opened before, and it is taken: Aoki's change is gone without a conflict. The way back is made from od: it writes "free", which
# neither of them wants. From "night", which never was there, is taken as well. A change must be compared by the server with what its author saw,
# as ours is by its version (docs/protocol.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sharedb@7.0.0 >/dev/null

cat >replace.mjs <<'JS'
import ShareDB from 'sharedb'

const json0 = ShareDB.types.defaultType
const server = new ShareDB()
const done = (call) => new Promise((answered) => call((error) => answered(error ? `refused (${error.code})` : 'taken')))
const [aoki, baba] = [1, 2].map(() => server.connect().get('plans', 'November'))
await done((answer) => aoki.create({ third: 'free' }, answer))
await done((answer) => baba.fetch(answer))

const early = [{ p: ['third'], od: 'free', oi: 'early' }]
const late = [{ p: ['third'], od: 'free', oi: 'late' }]
console.log('Aoki, free to early:', await done((answer) => aoki.submitOp(early, answer)), aoki.data)
await done((answer) => baba.fetch(answer))
console.log('Baba has read:', baba.data)
console.log('Baba, free to late:', await done((answer) => baba.submitOp(late, answer)), baba.data)
console.log('and back:', await done((answer) => baba.submitOp(json0.invert(late), answer)), baba.data)
console.log('night to late:', await done((answer) => baba.submitOp([{ p: ['third'], od: 'night', oi: 'late' }], answer)), baba.data)
JS
node replace.mjs | tee seen
diff seen - <<'SEEN'
Aoki, free to early: taken { third: 'early' }
Baba has read: { third: 'early' }
Baba, free to late: taken { third: 'late' }
and back: taken { third: 'free' }
night to late: taken { third: 'late' }
SEEN
echo 'as found'
