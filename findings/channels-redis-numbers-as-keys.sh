#!/usr/bin/env bash
# channels_redis 4.3.0, channels 4.3.2 (PyPI); needs redis-server on the PATH
#
# A message with numbers as keys, as of how many people each day needs ({1: 3}), passes the in-memory layer, which tests use. The
# layers in Redis take it too: group_send() returns. It is in receive() that it fails, on the consumer's side, and the message is gone; with
# the JSON serializer it arrives, its keys now texts. One message, three answers, and the sender never hears of it. Ours sends texts
# that were encoded once (docs/decisions/0042).
set -euo pipefail
folder=$(mktemp -d)
redis=
trap '[ -z "$redis" ] || kill "$redis"; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check channels_redis==4.3.0 channels==4.3.2

port=$(venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$folder" >redis.log &
redis=$!
until redis-cli -p "$port" ping >/dev/null 2>&1; do :; done

cat >keys.py <<'PY'
import asyncio
import sys

from channels.layers import InMemoryChannelLayer
from channels_redis.core import RedisChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer


async def main():
    hosts = [sys.argv[1]]
    layers = {
        "in memory": InMemoryChannelLayer(),
        "core": RedisChannelLayer(hosts=hosts),
        "core, JSON": RedisChannelLayer(hosts=hosts, serializer_format="json"),
        "pub/sub": RedisPubSubChannelLayer(hosts=hosts),
    }
    for name, layer in layers.items():
        channel = await layer.new_channel()
        await layer.group_add("room", channel)
        await layer.group_send("room", {"type": "need", "need": {1: 3}})
        try:
            print(f"{name}: sent, received", (await asyncio.wait_for(layer.receive(channel), 5))["need"])
        except ValueError as error:
            print(f"{name}: sent, not received:", error)


asyncio.run(main())
PY
venv/bin/python keys.py "redis://127.0.0.1:$port" | tee seen
diff seen - <<'SEEN'
in memory: sent, received {1: 3}
core: sent, not received: int is not allowed for map key when strict_map_key=True
core, JSON: sent, received {'1': 3}
pub/sub: sent, not received: int is not allowed for map key when strict_map_key=True
SEEN
echo 'as found'
