#!/usr/bin/env bash
# daphne 4.2.3, websockets 17.4 (PyPI)
#
# Daphne ends each WebSocket after `websocket_timeout`, 86,400 seconds unless told otherwise, however busy it is: it is an age, not an idleness. It
# does so with 1000, "normal closure", which many clients take as said by their own side, and do not connect again. So a schedule that is
# left open on the kitchen's screen falls silent on its second day, and no test lasts that long. Seen here with two seconds. Servers of ours are
# uvicorn's, and our client connects again after 1000 too (frontend/src/realtime/transport/connection.ts).
set -euo pipefail
folder=$(mktemp -d)
daphne=
trap '[ -z "$daphne" ] || kill "$daphne" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check daphne==4.2.3 websockets==17.4

venv/bin/python -c 'from daphne.cli import CommandLineInterface as c; print("by default", c().parser.get_default("websocket_timeout"), "seconds")' >seen
cat >app.py <<'PY'
async def application(scope, receive, send):
    while (event := await receive())["type"] != "websocket.disconnect":
        if event["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
        else:
            await send({"type": "websocket.send", "text": event["text"]})
PY
port=$(venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
venv/bin/daphne --bind 127.0.0.1 --port "$port" --websocket_timeout 2 app:application >log 2>&1 &
daphne=$!
until grep -q 'Listening on' log; do kill -0 "$daphne"; done

cat >talk.py <<'PY'
import asyncio
import sys

from websockets import ConnectionClosed, connect


async def main():
    async with connect(f"ws://127.0.0.1:{sys.argv[1]}/") as socket:
        try:
            for _ in range(300):
                await socket.send("still here")
                await socket.recv()
                await asyncio.sleep(0.1)
            print("open after thirty seconds")
        except ConnectionClosed:
            print("ended in the middle of a talk with", socket.close_code, repr(socket.close_reason))


asyncio.run(main())
PY
venv/bin/python talk.py "$port" | tee -a seen
diff seen - <<'SEEN'
by default 86400 seconds
ended in the middle of a talk with 1000 ''
SEEN
echo 'as found'
