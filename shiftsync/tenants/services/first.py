"""What an installation needs first: a restaurant, and somebody who owns it."""

import secrets

from django.db import transaction

from shiftsync.core.actor import Actor, Role
from shiftsync.core.fence import within
from shiftsync.core.ids import new_id
from shiftsync.tenants.models import Restaurant, User
from shiftsync.tenants.services.members import membership_grant
from shiftsync.tenants.services.restaurants import restaurant_create

PASSWORD_BYTES = 12


def restaurant_open(*, name: str, timezone: str, closing_day: int, owner: str) -> tuple[Restaurant, str | None]:
    """A new restaurant that ``owner`` owns. Where nobody has that user name the account is made, with the password that is returned.

    Raises Django's ``ValidationError`` for what cannot be stored.
    """
    actor = Actor.system(new_id())
    password = None
    with within(actor.restaurant_id), transaction.atomic():
        user = User.objects.filter(username=User.normalize_username(owner)).first()
        if user is None:
            password = secrets.token_urlsafe(PASSWORD_BYTES)
            user = User(username=User.normalize_username(owner))
            user.set_password(password)
            user.full_clean()
            user.save()
        restaurant = restaurant_create(
            actor, id=actor.restaurant_id, name=name, timezone=timezone, closing_day=closing_day
        )
        membership_grant(actor, user=user, role=Role.OWNER)
    return restaurant, password
