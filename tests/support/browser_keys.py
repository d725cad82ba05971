"""A browser as push services know it: its keys, with which it reads what was pushed."""

import json
import secrets
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from shiftsync.notices.push import as_base64
from tests.support.receiver import Received


class Browser:
    """Subscribed at ``endpoint``, with a real pair of keys."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = secrets.token_bytes(16)

    def fields(self, language: str = "en") -> dict[str, str]:
        """What its page tells the server."""
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": as_base64(point), "auth": as_base64(self._secret)}
        return {"endpoint": self.endpoint, **keys, "language": language}

    def read(self, received: Received) -> dict[str, Any]:
        """What was pushed. Fails where it is for another browser."""
        body = http_ece.decrypt(received.body, private_key=self._key, auth_secret=self._secret, version="aes128gcm")
        told: dict[str, Any] = json.loads(body)
        return told


def is_signed(received: Received, public_key: str) -> bool:
    """Whether it comes from whoever has that key, as push services check it."""
    authorization = received.headers["authorization"]
    return authorization.endswith(f",k={public_key}") and bool(Vapid02.verify(authorization))
