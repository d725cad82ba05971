"""What an installation needs first: a restaurant, and somebody who owns it."""

import secrets
from uuid import UUID, uuid5

from django.db import transaction

from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import Forbidden
from shiftsync.core.fence import within
from shiftsync.core.ids import new_id
from shiftsync.tenants.models import Restaurant, User
from shiftsync.tenants.selectors import has_users, may_begin
from shiftsync.tenants.services.members import let_in, membership_grant
from shiftsync.tenants.services.restaurants import USUAL, restaurant_create

PASSWORD_BYTES = 12


def first_account_create(*, username: str, password: str) -> User:
    """The account of an empty installation's operator. The caller has seen that they are (:mod:`~shiftsync.tenants.set_up`).

    Raises :class:`Forbidden` where somebody has an account already, Django's ``ValidationError`` for what cannot be stored.
    """
    with transaction.atomic():
        if has_users():
            raise Forbidden("There is an account already.")
        user = User(username=User.normalize_username(username), is_superuser=True, is_staff=True)
        user.set_password(password)
        user.full_clean()
        user.save()
    return user


def require_beginner(user: User) -> None:
    """Raises :class:`Forbidden` for whoever may not begin a restaurant."""
    if not may_begin(user):
        raise Forbidden("Only the operator, and owners of a restaurant, can begin another one.")


def restaurant_begin(
    user: User,
    *,
    name: str,
    timezone: str,
    closing_day: int,
    country: str,
    preset: str = USUAL,
    request_id: UUID | None = None,
) -> Restaurant:
    """A new restaurant that ``user``, who may begin one, owns. Asked again with the same ``request_id`` it is the one that was made.

    Raises :class:`Forbidden` for those who may not, :class:`ValidationFailed` for what cannot be stored.
    """
    require_beginner(user)
    # Not the client's own id: that may be another restaurant's already.
    own_id = uuid5(user.id, str(request_id)) if request_id else new_id()
    actor = Actor(restaurant_id=own_id, user_id=user.id, role=Role.OWNER, name=user.display_name)
    with within(actor.restaurant_id), transaction.atomic():
        made = Restaurant.objects.filter(id=actor.restaurant_id, memberships__user=user).first()
        if made is not None:
            return made
        restaurant = restaurant_create(
            actor,
            id=actor.restaurant_id,
            name=name,
            timezone=timezone,
            closing_day=closing_day,
            country=country,
            preset=preset,
        )
        let_in(actor, user, Role.OWNER, None)  # before that nobody is its owner, who could grant it
    return restaurant


def restaurant_open(
    *, name: str, timezone: str, closing_day: int, owner: str, country: str = "JP", preset: str = USUAL
) -> tuple[Restaurant, str | None]:
    """A new restaurant that ``owner`` owns. Where nobody has that user name the account is made, with the password that is returned.

    Raises Django's ``ValidationError`` for a user name, and :class:`ValidationFailed` for a restaurant, that cannot be stored.
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
            actor,
            id=actor.restaurant_id,
            name=name,
            timezone=timezone,
            closing_day=closing_day,
            country=country,
            preset=preset,
        )
        membership_grant(actor, user=user, role=Role.OWNER)
    return restaurant, password
