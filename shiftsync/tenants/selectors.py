"""Who may do what where. All access checks between restaurants are here."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from shiftsync.core.actor import Actor, Role, Sight
from shiftsync.core.errors import DomainError, Forbidden, NotFound, Unauthenticated, ValidationFailed
from shiftsync.core.fence import everywhere, within
from shiftsync.core.queries import AmongRows, BoundQuery, CompiledQuery, Parameter, fetch_together
from shiftsync.core.scopes import EVERYTHING, scopes_in
from shiftsync.tenants.hooks import person_names
from shiftsync.tenants.models import ApiToken, Invitation, InvitationLink, Membership, Restaurant, User

_PEOPLE = CompiledQuery(
    lambda: User.objects.filter(id__among=Parameter("users"), is_active=True).values_list("id", "is_superuser")
)
_MEMBERS = CompiledQuery(
    lambda: Membership.objects.filter(
        restaurant_id=Parameter("restaurant"), user_id__among=Parameter("users"), is_active=True
    ).values_list("user_id", "role")
)
_MEMBERS_OF_MANY = CompiledQuery(
    lambda: Membership.objects.filter(
        AmongRows(restaurant_id="restaurants", user_id="users"), is_active=True
    ).values_list("restaurant_id", "user_id", "role")
)
_RESTAURANTS = CompiledQuery(
    lambda: Restaurant.objects.filter(id__among=Parameter("restaurants")).values_list("id", "name")
)
LIVE_TOKEN = Q(
    Q(expires_at=None) | Q(expires_at__gt=Now()),
    revoked_at=None,
    user__is_active=True,
    credentials_epoch=F("user__credentials_epoch"),
)
"""Valid tokens: neither revoked nor expired, of an active user whose password has not changed since."""

OPEN_LINK = Q(expires_at__gt=Now(), used_at=None, revoked_at=None)
"""Invitations by link that nobody has taken, that have not ended and were not taken back."""

_TOKENS = CompiledQuery(
    lambda: ApiToken.objects.filter(LIVE_TOKEN, id__among=Parameter("tokens")).values_list("id", "user_id")
)
_SIGNED_IN = CompiledQuery(
    lambda: User.objects.filter(id__among=Parameter("users"), is_active=True).values_list(
        "id", "is_superuser", "credentials_epoch"
    )
)
_MEMBERS_ANYWHERE = CompiledQuery(
    lambda: Membership.objects.filter(user_id__among=Parameter("users"), is_active=True).values_list(
        "restaurant_id", "user_id", "role", "staff_id", "restaurant__staff_see_colleagues"
    )
)
_SESSIONS = CompiledQuery(
    lambda: Session.objects.filter(session_key__among=Parameter("sessions"), expire_date__gt=Now()).values_list(
        "session_key", "expire_date"
    )
)


def has_restaurant(user: User) -> bool:
    """Whether there is one that ``user`` may see."""
    with everywhere():
        return _restaurants_of(user).exists()


def has_users() -> bool:
    """Whether anybody has an account; until then an installation is empty."""
    return User.objects.exists()


def may_begin(user: User) -> bool:
    """Whether ``user`` may begin a restaurant of their own: the operator, who owns one already, and everybody where anybody may sign up."""
    if not user.is_active or settings.CONFIG.is_sign_up_open:
        return user.is_active
    with everywhere():
        owned = Membership.objects.filter(user=user, is_active=True, role=Role.OWNER.value)
        return user.is_superuser or owned.exists()


def owned_restaurants(user: User) -> list[Restaurant]:
    """Those that ``user`` owns, by name. The operator's are all."""
    with everywhere():
        if user.is_superuser:
            return list(_restaurants_of(user))
        owned = Membership.objects.filter(user=user, is_active=True, role=Role.OWNER.value)
        return list(Restaurant.objects.filter(id__in=owned.values("restaurant_id")).order_by("name", "id"))


def restaurants_begun(user: User) -> int:
    """How many restaurants ``user`` has begun, whoever owns them now."""
    with everywhere():
        begun: int = Restaurant.history.filter(history_user_id=user.id, history_type="+").count()
    return begun


def restaurant_by_id(restaurant_id: UUID) -> Restaurant | None:
    """Any restaurant, for the operator."""
    with everywhere():
        return Restaurant.objects.filter(id=restaurant_id).first()


def _restaurants_of(user: User) -> QuerySet[Restaurant]:
    """The restaurants that ``user`` may see, by name. A superuser is the operator and sees all."""
    if user.is_superuser:
        return Restaurant.objects.order_by("name", "id")
    return Restaurant.objects.filter(memberships__user=user, memberships__is_active=True).order_by("name", "id")


@dataclass(frozen=True, slots=True)
class Habits:
    """What a restaurant plans by: the day of the month on which it closes its books, the country whose holidays it knows, what
    text counts as that no shift type explains, and the zone whose day it is."""

    closing_day: int
    country: str
    text_counts_as: str
    timezone: str


def habits_of(restaurant_id: UUID) -> Habits:
    """What that restaurant plans by."""
    names = ("closing_day", "country", "text_counts_as", "timezone")
    return Habits(*Restaurant.objects.values_list(*names).get(id=restaurant_id))


def roles_in(restaurant_id: UUID, user_ids: Iterable[UUID]) -> dict[UUID, Role]:
    """The current role of each of those users who still has one in that restaurant."""
    return roles_from(*fetch_together(*role_questions(restaurant_id, set(user_ids))))


def role_questions(restaurant_id: UUID, user_ids: Set[UUID]) -> tuple[BoundQuery, BoundQuery]:
    """What :func:`roles_from` must know, for those who ask it together with other things."""
    return _PEOPLE(users=user_ids), _MEMBERS(restaurant=restaurant_id, users=user_ids)


def roles_from(people: Iterable[Any], members: Iterable[Any]) -> dict[UUID, Role]:
    """The roles in the answers to :func:`role_questions`."""
    roles = dict(members)
    return {
        user_id: Role.OWNER if is_superuser else Role(roles[user_id])
        for user_id, is_superuser in people
        if is_superuser or user_id in roles
    }


def role_questions_of_many(actors: Iterable[Actor]) -> tuple[BoundQuery, BoundQuery]:
    """:func:`role_questions` for actors of several restaurants. Each row of the second begins with its restaurant, and the rest of
    those of one restaurant is what :func:`roles_from` takes."""
    pairs = {(actor.restaurant_id, actor.user_id) for actor in actors if actor.user_id}
    restaurants, users = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return _PEOPLE(users=set(users)), _MEMBERS_OF_MANY(restaurants=restaurants, users=users)


def live_tokens(token_ids: Iterable[UUID]) -> set[UUID]:
    """Which of those tokens are valid."""
    (tokens,) = fetch_together(token_question(set(token_ids)))
    return {token_id for token_id, _ in tokens}


def token_question(token_ids: Set[UUID]) -> BoundQuery:
    """Those of the tokens that count, each with its user."""
    return _TOKENS(tokens=token_ids)


@dataclass(frozen=True, slots=True)
class SignIns:
    """The current state of some actors' access: see :meth:`role_of`. ``persons``: who on the schedule members are, as far as they are
    linked to anybody. ``discreet``: the restaurants whose staff see their own shifts alone."""

    people: Mapping[UUID, tuple[bool, int]]
    members: Mapping[tuple[UUID, UUID], Role]
    tokens: Set[UUID]
    sessions: Set[str]
    persons: Mapping[tuple[UUID, UUID], UUID]
    discreet: Set[UUID] = frozenset()

    def sight_of(self, actor: Actor) -> Sight:
        """What ``actor`` sees now. Raises as :meth:`role_of`."""
        linked = None if actor.user_id is None else self.persons.get((actor.restaurant_id, actor.user_id))
        person = None if linked is None else str(linked)
        return Sight(self.role_of(actor), person, actor.restaurant_id not in self.discreet)

    def role_of(self, actor: Actor) -> Role:
        """What ``actor`` may do now. Raises :class:`Unauthenticated` where the sign-in has ended (signed out, expired, a new
        password, an account made inactive, a token revoked), :class:`Forbidden` where the membership has."""
        if actor.user_id is None:
            return actor.role
        is_superuser, epoch = self.people.get(actor.user_id, (False, None))
        has_token = actor.token_id is None or actor.token_id in self.tokens
        has_session = actor.session_key is None or actor.session_key in self.sessions
        if epoch != actor.credentials_epoch or not has_token or not has_session:
            raise Unauthenticated
        role = Role.OWNER if is_superuser else self.members.get((actor.restaurant_id, actor.user_id))
        if role is None:
            raise Forbidden("Your access has changed; sign in again.")
        return role


def sign_ins_of(actors: Iterable[Actor]) -> SignIns:
    """The current state of those actors' access, in one round trip."""
    known = [actor for actor in actors if actor.user_id is not None]
    users = {actor.user_id for actor in known if actor.user_id is not None}
    with within(*{actor.restaurant_id for actor in known}):
        people, members, tokens, sessions = fetch_together(
            _SIGNED_IN(users=users),
            _MEMBERS_ANYWHERE(users=users),
            token_question({actor.token_id for actor in known if actor.token_id is not None}),
            _SESSIONS(sessions={actor.session_key for actor in known if actor.session_key is not None}),
        )
    return SignIns(
        people={user_id: (is_superuser, epoch) for user_id, is_superuser, epoch in people},
        members={(restaurant_id, user_id): Role(role) for restaurant_id, user_id, role, *_ in members},
        persons={(restaurant_id, user_id): staff_id for restaurant_id, user_id, _, staff_id, _ in members if staff_id},
        discreet={restaurant_id for restaurant_id, *_, sees_colleagues in members if not sees_colleagues},
        tokens={token_id for token_id, _ in tokens},
        sessions={key for key, _ in sessions},
    )


def actor_in(
    user: User,
    restaurant_id: UUID | None,
    *,
    client_id: str | None = None,
    token: ApiToken | None = None,
    session_key: str | None = None,
) -> Actor:
    """The actor that ``user`` is in that restaurant (None: in their only one).

    Raises :class:`NotFound` for a restaurant that is not theirs, whether it exists or not; :class:`Forbidden` for a user
    without any; :class:`ValidationFailed` where they must say which.
    """
    (found,) = actors_of([SignedIn(user, place_of(user, restaurant_id, token), client_id, token, session_key)])
    if isinstance(found, DomainError):
        raise found
    return found


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who has shown who they are, and the restaurant that they come for."""

    user: User
    restaurant_id: UUID
    client_id: str | None = None
    token: ApiToken | None = None
    session_key: str | None = None


def place_of(user: User, restaurant_id: UUID | None, token: ApiToken | None = None) -> UUID:
    """The restaurant that ``user`` comes for: the one that they name, or that of the token, or their only one. Raises as :func:`actor_in`."""
    if token is None:
        return restaurant_id or _only_restaurant(user)
    if restaurant_id not in (None, token.restaurant_id):
        raise NotFound("No such restaurant.")
    return token.restaurant_id


def actors_of(signed_in: Sequence[SignedIn]) -> list[Actor | DomainError]:
    """The actor that each of them is, or why there is none (see :func:`actor_in`); in one round trip."""
    users: dict[UUID, set[UUID]] = {}
    for each in signed_in:
        users.setdefault(each.restaurant_id, set()).add(each.user.id)
    with within(*users):
        there, *answers = fetch_together(
            _RESTAURANTS(restaurants=list(users)),
            *(question for place, ids in users.items() for question in role_questions(place, ids)),
        )
    known = {place for place, _ in there}
    roles = {
        place: roles_from(people, members)
        for place, people, members in zip(users, answers[::2], answers[1::2], strict=True)
        if place in known
    }
    return [_actor_of(each, roles.get(each.restaurant_id, {}).get(each.user.id)) for each in signed_in]


def _actor_of(signed_in: SignedIn, role: Role | None) -> Actor | DomainError:
    if role is None:
        return NotFound("No such restaurant.")
    return Actor(
        restaurant_id=signed_in.restaurant_id,
        user_id=signed_in.user.id,
        role=role,
        client_id=signed_in.client_id,
        token_id=signed_in.token.id if signed_in.token else None,
        name=signed_in.user.display_name,
        session_key=signed_in.session_key,
        credentials_epoch=signed_in.user.credentials_epoch,
        scopes=scopes_in(signed_in.token.scopes) if signed_in.token else EVERYTHING,
    )


def _only_restaurant(user: User) -> UUID:
    with everywhere():
        found = list(_restaurants_of(user).values_list("id", flat=True)[:2])
    if not found:
        raise Forbidden("You are not a member of any restaurant.")
    if len(found) > 1:
        raise ValidationFailed.of("restaurant", "Choose a restaurant; you belong to several.")
    return found[0]


@everywhere()
def restaurants_with_role(user: User) -> list[tuple[Restaurant, Role]]:
    """The restaurants that ``user`` may see, by name, with what they may do there; in two queries."""
    memberships = Membership.objects.filter(user=user, is_active=True).values_list("restaurant_id", "role")
    roles = {restaurant_id: Role(role) for restaurant_id, role in memberships}
    return [
        (restaurant, Role.OWNER if user.is_superuser else roles[restaurant.id])
        for restaurant in _restaurants_of(user)
        if user.is_superuser or restaurant.id in roles
    ]


def memberships_of(restaurant_id: UUID) -> QuerySet[Membership]:
    """Who belongs to the restaurant, by user name."""
    return (
        Membership.objects.filter(restaurant_id=restaurant_id, is_active=True)
        .select_related("user")
        .order_by("user__username")
    )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the schedule."""

    id: UUID
    name: str


def people_of(memberships: Iterable[Membership]) -> dict[UUID, Person]:
    """Who on the schedule each of a restaurant's members is, by the membership's id; who is nobody there is left out."""
    linked = {each.id: (each.restaurant_id, each.staff_id) for each in memberships if each.staff_id is not None}
    if not linked:
        return {}
    restaurant_id = next(iter(linked.values()))[0]
    names = person_names(restaurant_id, [staff_id for _, staff_id in linked.values()])
    return {id: Person(staff_id, names[staff_id]) for id, (_, staff_id) in linked.items() if staff_id in names}


def sight_of(actor: Actor) -> Sight:
    """What the actor sees now; their role is that of their admission. Who on the schedule they are counts here whether that person is still
    there or not: what was published of them is theirs to read."""
    if actor.role.covers(Role.MANAGER) or actor.user_id is None:
        return Sight(actor.role)
    mine = Membership.objects.filter(restaurant_id=actor.restaurant_id, user_id=actor.user_id, is_active=True)
    linked, sees_colleagues = mine.values_list("staff_id", "restaurant__staff_see_colleagues").first() or (None, False)
    return Sight(actor.role, None if linked is None else str(linked), sees_colleagues)


def mark_of(user: User, restaurant_id: UUID, role: Role) -> str:
    """What a user sees in a restaurant where they have that role, as the text of :attr:`Sight.mark`."""
    with within(restaurant_id):
        return sight_of(Actor(restaurant_id, user.id, role)).mark


def _membership_of(actor: Actor) -> Membership | None:
    if actor.user_id is None:
        return None
    mine = Membership.objects.filter(restaurant_id=actor.restaurant_id, user_id=actor.user_id, is_active=True)
    return mine.first()


def person_of(actor: Actor) -> Person | None:
    """Who on the schedule the actor is; None: nobody."""
    if actor.user_id is None:
        return None
    mine = _membership_of(actor)
    return None if mine is None else people_of([mine]).get(mine.id)


def tokens_visible_to(actor: Actor) -> QuerySet[ApiToken]:
    """The tokens of the restaurant that count: one's own, or (for an owner) everybody's."""
    tokens = ApiToken.objects.filter(LIVE_TOKEN, restaurant_id=actor.restaurant_id).select_related("user")
    if actor.user_id is not None and not actor.role.covers(Role.OWNER):
        tokens = tokens.filter(user_id=actor.user_id)
    return tokens.order_by("created_at", "id")


def invitations_of(restaurant_id: UUID) -> QuerySet[Invitation]:
    """The open invitations of the restaurant, by user name; one that was declined looks like any other."""
    return Invitation.objects.filter(restaurant_id=restaurant_id).order_by("username")


def links_of(restaurant_id: UUID) -> QuerySet[InvitationLink]:
    """The restaurant's invitations by link that can still be taken, the newest first."""
    links = InvitationLink.objects.filter(OPEN_LINK, restaurant_id=restaurant_id).select_related("invited_by")
    return links.order_by("-created_at", "-id")


@everywhere()
def link_of(digest: str) -> InvitationLink:
    """The invitation whose address has the secret of that digest, with its restaurant and author. Raises :class:`NotFound` unless it can
    still be taken."""
    links = InvitationLink.objects.select_related("restaurant", "invited_by")
    found = links.filter(OPEN_LINK, digest=digest).first()
    if found is None:
        raise NotFound("This invitation is no longer valid.")
    return found


@everywhere()
def person_offered(link: InvitationLink) -> Person | None:
    """Who on the schedule they will be who take the invitation, as it stands now; None: nobody, also where that person has gone or is
    somebody's meanwhile, since whoever joins is then nobody either."""
    if link.staff_id is None:
        return None
    theirs = Membership.objects.filter(restaurant_id=link.restaurant_id, is_active=True, staff_id=link.staff_id)
    name = person_names(link.restaurant_id, [link.staff_id]).get(link.staff_id)
    return None if name is None or theirs.exists() else Person(link.staff_id, name)


@everywhere()
def is_member(user: User, restaurant_id: UUID) -> bool:
    """Whether the user belongs to that restaurant."""
    return Membership.objects.filter(user=user, restaurant_id=restaurant_id, is_active=True).exists()


@everywhere()
def invitations_for(user: User) -> list[Invitation]:
    """What ``user`` is invited to and has not declined, by restaurant.

    Whoever signed up for themselves has chosen that name; what was offered to it before is for whom it was meant then.
    """
    invitations = Invitation.objects.filter(username=user.username, declined_at=None)
    if user.signed_up_at is not None:
        invitations = invitations.filter(created_at__gte=user.signed_up_at)
    return list(invitations.select_related("restaurant", "invited_by").order_by("restaurant__name", "id"))
