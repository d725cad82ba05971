"""Hooks on the tenants: a stream for every new restaurant, and a log entry for every revoked access."""

from django.db import transaction

from shiftsync.core.actor import Actor
from shiftsync.core.sql import execute
from shiftsync.realtime.events import AccessRevoked
from shiftsync.realtime.models import Stream
from shiftsync.realtime.stream.announce import announce
from shiftsync.realtime.stream.commit import Transaction, lock_stream
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.hooks import AccessChange, on_access_change, provisions_restaurant
from shiftsync.tenants.models import Restaurant


@provisions_restaurant
def open_stream(restaurant: Restaurant, actor: Actor) -> None:
    """A stream at version 0."""
    Stream.objects.create(restaurant=restaurant)


@on_access_change
def log_access_change(change: AccessChange, actor: Actor) -> None:
    """Logs the change inside its transaction; every process then closes the sockets concerned."""
    tx = Transaction(lock_stream(change.restaurant_id))
    event = AccessRevoked(change.user_id, change.token_id, change.role, change.has_signed_out)
    tx.record(ChangeRequest(actor, event), event, tx.take_version())
    execute(tx.statements())
    transaction.on_commit(lambda: announce(change.restaurant_id, tx.changes))
