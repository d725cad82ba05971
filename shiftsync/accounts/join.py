"""The page behind the address of an invitation: whoever has it makes an account there, or joins with the one they have."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.accounts.first_account import FirstAccountForm, account_fields
from shiftsync.accounts.invitations import offer_words
from shiftsync.core.errors import NotFound, RateLimited, Unavailable, ValidationFailed
from shiftsync.core.whence import address_now
from shiftsync.core.wording import said
from shiftsync.tenants import guesses
from shiftsync.tenants.credentials import digest_of
from shiftsync.tenants.models import InvitationLink, Membership, User
from shiftsync.tenants.passwords import place_in_line
from shiftsync.tenants.selectors import is_member, link_of, person_offered
from shiftsync.tenants.services import invitation_link_accept, invitation_link_sign_up


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Says what is offered, and takes the answer: opening the page alone accepts nothing."""
    try:
        link = link_of(digest_of(secret))
        if request.method != "POST":
            return _page(request, link, FirstAccountForm())
        if isinstance(request.user, User):
            return _welcome(invitation_link_accept(request.user, secret=secret))
        return _signed_up(request, link, secret)
    except NotFound:
        return render(request, "join.html", {"is_over": True}, status=404)
    except ValidationFailed as refusal:
        return _page(request, link, FirstAccountForm(), said(refusal.message), 400)


def _signed_up(request: HttpRequest, link: InvitationLink, secret: str) -> HttpResponse:
    """Makes the account, signs it in and shows its restaurant. Tries are counted for each invitation: a taken name says so."""
    form = FirstAccountForm(request.POST)
    try:
        with place_in_line():
            attempt = guesses.begin(f"invitation {link.id}", guesses.Whence(address_now()), None)
            if not form.is_valid():
                return _page(request, link, form, status=400)
            given = form.cleaned_data
            made = invitation_link_sign_up(secret=secret, username=given["username"], password=given["password1"])
    except (RateLimited, Unavailable) as refusal:
        return _page(request, link, form, said(refusal.message), refusal.status)
    except ValidationError as error:
        return _page(request, link, form, " ".join(error.messages), 400)
    guesses.was_right(attempt)
    login(request, made.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return _welcome(made)


def _welcome(membership: Membership) -> HttpResponse:
    return redirect(f"{reverse('home')}?{urlencode({'restaurant': membership.restaurant_id})}")


def _page(
    request: HttpRequest, link: InvitationLink, form: FirstAccountForm, problem: str = "", status: int = 200
) -> HttpResponse:
    user = request.user
    name = {"name": user.get_username()}
    person = person_offered(link)
    context = {
        "restaurant": link.restaurant.name,
        "person": _("for %(name)s") % {"name": person.name} if person else "",
        **offer_words(link),
        "fields": account_fields(form),
        "problem": problem,
        "sign_in": f"{reverse('sign-in')}?{urlencode({'next': request.path})}",
        "is_member": isinstance(user, User) and is_member(user, link.restaurant_id),
        "join": _("Join as %(name)s") % name,
        "member": _("You belong to this restaurant already, as %(name)s.") % name,
    }
    return render(request, "join.html", context, status=status)
