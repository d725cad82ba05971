"""One notice to one browser: encrypted for it (RFC 8291), signed by the installation's key (RFC 8292), by the client that webhooks use.

The parts are those of pywebpush (``http_ece``, ``py_vapid``), not itself: it looks the address up after it was checked, follows
redirects, has no time-out, and brings two more HTTP clients along.
"""

import time
from urllib.parse import urlsplit

from django.conf import settings

from shiftsync.core.encoding import encode
from shiftsync.core.fence import within
from shiftsync.core.outward.http import Undelivered, post
from shiftsync.notices.push import from_base64, private_number, push_ended, push_key
from shiftsync.notices.sending.turns import Outcome, Parcel
from shiftsync.realtime.stream.database import run_db

MOST_BYTES = 3900
"""Of the text: push services take 4,096 bytes with the encryption's own."""
TTL_SECONDS = 2 * 24 * 3600
VALID_SECONDS = 12 * 3600
OVER = (404, 410)
LATER = (408, 425, 429)

Attempt = tuple[Outcome, str, float | None]


async def send_push(parcel: Parcel) -> Attempt:
    """Sends it; what became of it, why not, and after how many seconds to try again if the push service has said so."""
    target = parcel.browser
    assert target is not None, "a push is to a browser"
    try:
        headers, body = await run_db(sealed, parcel)
    except ValueError as error:
        return Outcome.REFUSED, f"It cannot be encrypted: {error}", None
    networks, seconds = settings.CONFIG.push_networks, settings.NOTICE_TIMEOUT_SECONDS
    try:
        answer = await post(target.endpoint, headers, body, networks=networks, seconds=seconds)
    except Undelivered as problem:
        return Outcome.AGAIN, str(problem), None
    if answer.is_success:
        return Outcome.SENT, "", None
    said = f"HTTP {answer.status} {answer.text[:100]}".strip()
    if answer.status in OVER:
        await run_db(_over, parcel)
        return Outcome.GONE, said, None
    is_lasting = 400 <= answer.status < 500 and answer.status not in LATER
    return (Outcome.REFUSED if is_lasting else Outcome.AGAIN), said, answer.retry_after


def sealed(parcel: Parcel) -> tuple[dict[str, str], bytes]:
    """The headers and the body. Raises ``ValueError`` for keys that are none."""
    import http_ece  # noqa: PLC0415 - a server that never pushes does without these
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as above
    from py_vapid import Vapid02  # noqa: PLC0415 - as above

    target = parcel.browser
    assert target is not None
    body = http_ece.encrypt(
        message_of(parcel),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=from_base64(target.p256dh),
        auth_secret=from_base64(target.auth),
        version="aes128gcm",
    )
    parts = urlsplit(target.endpoint)
    key = ec.derive_private_key(private_number(push_key().nonce), ec.SECP256R1())
    # A dict of its own each time: it is filled in.
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": _contact(), "exp": _until()}
    headers = {
        **Vapid02(private_key=key).sign(claims),
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(TTL_SECONDS),
        "Urgency": "normal",
        # One that is sent again takes the place of the one before while both wait at the push service.
        "Topic": parcel.notice_id.hex,
    }
    return headers, body


def message_of(parcel: Parcel) -> bytes:
    """What the page's service worker shows; the end of a long text is left out. ``id`` is the same in each attempt."""
    told = {
        "id": str(parcel.notice_id),
        "title": parcel.title,
        "restaurant": parcel.restaurant,
        "restaurantId": str(parcel.restaurant_id),
        "place": parcel.place,
        "language": parcel.language,
    }
    lines = parcel.text.splitlines()
    while len(body := encode({**told, "text": "\n".join(lines)}).encode()) > MOST_BYTES and lines:
        lines.pop()
    return body


def _over(parcel: Parcel) -> None:
    assert parcel.browser is not None
    with within(parcel.restaurant_id):
        push_ended(parcel.restaurant_id, parcel.browser.id)


def _contact() -> str:
    """Where push services find whoever runs this, as they ask for."""
    email, hosts = settings.CONFIG.email, settings.CONFIG.allowed_hosts
    if email is not None:
        return f"mailto:{email.sender}"
    host = next((each for each in hosts if "*" not in each and not each.startswith((".", "["))), "localhost")
    return f"https://{host}"


def _until() -> int:
    return int(time.time()) + VALID_SECONDS
