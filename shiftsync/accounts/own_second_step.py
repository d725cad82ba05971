"""The part of one's own account that is about the second step of the sign-in: set up, turned on, turned off."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shiftsync.core.errors import ConflictError, DomainError, RateLimited, Unavailable, ValidationFailed
from shiftsync.core.qr import qr_code
from shiftsync.core.wording import said
from shiftsync.tenants.forms import OwnPasswordForm
from shiftsync.tenants.models import User
from shiftsync.tenants.second_factor import (
    app_address,
    second_factor_begin,
    second_factor_check,
    second_factor_confirm,
    second_factor_of,
    second_factor_remove,
    second_factor_resume,
)
from shiftsync.tenants.sessions import browser_sessions_end_others

DEEDS = ("second_begin", "second_on", "second_off")


def carry_out(request: HttpRequest, user: User) -> dict[str, Any]:
    """Does what the form of this part asks for. What the page is to show of it: the key of the app, the codes to write down, or
    what is wrong."""
    try:
        if "second_on" in request.POST:
            return _turned_on(request, user)
        if "second_off" in request.POST:
            second_factor_check(user, code=request.POST.get("code", ""))
            second_factor_remove(user)
            return {"done": _("The second step is turned off.")}
        return _with_key(user, second_factor_begin(user))
    except ConflictError:
        return {}  # It was turned on in another window, as the page shows.
    except (ValidationFailed, RateLimited, Unavailable) as refusal:
        return {"status": refusal.status, "wrong": said(refusal.message), "wrong_code": _why(refusal)}


def _turned_on(request: HttpRequest, user: User) -> dict[str, Any]:
    """With the password as well: else whoever finds an open page could keep its user out."""
    form = OwnPasswordForm(user, {"old_password": request.POST.get("present_password", "")})
    form.full_clean()
    wrong = [str(problem) for problem in form.errors.get("old_password", [])]
    if wrong:
        return {**_with_key(user, second_factor_resume(user)), "wrong_password": " ".join(wrong), "status": 400}
    try:
        written = second_factor_confirm(user, code=request.POST.get("code", ""))
    except ValidationFailed as refusal:
        return {**_with_key(user, second_factor_resume(user)), "wrong_code": _why(refusal), "status": 400}
    # They were signed in by the password alone, which somebody else may know: often the reason to turn it on.
    browser_sessions_end_others(user, but=request.session.session_key or "")
    return {"written": written, "done": _("The second step is turned on. All other browsers are signed out.")}


def _why(refusal: DomainError) -> str:
    details = refusal.details.get("code")
    return said(details[0] if details else refusal.message)


def _with_key(user: User, secret: str) -> dict[str, Any]:
    grouped = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    address = app_address(user, secret)
    return {"secret": grouped, "app_address": address, "qr": qr_code(address)}


def shown(user: User, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows of this part."""
    factor = second_factor_of(user)
    left = len(factor.written) if factor else 0
    codes = ngettext("%(count)s written code is left.", "%(count)s written codes are left.", left) % {"count": left}
    code = {
        "name": "code",
        "label": _("Code"),
        "type": "text",
        "autocomplete": "one-time-code",
        "value": "",
        "wrong": told.get("wrong_code", ""),
    }
    password = {
        "name": "present_password",
        "label": _("Current password"),
        "type": "password",
        "autocomplete": "current-password",
        "value": "",
        "wrong": told.get("wrong_password", ""),
    }
    return {**told, "second": factor, "codes_left": codes, "code_fields": [code], "confirm_fields": [code, password]}
