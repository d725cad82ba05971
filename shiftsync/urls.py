"""The URLs of the project."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path
from django.views.i18n import set_language

from shiftsync import health, pages
from shiftsync.accounts.begin import begin_page
from shiftsync.accounts.first_account import first_account_page
from shiftsync.accounts.forgotten import forgotten_page
from shiftsync.accounts.invitations import invitations_page
from shiftsync.accounts.join import join_page
from shiftsync.accounts.of_admin import admin_sign_in, own_password
from shiftsync.accounts.own_account import account_page
from shiftsync.accounts.own_address import confirm_address_page
from shiftsync.accounts.reset import reset_page
from shiftsync.accounts.reset_link import reset_link_page
from shiftsync.accounts.second_step import SecondStep
from shiftsync.accounts.sign_in import SignIn
from shiftsync.accounts.sign_up import sign_up_page

admin.autodiscover()

urlpatterns = [
    path("", pages.home, name="home"),
    path("service-worker.js", pages.service_worker, name="service-worker"),
    path("manifest.webmanifest", pages.web_manifest, name="web-manifest"),
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-up/", sign_up_page, name="sign-up"),
    path("account/", account_page, name="account"),
    path("account/address/<str:secret>/", confirm_address_page, name="confirm-address"),
    path("forgotten/", forgotten_page, name="forgotten"),
    path("sign-in/code/", SecondStep.as_view(), name="second-step"),
    path("reset/<str:secret>/", reset_page, name="reset"),
    path("reset-link/<uuid:id>/", reset_link_page, name="reset-link"),
    path("invitations/", invitations_page, name="invitations-page"),
    path("join/<str:secret>/", join_page, name="join"),
    path("begin/account/", first_account_page, name="first-account"),
    path("begin/", begin_page, name="begin"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("language/", set_language, name="set-language"),
    path("admin/login/", admin_sign_in),
    path("admin/password_change/", admin.site.admin_view(own_password)),
    path("admin/", admin.site.urls),
    path("api/", include("shiftsync.api_urls")),
    path("health", health.live, name="health"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
]

handler404 = "shiftsync.pages.not_found"
handler500 = "shiftsync.pages.server_error"
