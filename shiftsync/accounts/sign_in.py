"""The sign-in page, for the front end, the API's documentation and the admin."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shiftsync.accounts.code_awaited import ask_for_code
from shiftsync.core.errors import DomainError, RateLimited, Unavailable
from shiftsync.tenants.guesses import BROWSER_AGE, BROWSER_COOKIE, browser_of, mark_of
from shiftsync.tenants.models import User
from shiftsync.tenants.second_factor import second_factor_of
from shiftsync.tenants.selectors import has_users, invitations_for


class SignIn(LoginView):
    """The sign-in page, for the front end, the API's documentation and the admin."""

    template_name = "sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        no_entry = _("You are signed in as %(name)s, who may not open this page. Sign in as somebody else?")
        refused = no_entry % {"name": user.get_username()} if user.is_authenticated else ""
        words = {
            "languages": settings.LANGUAGES,
            "refused": refused,
            "is_sign_up_open": settings.CONFIG.is_sign_up_open,
            "problem": _("The user name or the password is wrong."),
        }
        return super().get_context_data(**{**words, **kwargs})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As Django's; while nobody has an account, the first one is made instead."""
        if not request.user.is_authenticated and not has_users():
            return redirect("first-account")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As Django's; where guesses are refused the page says so, and when to come back."""
        try:
            return super().post(request, *args, **kwargs)
        except (RateLimited, Unavailable) as refusal:
            return self._refused(refusal)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Signs in, or asks for the second step first."""
        user = form.get_user()
        if second_factor_of(user) is not None:
            return ask_for_code(self.request, user, self.get_redirect_url())
        return self.signed_in(user)

    def signed_in(self, user: User) -> HttpResponse:
        """Signs in, and marks the browser as one that its user knows."""
        login(self.request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        response = redirect(self.get_success_url())
        name = user.username
        if not browser_of(self.request.COOKIES.get(BROWSER_COOKIE, ""), name):
            response.set_cookie(
                BROWSER_COOKIE,
                mark_of(name),
                max_age=BROWSER_AGE,
                path=reverse("sign-in"),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def get_success_url(self) -> str:
        """As Django's; but whoever is invited somewhere, and was on their way to the front end, is asked first."""
        target, user = super().get_success_url(), self.request.user
        is_invited = target == reverse("home") and isinstance(user, User) and bool(invitations_for(user))
        return reverse("invitations-page") if is_invited else target

    def _refused(self, refusal: DomainError) -> HttpResponse:
        seconds = max(1, round(refusal.retry_after or 1))
        problem = _("Many people are signing in at this moment. Try again in a few seconds.")
        if isinstance(refusal, RateLimited):
            problem = _too_many(-(-seconds // 60))
        # An unbound form: the input was not validated and is not shown again.
        context = self.get_context_data(form=AuthenticationForm(self.request), problem=problem, is_refused=True)
        response = self.render_to_response(context, status=refusal.status)
        response["Retry-After"] = str(seconds)
        # Django logs a line for each answer of this kind; here that would be one for each guess.
        response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark
        return response


def _too_many(minutes: int) -> str:
    text = ngettext(
        "There were too many wrong passwords. Try again in %(minutes)s minute.",
        "There were too many wrong passwords. Try again in %(minutes)s minutes.",
        minutes,
    )
    return text % {"minutes": minutes}
