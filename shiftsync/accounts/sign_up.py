"""The page on which anybody makes an account, where the operator has opened that. Everywhere else it says that accounts are by invitation."""

from unicodedata import normalize

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.accounts.first_account import FirstAccountForm, account_fields
from shiftsync.accounts.forgotten import asked_at
from shiftsync.accounts.own_address import problem_of
from shiftsync.core.errors import RateLimited, Unavailable
from shiftsync.core.whence import address_now, network_of
from shiftsync.core.wording import said
from shiftsync.notices.letters import LONGEST, address_name
from shiftsync.tenants import guesses
from shiftsync.tenants.models import User
from shiftsync.tenants.passwords import place_in_line
from shiftsync.tenants.selectors import has_users
from shiftsync.tenants.services import account_sign_up


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_page(request: HttpRequest) -> HttpResponse:
    """Asks for a user name and a password, and for an address where mail is sent; signs in, and leads to what comes next."""
    if not settings.CONFIG.is_sign_up_open:
        return render(request, "sign_up.html", {"is_closed": True}, status=404)
    if not has_users():
        return redirect("first-account")
    if isinstance(request.user, User):
        return redirect("home")
    if request.method != "POST":
        return _page(request, FirstAccountForm())
    form, address = FirstAccountForm(request.POST), _address(request)
    wrong = problem_of(address) if address else ""
    try:
        with place_in_line():
            _count()
            if not form.is_valid() or wrong:
                return _page(request, form, wrong=wrong, status=400)
            user = account_sign_up(username=form.cleaned_data["username"], password=form.cleaned_data["password1"])
    except RateLimited as refusal:
        return _too_many(request, form, refusal)
    except Unavailable as refusal:
        return _page(request, form, said(refusal.message), status=refusal.status)
    except ValidationError as error:
        return _page(request, form, " ".join(error.messages), status=400)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    if address:
        address_name(user, address=address, asked=asked_at(request))
    return redirect("home")


def _count() -> None:
    """Counts what is sent from an address as guesses of one password are, since a taken name says so; apart from them, so that nobody is
    kept from signing in by it. What was right counts too: accounts are not made in bulk. Raises :class:`RateLimited`."""
    whence = f"sign-up from {network_of(address_now())}"[:64]
    guesses.begin(whence, guesses.Whence(whence), None)


def _address(request: HttpRequest) -> str:
    return normalize("NFKC", request.POST.get("email", "")).strip() if settings.CONFIG.mails_links else ""


def _too_many(request: HttpRequest, form: FirstAccountForm, refusal: RateLimited) -> HttpResponse:
    minutes = max(1, -(-round(refusal.retry_after or 1) // 60))
    text = ngettext(
        "There were too many requests. Try again in %(minutes)s minute.",
        "There were too many requests. Try again in %(minutes)s minutes.",
        minutes,
    )
    response = _page(request, form, text % {"minutes": minutes}, status=refusal.status)
    response["Retry-After"] = str(minutes * 60)
    return response


def _page(
    request: HttpRequest, form: FirstAccountForm, problem: str = "", *, wrong: str = "", status: int = 200
) -> HttpResponse:
    fields = account_fields(form)
    if settings.CONFIG.mails_links:
        fields.append(
            {
                "name": "email",
                "label": _("Email address (optional)"),
                "type": "email",
                "autocomplete": "email",
                "longest": LONGEST,
                "is_optional": True,
                "value": request.POST.get("email", ""),
                "wrong": wrong,
                "hint": _("For a forgotten password and for notices. A link sent there confirms it."),
            }
        )
    return render(request, "sign_up.html", {"fields": fields, "problem": problem}, status=status)
