#!/usr/bin/env bash
# channels_redis 4.3.0, channels 4.3.2 (PyPI); needs redis-server on the PATH
#
# The pub/sub layer takes the core layer's `capacity` (it takes any keyword) and has no use for it: a channel that nobody reads grows
# without end in the process, and send() never raises ChannelFull. The core layer keeps the bound in two ways: send() raises, group_send() drops the newest
# messages without a word. A server whose clients may be slow must bound its own queues, and must not take a group message as
# delivered with either.
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

cat >capacity.py <<'PY'
import asyncio
import sys

from channels.exceptions import ChannelFull
from channels_redis.core import RedisChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer


async def waiting(layer, channel):
    got = []
    try:
        while True:
            got.append((await asyncio.wait_for(layer.receive(channel), 1))["number"])
    except TimeoutError:
        return got


async def sends(layer, channel):
    for number in range(10):
        try:
            await layer.send(channel, {"type": "news", "number": number})
        except ChannelFull:
            return f"full after {number}"
    return "never full"


async def main():
    for kind in (RedisChannelLayer, RedisPubSubChannelLayer):
        layer = kind(hosts=[sys.argv[1]], capacity=3)
        channel = await layer.new_channel()
        await layer.group_add("room", channel)
        for number in range(10):
            await layer.group_send("room", {"type": "news", "number": number})
        print(kind.__name__, "group:", *await waiting(layer, channel))
        print(kind.__name__, "send:", await sends(layer, channel))


asyncio.run(main())
PY
venv/bin/python capacity.py "redis://127.0.0.1:$port" | tee seen
diff seen - <<'SEEN'
RedisChannelLayer group: 0 1 2
RedisChannelLayer send: full after 3
RedisPubSubChannelLayer group: 0 1 2 3 4 5 6 7 8 9
RedisPubSubChannelLayer send: never full
SEEN
echo 'as found'
