#!/usr/bin/env bash
# tinybase 10.0.1 (npm)
#
# A MergeableStore is TinyBase's for many clients, and has the calls of its usual one. addRow() is documented to return a unique id. Two managers, each
# out of reach of the other, add somebody: Aoki, and Baba with a note. Both rows get the id 0, and once the stores are merged they are one person: Baba,
# or Aoki with Baba's note, as the clocks and the filled columns have it. The other one is gone, in both stores, and nothing says so. The
# id of a removed row is given again as well, so that a note meant for Chiba, who has left, is on Doi. Ids must come from elsewhere, by
# setRow(); ours are UUIDs (shiftsync/core/ids.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tinybase@10.0.1 >/dev/null

cat >add.mjs <<'JS'
import { createMergeableStore } from 'tinybase'

const pair = () => {
  let now = 1_790_000_000_000
  return ['one', 'other'].map((name) => createMergeableStore(name, () => (now += 1000)))
}
const people = (store) => JSON.stringify(store.getTable('people'))
{
  const [one, other] = pair()
  const ids = [one.addRow('people', { name: 'Aoki' }), other.addRow('people', { name: 'Baba', note: 'late only' })]
  one.merge(other)
  console.log('ids', ...ids, '->', people(one), people(other))
}
{
  const [one, other] = pair()
  const ids = [one.addRow('people', { name: 'Baba', note: 'late only' }), other.addRow('people', { name: 'Aoki' })]
  one.merge(other)
  console.log('ids', ...ids, '->', people(one), people(other))
}
{
  const [one, other] = pair()
  const gone = one.addRow('people', { name: 'Chiba' })
  one.merge(other)
  one.delRow('people', gone)
  const next = one.addRow('people', { name: 'Doi' })
  other.setCell('people', gone, 'note', 'ends in May')
  one.merge(other)
  console.log('ids', gone, next, '->', people(one), people(other))
}
JS
node add.mjs | tee seen
diff seen - <<'SEEN'
ids 0 0 -> {"0":{"name":"Baba","note":"late only"}} {"0":{"name":"Baba","note":"late only"}}
ids 0 0 -> {"0":{"name":"Aoki","note":"late only"}} {"0":{"name":"Aoki","note":"late only"}}
ids 0 0 -> {"0":{"name":"Doi","note":"ends in May"}} {"0":{"name":"Doi","note":"ends in May"}}
SEEN
echo 'as found'
