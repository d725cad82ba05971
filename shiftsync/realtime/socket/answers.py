"""What a client is sent in answer to a request, as text."""

from shiftsync.core.actor import Actor
from shiftsync.core.encoding import encode
from shiftsync.core.errors import DomainError
from shiftsync.realtime.protocol.envelope import Envelope, envelope, error_envelope
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.router import Context, Reply


def reply_text(
    reply: Reply, actor: Actor, message: Envelope, version: int | None, *, encoded: str | None = None
) -> str:
    """``reply`` as the answer to ``message``; ``encoded`` is its payload where it is text already."""
    return envelope(
        reply.type,
        encode(reply.payload) if encoded is None else encoded,
        client_id=actor.client_id if reply.has_client_id else None,
        version=version,
        request_id=message.request_id,
    )


def refusal_text(context: Context, actor: Actor, error: DomainError) -> str:
    """An ``ERROR``, or for version 2 clients a ``CONFLICT`` where the author has to choose."""
    request_id = context.envelope.request_id
    if context.is_v1 or getattr(error, "items", None) is None:
        protocol = Protocol.V1 if context.is_v1 else Protocol.V2
        return error_envelope(error, protocol, client_id=actor.client_id, request_id=request_id)
    # The message itself says what `strategy` says by REST.
    payload = encode({name: error.details[name] for name in ("items", "currentVersion")})
    return envelope("CONFLICT", payload, client_id=actor.client_id, request_id=request_id, success=False)
