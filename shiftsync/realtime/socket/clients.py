"""Ownership of client ids, which distinguish the windows of one user and let each of them resume."""

from collections.abc import Sequence
from uuid import UUID

from shiftsync.core.actor import Actor
from shiftsync.core.fence import within
from shiftsync.realtime.models import ClientBinding


def are_own_clients(actors: Sequence[Actor]) -> list[bool]:
    """Which of those actors of one restaurant may use their ``client_id``: their user was the first to use it here, or becomes the first now."""
    first: dict[str, UUID] = {}
    for actor in actors:
        if actor.user_id is not None and actor.client_id is not None:
            first.setdefault(actor.client_id, actor.user_id)
    restaurant_id = actors[0].restaurant_id
    with within(restaurant_id):
        owners = _owners(restaurant_id, first)
        new = {client_id: user_id for client_id, user_id in first.items() if client_id not in owners}
        if new:
            # Other processes may try at the same moment: the constraint admits one, and the stored rows decide.
            ClientBinding.objects.bulk_create(
                [
                    ClientBinding(restaurant_id=restaurant_id, client_id=client_id, user_id=user_id)
                    for client_id, user_id in new.items()
                ],
                ignore_conflicts=True,
            )
            owners |= _owners(restaurant_id, new)
    return [
        actor.user_id is None or actor.client_id is None or owners.get(actor.client_id) == actor.user_id
        for actor in actors
    ]


def _owners(restaurant_id: UUID, client_ids: dict[str, UUID]) -> dict[str, UUID]:
    bindings = ClientBinding.objects.filter(restaurant_id=restaurant_id, client_id__in=list(client_ids))
    return dict(bindings.values_list("client_id", "user_id"))
