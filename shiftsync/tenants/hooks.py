"""What the apps above add to a restaurant's first day, to a change of access, and to one of its settings.

The tenants know none of those apps; each registers itself when Django is ready. Every hook runs inside the transaction
of the service that calls it, but for the one that logs changes of a restaurant, which makes that transaction.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from shiftsync.core.actor import Actor, Role
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.core.scopes import Area
from shiftsync.tenants.models import Restaurant


@dataclass(frozen=True, slots=True)
class AccessChange:
    """Somebody's way into a restaurant was closed or changed: of all their clients, or of one token's.

    ``role``: what they may do from now on; None: nothing. ``has_signed_out``: they may not even sign in any more.
    """

    restaurant_id: UUID
    user_id: UUID
    token_id: UUID | None = None
    role: Role | None = None
    has_signed_out: bool = False


@dataclass(frozen=True, slots=True)
class RestaurantUpdate(FromPayload):
    """``fields`` by attribute name, and what their author saw there when they began."""

    area: ClassVar[Area | None] = Area.SETTINGS
    fields: Mapping[str, object] = field(metadata=from_payload("changes"))
    seen: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a copy of a restaurant does not have as its original has it, since it is about people.

    ``what``: the kind of thing, by the table's collection (``staffGroups``). ``is_whole``: it is not there at all; else it is, without
    its people.
    """

    what: str
    name: str
    people: int
    is_whole: bool


Provisioner = Callable[[Restaurant, Actor], None]
Copier = Callable[[Restaurant, Restaurant, Actor], Sequence[LeftOut]]
"""``(source, made, actor)`` → what was left out of the copy."""
AccessHook = Callable[[AccessChange, Actor], None]
RestaurantLog = Callable[[Actor, RestaurantUpdate, UUID | None], None]
PersonNames = Callable[[UUID, Collection[UUID]], Mapping[UUID, str]]

PROVISIONERS: list[Provisioner] = []
COPIERS: list[Copier] = []
COPIED: set[Provisioner] = set()
"""The provisioners in whose place a copier stands."""
PRESETS: dict[str, "Preset"] = {}
ACCESS_HOOKS: list[AccessHook] = []
RESTAURANT_LOGS: list[RestaurantLog] = []
PERSON_NAMES: list[PersonNames] = []


def provisions_restaurant(function: Provisioner) -> Provisioner:
    """Registers what a new restaurant needs from its first day."""
    PROVISIONERS.append(function)
    return function


def copies_restaurant(instead_of: Provisioner | None = None) -> Callable[[Copier], Copier]:
    """Registers what a restaurant that is begun as a copy of another takes over from it, in place of that provisioner. The presets
    are left out for a copy."""

    def register(function: Copier) -> Copier:
        COPIERS.append(function)
        if instead_of is not None:
            COPIED.add(instead_of)
        return function

    return register


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of workplace that a new restaurant may begin as. ``provision`` adds what is special to it."""

    key: str
    name_ja: str
    name_en: str
    provision: Provisioner


def offers_preset(preset: Preset) -> Preset:
    """Registers a kind of workplace. They are offered in the order in which they were registered."""
    PRESETS[preset.key] = preset
    return preset


def on_access_change(function: AccessHook) -> AccessHook:
    """Registers what must learn of a revoked or narrowed access."""
    ACCESS_HOOKS.append(function)
    return function


def logs_restaurants(function: RestaurantLog) -> RestaurantLog:
    """Registers what carries out a change of a restaurant's settings as a change of its stream. There is one."""
    RESTAURANT_LOGS.append(function)
    return function


def log_restaurant_update(actor: Actor, update: RestaurantUpdate, request_id: UUID | None) -> None:
    """Carries out the change, and logs it, in a transaction of its own. The errors are those of the change."""
    (log,) = RESTAURANT_LOGS
    log(actor, update, request_id)


def names_people(function: PersonNames) -> PersonNames:
    """Registers what tells the names of people on the schedule: of those among some ids who are there. There is one."""
    PERSON_NAMES.append(function)
    return function


def person_names(restaurant_id: UUID, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The names of those of the restaurant's people who are there."""
    (names,) = PERSON_NAMES
    return names(restaurant_id, ids)
