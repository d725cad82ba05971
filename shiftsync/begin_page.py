"""The page on which a restaurant begins: what cannot wait. Everything else is entered in the restaurant itself, step by step."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.core.errors import ValidationFailed
from shiftsync.core.holidays import known_countries
from shiftsync.core.ids import new_id, parse_id
from shiftsync.core.text import unfit
from shiftsync.core.zones import FALLBACK, known_zones
from shiftsync.tenants.hooks import PRESETS
from shiftsync.tenants.models import User
from shiftsync.tenants.selectors import has_restaurant, may_begin
from shiftsync.tenants.services import restaurant_begin

CLOSING_DAY = forms.IntegerField(min_value=1, max_value=31)

TEXTS = {
    "en": {
        "title": "Begin a restaurant",
        "lead": "Four answers, then staff and shifts. You can change all of them later.",
        "name": "Name of the restaurant",
        "preset": "Shift times",
        "closingDay": "The day that ends a period",
        "closing_hint": "20: periods run from the 21st to the 20th. 31: calendar months.",
        "country": "Country, for public holidays",
        "timezone": "Time zone",
        "submit": "Begin",
        "back": "Back to my restaurants",
        "out": "Sign out",
        "refused": "You do not belong to a restaurant yet. Ask its owner to invite you; your user name is %s.",
        "none": "No restaurant yet",
    },
    "ja": {
        "title": "お店をはじめる",
        "lead": "4 つの質問のあと、スタッフとシフトを登録します。どれもあとから変更できます。",
        "name": "お店の名前",
        "preset": "シフトの時間",
        "closingDay": "締め日",
        "closing_hint": "20：21日から翌月20日まで。31：月初から月末まで。",
        "country": "国（祝日に使います）",
        "timezone": "タイムゾーン",
        "submit": "はじめる",
        "back": "お店の画面へ戻る",
        "out": "サインアウト",
        "refused": "まだどのお店にも参加していません。オーナーに招待を依頼してください。あなたのユーザー名は %s です。",
        "none": "お店がありません",
    },
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin_page(request: HttpRequest) -> HttpResponse:
    """Asks what a restaurant cannot begin without, and makes it. To those who may not begin one it says what they can do."""
    user = cast(User, request.user)
    words = TEXTS["ja" if (get_language() or "").startswith("ja") else "en"]
    if not may_begin(user):
        context = {
            "texts": words,
            "refused": words["refused"] % user.get_username(),
            "has_restaurants": has_restaurant(user),
        }
        return render(request, "begin.html", context, status=403 if request.method == "POST" else 200)
    if request.method != "POST":
        return _form(request, words, _first_answers(words is TEXTS["ja"]), {})
    given = {
        name: request.POST.get(name, "").strip()
        for name in ("requestId", "name", "timezone", "country", "closingDay", "preset")
    }
    try:
        restaurant = restaurant_begin(user, **_read(given))
    except ValidationFailed as refusal:
        return _form(request, words, given, refusal.details)
    return redirect(f"{reverse('home')}?{urlencode({'restaurant': restaurant.id})}")


def _first_answers(is_japanese: bool) -> dict[str, str]:
    # The page's script proposes the browser's own zone, and its country, in their place.
    return {
        "requestId": str(new_id()),
        "name": "",
        "timezone": FALLBACK,
        "country": "JP",
        "closingDay": "20" if is_japanese else "31",
        "preset": next(iter(PRESETS)),
    }


def _read(given: dict[str, str]) -> dict[str, Any]:
    """The answers for ``restaurant_begin``. Raises :class:`ValidationFailed` for what the model cannot judge."""
    wrong = {name: [problem] for name, text in given.items() if (problem := unfit(text))}
    closing_day = 0
    try:
        closing_day = CLOSING_DAY.clean(given["closingDay"])
    except ValidationError as error:
        wrong["closingDay"] = error.messages
    if wrong:
        raise ValidationFailed.by_field(wrong)
    return {
        "request_id": parse_id(given["requestId"]),
        "name": given["name"],
        "timezone": given["timezone"],
        "country": given["country"],
        "closing_day": closing_day,
        "preset": given["preset"],
    }


def _form(request: HttpRequest, words: dict[str, str], given: dict[str, str], wrong: Any) -> HttpResponse:
    is_japanese = words is TEXTS["ja"]
    context = {
        "texts": words,
        "given": given,
        "wrong": {name: " ".join(problems) for name, problems in wrong.items()},
        "zones": sorted(known_zones()),
        "countries": sorted(known_countries()),
        "presets": [(each.key, each.name_ja if is_japanese else each.name_en) for each in PRESETS.values()],
        "has_restaurants": has_restaurant(cast(User, request.user)),
    }
    return render(request, "begin.html", context, status=400 if wrong else 200)
