#!/usr/bin/env bash
# yjs 13.6.33, @automerge/automerge 3.5.0, loro-crdt 1.17.1 (npm)
#
# A month as a map of days, each a map of people. Two managers, each out of reach of the other, are the first to enter somebody on 1 November:
# Aoki early, Baba late. Two entries of different people do not clash, one guesses, and merge. Each has made a map for the day, and one map
# wins: of the two entries one is gone in all three libraries, for both managers, and nothing warns of it (Automerge alone can be asked for
# conflicts). Loro's getOrCreateContainer() makes no difference. On a day that has an entry both are kept, so that a test with a filled
# month does not see it. Maps must be flat ("1 November/Aoki"), or made by one side. Ours are rows of a table, each with its day and person.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund yjs@13.6.33 @automerge/automerge@3.5.0 loro-crdt@1.17.1 >/dev/null

cat >first.mjs <<'JS'
import * as Automerge from '@automerge/automerge'
import { LoroDoc, LoroMap } from 'loro-crdt'
import * as Y from 'yjs'

const entries = [['Aoki', 'early'], ['Baba', 'late']]
const count = (name, days) => console.log(name, Object.keys(days['1 November']).length, 'of 2')

const ofYjs = entries.map(([person, symbol], index) => {
  const month = new Y.Doc()
  month.clientID = index + 1
  const day = new Y.Map()
  month.getMap('days').set('1 November', day)
  day.set(person, symbol)
  return month
})
for (const [one, other] of [ofYjs, ofYjs.toReversed()]) Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
for (const month of ofYjs) count('Yjs', month.getMap('days').toJSON())

const empty = Automerge.from({ days: {} })
const [one, other] = entries.map(([person, symbol]) =>
  Automerge.change(Automerge.clone(empty), (month) => {
    month.days['1 November'] = { [person]: symbol }
  }),
)
count('Automerge', Automerge.merge(Automerge.clone(one), other).days)
count('Automerge', Automerge.merge(Automerge.clone(other), one).days)

for (const make of ['setContainer', 'getOrCreateContainer']) {
  const ofLoro = entries.map(([person, symbol]) => {
    const month = new LoroDoc()
    month.getMap('days')[make]('1 November', new LoroMap()).set(person, symbol)
    month.commit()
    return month
  })
  for (const [one, other] of [ofLoro, ofLoro.toReversed()]) one.import(other.export({ mode: 'update' }))
  for (const month of ofLoro) count(`Loro ${make}`, month.toJSON().days)
}
JS
node first.mjs | tee seen
diff seen - <<'SEEN'
Yjs 1 of 2
Yjs 1 of 2
Automerge 1 of 2
Automerge 1 of 2
Loro setContainer 1 of 2
Loro setContainer 1 of 2
Loro getOrCreateContainer 1 of 2
Loro getOrCreateContainer 1 of 2
SEEN
echo 'as found'
