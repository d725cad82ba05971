"""What the OpenAPI document is to say of handlers, kept until somebody asks for it.

The library makes a class with a dozen functions for each handler, and brings Django's test client with it: 6 MiB in every server, for a document
that few ask for.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

H = TypeVar("H", bound=Callable[..., Any])

_lock = threading.Lock()
_waiting: list[tuple[Any, dict[str, Any]]] = []


def documented(**said: Any) -> Callable[[H], H]:
    """Takes what drf-spectacular's ``extend_schema`` takes, for :func:`put_in`. What is said later of the same handler adds to it."""

    def keep(handler: H) -> H:
        # Where the library keeps it: shared with all that wraps the handler, whenever it is put in.
        vars(handler).setdefault("kwargs", {})
        _waiting.append((handler, said))
        return handler

    return keep


def put_in(extend: Callable[..., Callable[[Any], Any]]) -> None:
    """Lets ``extend`` (``extend_schema``) do to each handler what was said of it since the last call, in that order.

    Who comes while another is about it waits, and finds all put in.
    """
    with _lock:
        while _waiting:
            handler, said = _waiting.pop(0)
            extend(**said)(handler)
