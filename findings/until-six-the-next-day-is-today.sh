#!/usr/bin/env bash
# chrono-node 2.10.3 (npm), its Japanese
#
# Hours that somebody can work, as people write them: 11月1日 22:00〜翌6:00, from ten in the evening to six on the day after. chrono has Japanese, and
# hours past midnight: 11月1日 22:00〜6:00 ends at six on the second. With 翌, "of the day after", the one word that makes it plain, the same
# hours are two finds: a moment without an end, and six o'clock on the day on which it is read. 16日〜20日 loses its end; 25:30 is passed
# over and leaves noon; 明日の夜10時, ten tomorrow night, is tomorrow's noon and ten this morning. Ours has fields for times
# (schedules/rules/times.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund chrono-node@2.10.3 >/dev/null

cat >hours.mjs <<'JS'
import { ja } from 'chrono-node'

const read = new Date(2026, 9, 20, 12)
const shown = (part) => part.date().toLocaleString('sv').slice(0, 16)
for (const text of ['11月1日 22:00-6:00', '11月1日 22:00〜6:00', '11月1日 22:00〜翌6:00', '11月1日午後10時から翌朝6時', '11月16日〜20日', '11月1日 25:30', '明日の夜10時']) {
  const found = ja.parse(text, read).map((each) => (each.end ? `${shown(each.start)} to ${shown(each.end)}` : shown(each.start)))
  console.log(text, '->', found.join(', and '))
}
JS
TZ=Asia/Tokyo node hours.mjs | tee seen
diff seen - <<'SEEN'
11月1日 22:00-6:00 -> 2026-11-01 22:00 to 2026-11-02 06:00
11月1日 22:00〜6:00 -> 2026-11-01 22:00 to 2026-11-02 06:00
11月1日 22:00〜翌6:00 -> 2026-11-01 22:00, and 2026-10-20 06:00
11月1日午後10時から翌朝6時 -> 2026-11-01 22:00, and 2026-10-20 06:00
11月16日〜20日 -> 2026-11-16 12:00
11月1日 25:30 -> 2026-11-01 12:00
明日の夜10時 -> 2026-10-21 12:00, and 2026-10-20 10:00
SEEN
echo 'as found'
