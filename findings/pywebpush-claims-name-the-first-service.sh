#!/usr/bin/env bash
# pywebpush 2.5.0 (PyPI)
#
# webpush() completes the vapid_claims that it is given in place: it adds the push service of this subscription as "aud" and a time
# as "exp". A later call renews an "exp" that is past, and leaves an "aud" as it is. With one dictionary for a whole team, the second
# browser's service gets a token for the first one's, which a real service refuses. Each call needs claims of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pywebpush==2.5.0 py-vapid==1.9.6

cat >push.py <<'PY'
import base64
import http.server
import json
import os
import threading

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid
from pywebpush import webpush


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class PushService(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        token = self.headers["Authorization"].split("t=")[1].split(",")[0]
        claims = token.split(".")[1]
        audience = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["aud"]
        own = f"http://127.0.0.1:{self.server.server_port}"
        print("token for this service" if audience == own else "token for the other service")
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_):
        pass


services = [http.server.HTTPServer(("127.0.0.1", 0), PushService) for _ in range(2)]
for service in services:
    threading.Thread(target=service.serve_forever, daemon=True).start()
browser = ec.generate_private_key(ec.SECP256R1()).public_key()
point = browser.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
server_key = Vapid()
server_key.generate_keys()


def push(service, claims):
    keys = {"p256dh": base64url(point), "auth": base64url(os.urandom(16))}
    subscription = {"endpoint": f"http://127.0.0.1:{service.server_port}/push", "keys": keys}
    webpush(subscription, b"published", vapid_private_key=server_key, vapid_claims=claims)


shared = {"sub": "mailto:owner@example.com"}
for service in services:
    push(service, shared)
print("the dictionary now has", *sorted(shared))
for service in services:
    push(service, {"sub": "mailto:owner@example.com"})
PY
venv/bin/python push.py | tee seen
diff seen - <<'SEEN'
token for this service
token for the other service
the dictionary now has aud exp sub
token for this service
token for this service
SEEN
echo 'as found'
