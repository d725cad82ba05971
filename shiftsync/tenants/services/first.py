"""What an installation needs first: a restaurant, and somebody who owns it."""

import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import Forbidden, ValidationFailed
from shiftsync.core.fence import within
from shiftsync.core.ids import new_id
from shiftsync.tenants.hooks import LeftOut
from shiftsync.tenants.models import Restaurant, User
from shiftsync.tenants.selectors import has_users, may_begin, owned_restaurants, restaurant_by_id, restaurants_begun
from shiftsync.tenants.services.members import let_in, membership_grant
from shiftsync.tenants.services.restaurants import USUAL, restaurant_copy, restaurant_create

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
    """Raises :class:`Forbidden` for whoever may not begin a restaurant, or not one more."""
    if not may_begin(user):
        raise Forbidden("Only the operator and owners of a restaurant can create another one.")


class Begun(NamedTuple):
    """A restaurant that was made, and what is not in it of the one that it was copied from."""

    restaurant: Restaurant
    left_out: Sequence[LeftOut] = ()


def restaurant_begin(
    user: User,
    *,
    name: str,
    timezone: str,
    closing_day: int,
    country: str,
    preset: str = USUAL,
    copy_from: UUID | None = None,
    request_id: UUID | None = None,
) -> Begun:
    """A new restaurant that ``user``, who may begin one, owns. Asked again with the same ``request_id`` it is the one that was made.

    ``copy_from``: one of their own restaurants, whose settings and shift types it begins with instead of the preset's. Raises
    :class:`Forbidden` for those who may not, :class:`ValidationFailed` for what cannot be stored.
    """
    require_beginner(user)
    source = next((each for each in owned_restaurants(user) if each.id == copy_from), None)
    if copy_from is not None and source is None:
        raise ValidationFailed.of("copyFrom", "You own no such restaurant.")
    # Not the client's own id: that may be another restaurant's already.
    own_id = uuid5(user.id, str(request_id)) if request_id else new_id()
    actor = Actor(restaurant_id=own_id, user_id=user.id, role=Role.OWNER, name=user.display_name)
    with within(actor.restaurant_id), transaction.atomic():
        made = Restaurant.objects.filter(id=actor.restaurant_id, memberships__user=user).first()
        if made is not None:
            return Begun(made)
        _require_room(user)
        facts = {"name": name, "timezone": timezone, "closing_day": closing_day, "country": country}
        begun = _made(actor, source, preset, facts)
        let_in(actor, user, Role.OWNER, None)  # before that nobody is its owner, who could grant it
    return begun


def _require_room(user: User) -> None:
    """Raises :class:`ValidationFailed` for who has begun as many as an account may, whoever owns them now."""
    most = settings.CONFIG.limits.restaurants_per_user
    User.objects.select_for_update(no_key=True).filter(
        id=user.id
    ).first()  # several at once are counted one after the other
    if not user.is_superuser and restaurants_begun(user) >= most:
        raise ValidationFailed.of("name", f"At most {most} restaurants can be created by one account.")


def _made(actor: Actor, source: Restaurant | None, preset: str, facts: dict[str, Any]) -> Begun:
    if source is not None:
        return Begun(*restaurant_copy(actor, source, id=actor.restaurant_id, **facts))
    return Begun(restaurant_create(actor, id=actor.restaurant_id, preset=preset, **facts))


def restaurant_open(
    *,
    name: str,
    timezone: str,
    closing_day: int,
    owner: str,
    country: str = "JP",
    preset: str = USUAL,
    copy_from: UUID | None = None,
) -> tuple[Begun, str | None]:
    """A new restaurant that ``owner`` owns. Where nobody has that user name the account is made, with the password that is returned.

    ``copy_from``: any restaurant, whose settings and shift types it begins with. Raises Django's ``ValidationError`` for a user name,
    and :class:`ValidationFailed` for a restaurant, that cannot be stored.
    """
    source = restaurant_by_id(copy_from) if copy_from is not None else None
    if copy_from is not None and source is None:
        raise ValidationFailed.of("copyFrom", "There is no such restaurant.")
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
        facts = {"name": name, "timezone": timezone, "closing_day": closing_day, "country": country}
        begun = _made(actor, source, preset, facts)
        membership_grant(actor, user=user, role=Role.OWNER)
    return begun, password
