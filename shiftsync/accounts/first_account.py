"""The first visit to an empty installation: the account of its operator.

Whoever comes first is not taken for the operator: they enter a code that only those who run the server can read.
"""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import BaseUserCreationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.core.errors import Forbidden, RateLimited, Unavailable
from shiftsync.core.whence import address_now
from shiftsync.core.wording import said
from shiftsync.tenants import guesses
from shiftsync.tenants.models import User
from shiftsync.tenants.selectors import has_users
from shiftsync.tenants.services import first_account_create
from shiftsync.tenants.set_up import is_set_up_code, set_up_code

logger = logging.getLogger(__name__)


class FirstAccountForm(BaseUserCreationForm[User]):
    """Django's form for a new user, with its rules for passwords."""

    class Meta(BaseUserCreationForm.Meta):
        model = User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_account_page(request: HttpRequest) -> HttpResponse:
    """Asks for the operator's account, and signs them in. Where there is an account already it leads to the sign-in page."""
    if has_users():
        return redirect("sign-in")
    if request.method != "POST":
        logger.warning("set_up.code_asked_for code=%s", set_up_code())
        return _page(request, FirstAccountForm())
    form = FirstAccountForm(request.POST)
    try:
        if not _has_code(request.POST.get("code", "")):
            return _page(request, form, _("This is not the set-up code."), 403)
    except (RateLimited, Unavailable) as refusal:
        return _page(request, form, said(refusal.message), refusal.status)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        user = first_account_create(username=form.cleaned_data["username"], password=form.cleaned_data["password1"])
    except ValidationError as error:
        return _page(request, form, " ".join(error.messages), 400)
    except Forbidden:
        return redirect("sign-in")
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("begin")


def _has_code(given: str) -> bool:
    """Whether that is the code. Wrong ones count as wrong passwords of the account that is not there yet."""
    attempt = guesses.begin("", guesses.Whence(address_now()), None)
    if not is_set_up_code(given):
        guesses.was_wrong(attempt)
        return False
    guesses.was_right(attempt)
    return True


def _page(request: HttpRequest, form: FirstAccountForm, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "fields": account_fields(form),
        "problem": problem,
        "code": request.POST.get("code", ""),
    }
    return render(request, "first_account.html", context, status=status)


def account_fields(form: FirstAccountForm) -> list[dict[str, Any]]:
    """What ``account_fields.html`` shows of the form: labels in the language of the request, what was typed (passwords never), and what is wrong."""
    return [
        {
            "name": name,
            "label": label,
            "type": "text" if name == "username" else "password",
            "autocomplete": "username" if name == "username" else "new-password",
            "value": form["username"].value() or "" if name == "username" else "",
            "wrong": " ".join(str(problem) for problem in form.errors.get(name, [])),
        }
        for name, label in (
            ("username", _("User name")),
            ("password1", _("Password")),
            ("password2", _("The same password again")),
        )
    ]
