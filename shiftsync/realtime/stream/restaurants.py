"""The settings of a restaurant itself, as a change of its stream."""

from uuid import UUID

from shiftsync.core.actor import Actor, Role
from shiftsync.realtime.events import RestaurantUpdated
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written
from shiftsync.tenants.hooks import RestaurantUpdate, logs_restaurants
from shiftsync.tenants.models import Restaurant
from shiftsync.tenants.services.restaurants import lay_over, restaurant_facts


def restaurant_update(request: ChangeRequest[RestaurantUpdate]) -> Outcome:
    """Changes settings of the restaurant; the result carries it as ``restaurant``. The errors are those of the tenants' service."""

    def write(tx: Transaction) -> Written:
        restaurant = Restaurant.objects.get(id=tx.restaurant_id)
        old = lay_over(restaurant, request.actor, request.intent)
        event = RestaurantUpdated(restaurant_facts(restaurant), old)
        result = {"restaurant": event.payload()}
        if not old:
            return Written(None, result, echo=event)
        return Written(tx.record(request, event, tx.take_version()), result)

    return commit(request, write, needs=Role.OWNER)


@logs_restaurants
def log_update(actor: Actor, update: RestaurantUpdate, request_id: UUID | None) -> None:
    """The same for the tenants' services, which do not know the stream."""
    restaurant_update(ChangeRequest(actor, update, request_id))
