#!/usr/bin/env bash
# reconnecting-websocket 4.4.0 and partysocket 1.3.0 (npm), with ws 8.23.0
#
# Both keep what is sent while there is no connection, and send it once there is one. A client that must say who it is, or what it has
# seen, does so in `onopen`, and one guesses that this goes first. The kept messages go before it: the server gets the edits of the time
# without a connection from somebody it does not know yet, and refuses them or ends the connection. Kept edits belong behind the greeting,
# in a queue of one's own; ours sends them once it has caught up (frontend/src/realtime).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund reconnecting-websocket@4.4.0 partysocket@1.3.0 ws@8.23.0 >/dev/null

cat >queue.mjs <<'JS'
import { WebSocket as PartySocket } from 'partysocket'
import Reconnecting from 'reconnecting-websocket'
import WebSocket, { WebSocketServer } from 'ws'

globalThis.WebSocket ??= WebSocket
for (const [name, Socket] of Object.entries({ 'reconnecting-websocket': Reconnecting, partysocket: PartySocket })) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const got = []
  const all = new Promise((resolve) =>
    server.on('connection', (each) => each.on('message', (text) => got.push(String(text)) === 3 && resolve())),
  )
  const socket = new Socket(`ws://127.0.0.1:${server.address().port}`, [], { WebSocket })
  socket.onopen = () => socket.send('I am Aoki')
  socket.send('edit 1')
  socket.send('edit 2')
  await all
  console.log(`${name}:`, got.join(', '))
  socket.close()
  for (const each of server.clients) each.terminate()
  server.close()
}
JS
node queue.mjs | tee seen
diff seen - <<'SEEN'
reconnecting-websocket: edit 1, edit 2, I am Aoki
partysocket: edit 1, edit 2, I am Aoki
SEEN
echo 'as found'
