"""As much of Yjs and Hocuspocus as a client needs that sets keys of one map: the bytes of lib0's encoding.

A frame begins with the document's name and the kind of message; an update holds one item, the key's new value.
"""

SYNC, AUTH, STATUS = 0, 2, 8
UPDATE = 2
TOKEN, AUTHENTICATED = 0, 2
ANY_ITEM, HAS_ORIGIN, HAS_KEY = 8, 0x80, 0x20
TEXT = 119


def number(value: int) -> bytes:
    """A variable-length unsigned integer."""
    out = bytearray()
    while value > 0x7F:
        out.append(0x80 | (value & 0x7F))
        value >>= 7
    out.append(value)
    return bytes(out)


def text(value: str) -> bytes:
    """A length and UTF-8."""
    body = value.encode()
    return number(len(body)) + body


def authentication(name: str) -> bytes:
    """What a client sends first."""
    return text(name) + number(AUTH) + number(TOKEN) + text("bench")


def is_let_in(frame: bytes) -> bool:
    """Whether the frame says that the client is let in."""
    return _content(frame)[:2] == bytes((AUTH, AUTHENTICATED))


def is_applied(frame: bytes) -> bool:
    """Whether the frame says that the client's update was applied."""
    return _content(frame) == bytes((STATUS, 1))


def _content(frame: bytes) -> bytes:
    # A name of ours is shorter than 128 bytes, so its length is one byte.
    return frame[1 + frame[0] :]


class Document:
    """One client's view of a document: its clock, and which of its items each key holds."""

    def __init__(self, name: str, client: int) -> None:
        self.name = name
        self._client = client
        self._clock = 0
        self._latest: dict[str, int] = {}

    def set(self, key: str, value: str) -> bytes:
        """The message that gives ``key`` a new value, after the one that this client gave it before."""
        before = self._latest.get(key)
        if before is None:
            place = bytes((ANY_ITEM | HAS_KEY,)) + number(1) + text("cells") + text(key)
        else:
            place = bytes((ANY_ITEM | HAS_KEY | HAS_ORIGIN,)) + number(self._client) + number(before)
        item = place + number(1) + bytes((TEXT,)) + text(value)
        update = number(1) + number(1) + number(self._client) + number(self._clock) + item + number(0)
        self._latest[key] = self._clock
        self._clock += 1
        return text(self.name) + number(SYNC) + number(UPDATE) + number(len(update)) + update
