"""The OpenAPI document and its page for people, which refuse as everything below ``/api/`` does."""

from typing import Any, ClassVar

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from shiftsync.core.api import WireRenderer
from shiftsync.core.strictness import require_known_query


class OfDocument(APIView):
    """What both have in common. Their own renderers write YAML and pages, and could not write a refusal."""

    parameters: ClassVar[frozenset[str]]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raises :class:`ValidationFailed` for parameters that are not known."""
        super().initial(request, *args, **kwargs)
        require_known_query(request.query_params, self.parameters)

    def handle_exception(self, exc: Exception) -> Response:
        """As usual, as JSON."""
        response = super().handle_exception(exc)
        self.request.accepted_renderer, self.request.accepted_media_type = WireRenderer(), WireRenderer.media_type
        return response


class Document(OfDocument, SpectacularAPIView):
    """The document; ``?format=json`` or ``yaml``."""

    parameters = frozenset({"format"})


class DocumentPage(OfDocument, SpectacularSwaggerSplitView):
    """The document as a page, and the page's script."""

    parameters = frozenset({"script"})
