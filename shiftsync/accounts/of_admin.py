"""Where the admin's own pages about accounts lead to ours."""

from django.contrib import admin
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.http import HttpResponseRedirect as Redirect
from django.shortcuts import redirect
from django.urls import reverse

from shiftsync.tenants.forms import OwnPasswordForm


def own_password(request: HttpRequest) -> HttpResponseBase:
    """The admin's page for one's own password, with the form that counts guesses."""
    return PasswordChangeView.as_view(
        form_class=OwnPasswordForm,
        success_url=reverse("admin:password_change_done"),
        extra_context=admin.site.each_context(request),
    )(request)


def admin_sign_in(request: HttpRequest) -> HttpResponsePermanentRedirect | Redirect:
    """The admin's own sign-in page leads to ours."""
    return redirect(f"{reverse('sign-in')}?{request.GET.urlencode()}")
