#!/usr/bin/env bash
# dayjs 1.11.23 and luxon 3.7.2 (npm)
#
# Somebody's hours in a month, 160, shown with the format HH:mm. dayjs.duration(160, 'hours') says 16:00, and so does the same time
# given in minutes; dayjs.duration({ hours: 160, minutes: 0 }) says 160:00, and without its minutes 160:undefined. A number is divided into
# days and what is left of them, an object is kept as it was given, and the format shows the part called hours. Up to a day's work nothing is to be seen; the total of a month is
# wrong by whole days, and adding to the right one makes it wrong. luxon says 160:00 each time. Who shows
# totals divides the minutes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dayjs@1.11.23 luxon@3.7.2 >/dev/null

cat >hours.mjs <<'JS'
import dayjs from 'dayjs'
import duration from 'dayjs/plugin/duration.js'
import { Duration } from 'luxon'

dayjs.extend(duration)
const shown = (length) => length.format('HH:mm')
console.log("dayjs 8, 'hours'        ", shown(dayjs.duration(8, 'hours')))
console.log("dayjs 160, 'hours'      ", shown(dayjs.duration(160, 'hours')))
console.log("dayjs 9600, 'minutes'   ", shown(dayjs.duration(9600, 'minutes')))
const given = { hours: 160, minutes: 0 }
console.log('dayjs given as parts    ', shown(dayjs.duration(given)))
console.log('dayjs hours alone       ', shown(dayjs.duration({ hours: 160 })))
console.log('dayjs parts, and nothing', shown(dayjs.duration(given).add(0, 'hours')))
console.log('luxon { hours: 160 }    ', Duration.fromObject({ hours: 160 }).toFormat('hh:mm'))
console.log('luxon { minutes: 9600 } ', Duration.fromObject({ minutes: 9600 }).toFormat('hh:mm'))
JS
node hours.mjs | tee seen
diff seen - <<'SEEN'
dayjs 8, 'hours'         08:00
dayjs 160, 'hours'       16:00
dayjs 9600, 'minutes'    16:00
dayjs given as parts     160:00
dayjs hours alone        160:undefined
dayjs parts, and nothing 16:00
luxon { hours: 160 }     160:00
luxon { minutes: 9600 }  160:00
SEEN
echo 'as found'
