"""The language of an answer: pages speak that of their reader, what programs read is always in English.

Django's middleware alone would have REST answer a Japanese browser with Django REST framework's Japanese in ``message``, and with our
English beside it. The page may be in the other language; it takes ``messageJa`` where it needs it (``core/telling.py``).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

API = "/api/"


class LanguageMiddleware(LocaleMiddleware):
    """As Django's, but for what is below ``/api/``."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith(API):
            translation.activate(settings.LANGUAGE_CODE)
        else:
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if request.path_info.startswith(API) else super().process_response(request, response)
