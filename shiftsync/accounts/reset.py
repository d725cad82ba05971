"""The page behind the address at which a forgotten password is set anew."""

from typing import Any

from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.core.errors import NotFound, Unavailable
from shiftsync.core.wording import said
from shiftsync.tenants.models import User
from shiftsync.tenants.passwords import place_in_line
from shiftsync.tenants.resets import user_of_reset


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Asks for the new password, and then for signing in with it: a second step of the sign-in stays what it was."""
    try:
        user = user_of_reset(secret)
    except NotFound:
        return render(request, "reset.html", {"is_over": True}, status=404)
    form = SetPasswordForm(user, request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and form.is_valid():
            with place_in_line():
                form.save()
            return redirect("sign-in")
    except Unavailable as refusal:
        return _page(request, user, form, said(refusal.message), refusal.status)
    return _page(request, user, form, "", 400 if form.errors else 200)


def _page(request: HttpRequest, user: User, form: Any, problem: str, status: int) -> HttpResponse:
    fields = [
        {
            "name": name,
            "label": label,
            "type": "password",
            "autocomplete": "new-password",
            "value": "",
            "wrong": " ".join(str(each) for each in form.errors.get(name, [])),
        }
        for name, label in (("new_password1", _("New password")), ("new_password2", _("The same password again")))
    ]
    context = {"name": user.username, "fields": fields, "problem": problem}
    return render(request, "reset.html", context, status=status)
