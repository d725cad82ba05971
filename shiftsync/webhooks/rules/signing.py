"""Signatures of the Standard Webhooks specification (version 1.0.0): HMAC-SHA256 over id, time and body."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256

PREFIX = "whsec_"


def as_secret(key: bytes) -> str:
    """A key as it is shown to people."""
    return PREFIX + b64encode(key).decode()


def signed_headers(event_id: str, moment: int, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """The headers of a delivery that is attempted at ``moment`` (Unix seconds): a signature for each secret that counts."""
    content = b".".join((event_id.encode(), str(moment).encode(), body))
    signatures = (hmac.new(b64decode(each.removeprefix(PREFIX)), content, sha256).digest() for each in secrets)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(f"v1,{b64encode(each).decode()}" for each in signatures),
    }
