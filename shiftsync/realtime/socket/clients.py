"""Ownership of client ids, which tell the windows of one user apart and let each of them resume."""

from shiftsync.core.actor import Actor
from shiftsync.realtime.models import ClientBinding


def is_own_client(actor: Actor) -> bool:
    """Whether ``actor`` may use its ``client_id``: its user was the first to use it here, or becomes the first now."""
    if actor.user_id is None or actor.client_id is None:
        return True
    which = {"restaurant_id": actor.restaurant_id, "client_id": actor.client_id}
    user_id = ClientBinding.objects.filter(**which).values_list("user_id", flat=True).first()
    if user_id is None:
        # Two may try at the same moment: the constraint admits one of them, and the stored row decides.
        ClientBinding.objects.bulk_create([ClientBinding(**which, user_id=actor.user_id)], ignore_conflicts=True)
        user_id = ClientBinding.objects.filter(**which).values_list("user_id", flat=True).first()
    return user_id == actor.user_id
