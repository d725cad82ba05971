"""The admin as one more adapter of the services. A refusal becomes a form error, and what was typed is kept."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from shiftsync.core.errors import DomainError, Unavailable
from shiftsync.core.ids import new_id
from shiftsync.core.serializers import camel
from shiftsync.core.text import unfit

BOOKKEEPING = ("request_id", "base_version")


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]  # of any model
    """A form whose content goes to a service.

    ``request_id`` makes a form that is submitted twice one change; ``base_version`` is the version its reader saw. A field counts
    as changed if it differs from what was shown, not from what is stored now. ``wire_names`` maps fields to the wire
    names that services use, where these are not simply the field names in camelCase.
    """

    request_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    wire_names: ClassVar[Mapping[str, str]] = {}
    refusal: DomainError | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(request_id=new_id(), base_version=getattr(self.instance, "revision", None))
        for name, field in self.fields.items():
            field.show_hidden_initial = name not in BOOKKEEPING

    @property
    def changed(self) -> dict[str, Any]:
        """The fields that the author changed, by wire name."""
        names = [name for name in self.changed_data if name not in BOOKKEEPING]
        return {self.wire_name(name): self.cleaned_data[name] for name in names}

    def wire_name(self, name: str) -> str:
        """What services call a field."""
        return self.wire_names.get(name, camel(name))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._refuse_unfit_text()
        if self.refusal is not None:
            self._tell(self.refusal)
        return cleaned

    def _refuse_unfit_text(self) -> None:
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and (problem := unfit(value)):
                self.add_error(name, problem)

    def _tell(self, refusal: DomainError) -> None:
        fields = {self.wire_name(name): name for name in self.fields}
        for wire_name, text in _problems(refusal):
            self.add_error(fields.get(wire_name.partition(".")[0]), text)
        if not isinstance(refusal, Unavailable):
            self._begin_anew(refusal.details.get("currentVersion"))

    def _begin_anew(self, seen: int | None) -> None:
        """Prepares the next attempt: a new request, based on what is stored now, since the author has been shown the
        conflict."""
        data: Any = self.data
        self.data = data = data.copy()
        data["request_id"] = str(new_id())
        if seen is not None:
            data["base_version"] = str(seen)


def _problems(refusal: DomainError) -> Iterator[tuple[str, str]]:
    """The refusals as wire name and text. An empty name refers to the form as a whole."""
    items = refusal.details.get("items")
    if items:
        for item in items:
            author = item["theirAuthor"] or "the system"
            yield item["field"], f"Meanwhile {author} has set this to “{item['theirs']}”. Save again to keep yours."
        return
    for name, problem in refusal.details.items():
        yield name, str(problem[0] if isinstance(problem, list) and problem else problem)
    if not refusal.details:
        yield "", refusal.message


class ServiceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # of any model
    """Pages whose writes are service calls, each in a transaction of its own.

    Subclasses say what a form means: :meth:`add_by_service` and :meth:`change_by_service`. Editing in lists and
    Django's own deletion would bypass the services, so they are replaced by actions.
    """

    form: type[forms.ModelForm[Any]] = ServiceForm

    def add_by_service(self, request: HttpRequest, form: Any) -> Any:
        """Carries out what the form asks for; returns the primary key of the new row."""
        raise PermissionDenied

    def change_by_service(self, request: HttpRequest, row: Any, form: Any) -> None:
        """Carries out what the form changes of ``row``, which holds the new values in memory only."""
        raise PermissionDenied

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """As Django's, but not in a transaction: a service commits for itself, and tells sockets after that.

        A refused form is shown again with the refusal among its errors.
        """
        try:
            return self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]  # it has
        except DomainError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]  # ours, for get_form
            return self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]  # it has

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)  # type: ignore[attr-defined]  # the class was made for this request
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = [*super().get_fields(request, obj)]
        is_editable = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [*fields, *(name for name in BOOKKEEPING if is_editable and name not in fields)]

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        if change:
            self.change_by_service(request, obj, form)
        else:
            obj.pk = self.add_by_service(request, form)
        obj.refresh_from_db()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class HistoryAdmin(SimpleHistoryAdmin):
    """Read-only history.

    Reverting would be a change like any other, so it is not offered here. A row that the reader may not see has no
    history page.
    """

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        self._require_visible(request, object_id)
        response: HttpResponse = super().history_view(request, object_id, extra_context)
        return response

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        self._require_visible(request, object_id)
        if request.method != "GET":
            raise PermissionDenied
        response: HttpResponse = super().history_form_view(request, object_id, version_id, extra_context)
        return response

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def _require_visible(self, request: HttpRequest, object_id: str) -> None:
        if self.get_object(request, object_id) is None:
            raise Http404
