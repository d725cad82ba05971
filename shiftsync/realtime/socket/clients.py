"""Whose a client's own id is. It tells the windows of one user apart, and resumes what one of them has seen."""

from shiftsync.core.actor import Actor
from shiftsync.realtime.models import ClientBinding


def is_own_client(actor: Actor) -> bool:
    """Whether ``actor`` may be called by its ``client_id``: its user was the first to use it here, or is now."""
    if actor.user_id is None or actor.client_id is None:
        return True
    which = {"restaurant_id": actor.restaurant_id, "client_id": actor.client_id}
    user_id = ClientBinding.objects.filter(**which).values_list("user_id", flat=True).first()
    if user_id is None:
        # Two may come at the same moment: the constraint lets one of them in, and what is stored then counts.
        ClientBinding.objects.bulk_create([ClientBinding(**which, user_id=actor.user_id)], ignore_conflicts=True)
        user_id = ClientBinding.objects.filter(**which).values_list("user_id", flat=True).first()
    return user_id == actor.user_id
