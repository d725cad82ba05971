"""How a client appears among the others: its place, and the roster that it is shown."""

from shiftsync.core.encoding import encode
from shiftsync.realtime.hub.presence import BEGINS, entry_of, state_payload
from shiftsync.realtime.hub.presence_news import PRESENCE_TOPIC
from shiftsync.realtime.protocol.envelope import envelope
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.router import Payload
from shiftsync.realtime.socket.session import Session


async def appear(session: Session) -> None:
    """For version 2: announces the client to the others, and sends it the roster."""
    if session.connection.protocol is Protocol.V2:
        move(session, BEGINS, session.actor.client_id or "")
    session.connection.is_greeted = True
    show_roster(session)


def show_roster(session: Session) -> None:
    """Sends the whole roster to a client that subscribes to presence."""
    audience = session.connection.audience
    if PRESENCE_TOPIC in audience.topics:
        payload = encode(state_payload(session.room.roster.everyone(), is_complete=True, only=audience.only))
        session.connection.send_text(envelope("PRESENCE_STATE", payload, client_id=session.actor.client_id))


def move(session: Session, place: Payload, client_id: str) -> None:
    """Tells the others where this client is; ``place`` as in its entry."""
    actor = session.actor
    entry = entry_of(client_id, str(actor.user_id or ""), actor.name, place)
    if session.room.roster.set_here(session.connection.connection_id, entry):
        session.hub.presence.tell(session.room, [entry], is_own=True)
