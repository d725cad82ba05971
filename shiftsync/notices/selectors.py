"""Reading what a user has been told, and how they want to be."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext, override

from shiftsync.core.actor import Actor
from shiftsync.core.clock import iso
from shiftsync.notices.kinds import KINDS, Words
from shiftsync.notices.models import Channel, Notice, NoticeSettings
from shiftsync.tenants.models import Restaurant

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
JAPAN = "JP"
MOST_SHOWN = 50


def notices_of(actor: Actor) -> QuerySet[Notice]:
    """What the actor was told in their restaurant, the newest first; without the kinds that they have switched off in the page."""
    if actor.user_id is None:
        return Notice.objects.none()
    off = kinds_off(settings_of(actor.restaurant_id, actor.user_id), Channel.PAGE)
    mine = Notice.objects.filter(restaurant_id=actor.restaurant_id, user_id=actor.user_id)
    return (mine.exclude(kind__in=off) if off else mine).order_by("-created_at", "-id")


def settings_of(restaurant_id: UUID, user_id: UUID) -> NoticeSettings:
    """How a user wants to be told; not stored yet where they have never said."""
    found = NoticeSettings.objects.filter(restaurant_id=restaurant_id, user_id=user_id).first()
    return found or NoticeSettings(restaurant_id=restaurant_id, user_id=user_id)


def kinds_off(known: NoticeSettings, channel: str) -> list[str]:
    """The kinds that somebody does not want to be told by that channel."""
    return sorted(kind for kind, channels in known.switched_off.items() if channel in channels)


def is_wanted(known: NoticeSettings | None, kind: str, channel: str) -> bool:
    """Whether somebody wants to be told of that kind by that channel."""
    return known is None or channel not in known.switched_off.get(kind, ())


def language_for(known: NoticeSettings | None, restaurant: Restaurant) -> str:
    """In which language to write to somebody: theirs, else that of the restaurant's country."""
    if known is not None and known.language:
        return known.language
    return "ja" if restaurant.country == JAPAN else "en"


def words_of(notice: Notice, language: str) -> Words:
    """A notice in words; of a kind that this version does not know, that there is one."""
    with override(language):
        kind = KINDS.get(notice.kind)
        return Words(gettext("There is news"), "") if kind is None else kind.words(notice.data)


def place_of(notice: Notice) -> str:
    """The page on which more of it stands."""
    kind = KINDS.get(notice.kind)
    return kind.place if kind else ""


def notice_payload(notice: Notice) -> dict[str, Any]:
    """A notice on the wire, in words of every language: a page that changes its own has them at once."""
    words = {language: words_of(notice, language) for language in LANGUAGES}
    return {
        "id": str(notice.id),
        "kind": notice.kind,
        "title": {language: each.title for language, each in words.items()},
        "text": {language: each.text for language, each in words.items()},
        "place": place_of(notice),
        "facts": notice.data,
        "createdAt": iso(notice.created_at),
        "readAt": iso(notice.read_at) if notice.read_at else None,
    }


def settings_payload(known: NoticeSettings, address: str, push_key: str) -> dict[str, Any]:
    """How somebody with that address for mail is told, by kind and channel, on the wire."""
    return {
        "language": known.language or None,
        "mailAddress": (address or None) if settings.CONFIG.email else None,
        "pushKey": push_key,
        "kinds": [
            {
                "kind": key,
                "name": {language: _in(language, kind.label) for language in LANGUAGES},
                **{str(channel): is_wanted(known, key, channel) for channel in Channel},
            }
            for key, kind in KINDS.items()
        ],
    }


def _in(language: str, text: str) -> str:
    with override(language):
        return gettext(text)


def notices_payload(actor: Actor) -> dict[str, Any]:
    """What the actor was told lately, the newest first, and how many of all they have not seen."""
    mine = notices_of(actor)
    return {
        "notices": [notice_payload(each) for each in mine[:MOST_SHOWN]],
        "unread": mine.filter(read_at=None).count(),
    }


def changed_since(restaurant_ids: Sequence[UUID], moment: datetime) -> Mapping[tuple[UUID, UUID], datetime]:
    """The users of those restaurants whose notices have changed since, with when that was last."""
    rows = (
        Notice.objects.filter(restaurant_id__in=restaurant_ids, changed_at__gte=moment)
        .order_by()
        .values_list("restaurant_id", "user_id")
        .annotate(last=Max("changed_at"))
    )
    return {(restaurant_id, user_id): last for restaurant_id, user_id, last in rows}


def news_for(restaurant_id: UUID, user_ids: Sequence[UUID], since: datetime) -> dict[UUID, dict[str, Any]]:
    """What each of those users is to know of their notices: how many they have not read, and the newest of those that changed."""
    known = settings_by_user(restaurant_id, user_ids)
    theirs = Notice.objects.filter(restaurant_id=restaurant_id, user_id__in=user_ids)
    counts = theirs.filter(read_at=None).values_list("user_id", "kind").annotate(Count("id"))
    found: dict[UUID, dict[str, Any]] = {user_id: {"unread": 0, "latest": None} for user_id in user_ids}
    for user_id, kind, count in counts:
        if is_wanted(known.get(user_id), kind, Channel.PAGE):
            found[user_id]["unread"] += count
    for notice in theirs.filter(changed_at__gte=since).order_by("created_at", "id"):
        if is_wanted(known.get(notice.user_id), notice.kind, Channel.PAGE):
            found[notice.user_id]["latest"] = notice_payload(notice)
    return found


def settings_by_user(restaurant_id: UUID, user_ids: Iterable[UUID]) -> dict[UUID, NoticeSettings]:
    """How each of them wants to be told, where they have said so."""
    found = NoticeSettings.objects.filter(restaurant_id=restaurant_id, user_id__in=list(user_ids))
    return {each.user_id: each for each in found}
