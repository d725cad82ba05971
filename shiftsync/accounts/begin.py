"""The page on which a restaurant begins: what cannot wait. Everything else is entered in the restaurant itself, step by step."""

from collections import Counter
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.core.errors import ValidationFailed
from shiftsync.core.holidays import offered_countries
from shiftsync.core.ids import new_id, parse_id
from shiftsync.core.text import unfit
from shiftsync.core.zones import FALLBACK, known_zones
from shiftsync.tenants.hooks import PRESETS, LeftOut
from shiftsync.tenants.models import User
from shiftsync.tenants.selectors import has_restaurant, may_begin, owned_restaurants
from shiftsync.tenants.services import restaurant_begin

CLOSING_DAY = forms.IntegerField(min_value=1, max_value=31)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin_page(request: HttpRequest) -> HttpResponse:
    """Asks what a restaurant cannot begin without, and makes it. To those who may not begin one it says what they can do."""
    user = cast(User, request.user)
    if not may_begin(user):
        refused = _("You do not belong to a restaurant yet. Ask its owner to invite you; your user name is %(name)s.")
        context = {
            "refused": refused % {"name": user.get_username()},
            "has_restaurants": has_restaurant(user),
        }
        return render(request, "begin.html", context, status=403 if request.method == "POST" else 200)
    if request.method != "POST":
        return _form(request, _first_answers(), {})
    given = {
        name: request.POST.get(name, "").strip()
        for name in ("requestId", "name", "timezone", "country", "closingDay", "preset", "copyFrom")
    }
    try:
        begun = restaurant_begin(user, **_read(given))
    except ValidationFailed as refusal:
        return _form(request, given, refusal.details)
    address = f"{reverse('home')}?{urlencode({'restaurant': begun.restaurant.id})}"
    if not begun.left_out:
        return redirect(address)
    counted = Counter(
        (_label(each), each.is_whole) for each in begun.left_out
    )  # backups, for one, have no names of their own
    told = [{"label": label, "is_whole": is_whole, "count": count} for (label, is_whole), count in counted.items()]
    context = {"begun": begun.restaurant.name, "left_out": told, "address": address}
    return render(request, "begin.html", context, status=201)


def _label(left_out: LeftOut) -> str:
    what = {
        "staffGroups": _("Group"),
        "skills": _("Skill"),
        "dailyLimits": _("Daily limit"),
        "weeklyLimits": _("Weekly limit"),
        "monthlyLimits": _("Monthly limit"),
        "priorityRules": _("Rule"),
        "staffingNeeds": _("Need"),
        "backupAssignments": _("Backup"),
    }.get(left_out.what, left_out.what)
    return f"{what}: {left_out.name}" if left_out.name else what


def _first_answers() -> dict[str, str]:
    # The page's script proposes the browser's own zone, and its country, in their place.
    return {
        "requestId": str(new_id()),
        "name": "",
        "timezone": FALLBACK,
        "country": "JP",
        "closingDay": "20" if _is_japanese() else "31",
        "preset": next(iter(PRESETS)),
        "copyFrom": "",
    }


def _read(given: dict[str, str]) -> dict[str, Any]:
    """The answers for ``restaurant_begin``. Raises :class:`ValidationFailed` for what the model cannot judge."""
    wrong = {name: [problem] for name, text in given.items() if (problem := unfit(text))}
    closing_day = 0
    try:
        closing_day = CLOSING_DAY.clean(given["closingDay"])
    except ValidationError as error:
        wrong["closingDay"] = error.messages
    copy_from = parse_id(given["copyFrom"])
    if given["copyFrom"] and copy_from is None:
        wrong["copyFrom"] = [_("Choose one from the list.")]
    if wrong:
        raise ValidationFailed.by_field(wrong)
    return {
        "request_id": parse_id(given["requestId"]),
        "name": given["name"],
        "timezone": given["timezone"],
        "country": given["country"],
        "closing_day": closing_day,
        "preset": given["preset"],
        "copy_from": copy_from,
    }


def _invited_hint(user: User) -> str:
    """For who has an account alone, of which restaurants know nothing yet."""
    if user.is_superuser or has_restaurant(user):
        return ""
    hint = _("To join a restaurant that is here already, ask its owner for an invitation; your user name is %(name)s.")
    return hint % {"name": user.get_username()}


def _is_japanese() -> bool:
    return (get_language() or "").startswith("ja")


def _form(request: HttpRequest, given: dict[str, str], wrong: Any) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "given": given,
        "wrong": {name: " ".join(problems) for name, problems in wrong.items()},
        "zones": sorted(known_zones()),
        "countries": offered_countries(),
        "presets": [(each.key, each.name_ja if _is_japanese() else each.name_en) for each in PRESETS.values()],
        "owned": [(str(each.id), each.name) for each in owned_restaurants(user)],
        "has_restaurants": has_restaurant(user),
        "invited_hint": _invited_hint(user),
    }
    return render(request, "begin.html", context, status=400 if wrong else 200)
