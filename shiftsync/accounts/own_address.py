"""The part of one's own account that is about the address for mail: named, confirmed by a link that goes there, removed."""

from collections.abc import Mapping
from typing import Any, cast
from unicodedata import normalize

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.accounts.forgotten import asked_at
from shiftsync.core.errors import NotFound, RateLimited, ValidationFailed
from shiftsync.core.text import unfit
from shiftsync.core.wording import said
from shiftsync.notices.letters import (
    LONGEST,
    address_change_of,
    address_change_waiting,
    address_confirm,
    address_name,
    address_remove,
)
from shiftsync.tenants.forms import OwnPasswordForm
from shiftsync.tenants.models import User

DEEDS = ("address_name", "address_remove")


def carry_out(request: HttpRequest, user: User) -> dict[str, Any]:
    """Does what the form of this part asks for, with the password: whoever finds an open page could else have a new one mailed to
    themselves. What the page is to show of it."""
    form = OwnPasswordForm(user, {"old_password": request.POST.get("address_password", "")})
    form.full_clean()
    given = normalize("NFKC", request.POST.get("address", "")).strip()
    told = {
        "address_given": given,
        "wrong_address": "" if "address_remove" in request.POST else problem_of(given),
        "wrong_address_password": " ".join(str(problem) for problem in form.errors.get("old_password", [])),
    }
    if told["wrong_address"] or told["wrong_address_password"]:
        return {**told, "status": 400}
    if "address_remove" in request.POST:
        address_remove(user, asked=asked_at(request))
        return {"done": _("Your address is removed. You get no more email.")}
    try:
        address_name(user, address=given, asked=asked_at(request))
    except ValidationFailed as refusal:
        return {**told, "wrong_address": said(refusal.details["address"][0]), "status": refusal.status}
    except RateLimited as refusal:
        return {**told, "wrong_address": said(refusal.message), "status": refusal.status}
    return {"done": _("An email is on its way to %(address)s. Open the link in it to confirm.") % {"address": given}}


def problem_of(address: str) -> str:
    """What is wrong with an address that was typed; "" where nothing is."""
    if unfit(address) or len(address) > LONGEST:
        return _("Enter an email address.")
    try:
        validate_email(address)
    except ValidationError:
        return _("Enter an email address.")
    return ""


def shown(user: User, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows of this part."""
    address = {
        "name": "address",
        "label": _("New address") if user.email else _("Email address"),
        "type": "email",
        "autocomplete": "email",
        "longest": LONGEST,
        "value": told.get("address_given", ""),
        "wrong": told.get("wrong_address", ""),
    }
    password = {
        "name": "address_password",
        "label": _("Current password"),
        "type": "password",
        "autocomplete": "current-password",
        "value": "",
        "wrong": told.get("wrong_address_password", ""),
    }
    waiting = address_change_waiting(user)
    return {
        "address": user.email,
        "waiting": waiting.address if waiting else "",
        "can_mail": settings.CONFIG.mails_links,
        "sends_mail": settings.CONFIG.email is not None,
        "address_fields": [address, password],
        "password_fields": [password],
    }


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Confirms by a form: what opens addresses ahead of people confirms nothing."""
    user = cast(User, request.user)
    try:
        if request.method == "POST":
            address_confirm(user, secret=secret, asked=asked_at(request))
            return render(request, "confirm_address.html", {"is_done": True, "address": user.email})
        change = address_change_of(user, secret)
    except NotFound:
        return render(request, "confirm_address.html", {"is_over": True}, status=404)
    return render(request, "confirm_address.html", {"address": change.address})
