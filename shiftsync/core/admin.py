"""The admin as one more adapter of the services. A refusal becomes a form error, and what was typed is kept."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext

from shiftsync.core.admin_site import LAST, Task
from shiftsync.core.errors import DomainError, Forbidden, NotFound, Unavailable
from shiftsync.core.ids import new_id
from shiftsync.core.serializers import camel
from shiftsync.core.text import unfit
from shiftsync.core.wording import said

BOOKKEEPING = ("request_id", "base_version")
CONFIRMED = "confirmed"


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
                self.add_error(name, said(problem))

    def _post_clean(self) -> None:
        """As Django's, but constraints are left to the services, which know what is wrong; the database's names are no words."""
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()  # type: ignore[misc]  # it has

    def validate_unique(self) -> None:
        """Left to the services as well."""

    def _tell(self, refusal: DomainError) -> None:
        fields = {self.wire_name(name): name for name in self.fields}
        for wire_name, text in problems_of(refusal):
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


def problems_of(refusal: DomainError) -> Iterator[tuple[str, str]]:
    """The refusals as wire name and text. An empty name refers to the form as a whole."""
    items = refusal.details.get("items")
    if items:
        for item in items:
            author = item["theirAuthor"] or gettext("the system")
            words = {"author": author, "value": item["theirs"]}
            yield (
                item["field"],
                gettext("Meanwhile %(author)s has set this to “%(value)s”. Save again to keep yours.") % words,
            )
        return
    told = {name: problem for name, problem in refusal.details.items() if not isinstance(problem, str)}
    found = [(name, text) for name, problem in told.items() for text in _texts(problem)]
    yield from found or [("", said(refusal.message))]


def _texts(problem: Any) -> Iterator[str]:
    """What an entry of a refusal's details says to people. Ids and numbers are for programs."""
    if isinstance(problem, str):
        yield said(problem)
    elif isinstance(problem, Sequence):
        for each in problem[:1]:
            yield from _texts(each)
    elif isinstance(problem, Mapping):
        for each in problem.values():
            yield from _texts(each) if not isinstance(each, str) else ()


class ServiceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # of any model
    """Pages whose writes are service calls, each in a transaction of its own.

    Subclasses say what a form means: :meth:`add_by_service` and :meth:`change_by_service`. Editing in lists and
    Django's own deletion would bypass the services, so they are replaced by actions.
    """

    form: type[forms.ModelForm[Any]] = ServiceForm
    task: ClassVar[Task] = Task.OPERATOR
    place: ClassVar[int] = LAST
    guide: ClassVar[Any] = ""
    """What the page is for, in a sentence above its list."""

    def add_by_service(self, request: HttpRequest, form: Any) -> Any:
        """Carries out what the form asks for; returns the primary key of the new row."""
        raise PermissionDenied

    def change_by_service(self, request: HttpRequest, row: Any, form: Any) -> None:
        """Carries out what the form changes of ``row``, which holds the new values in memory only."""
        raise PermissionDenied

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """As Django's, but not in a transaction: a service commits for itself and notifies sockets after that.

        A refused form is shown again with the refusal among its errors; so is one whose author may not do this any more,
        since what was typed is theirs.
        """
        try:
            return self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]  # it has
        except DomainError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]  # ours, for get_form
        except PermissionDenied:
            row = self.get_object(request, object_id) if object_id else None
            if request.method != "POST" or not request.POST or not self._has_form(object_id):
                raise
            if not self._may_look(request, object_id, row):
                return self._kept(request, gettext("You can no longer change this."), Forbidden.status)
            request.refusal = Forbidden(self.why_not(request, row) or gettext("You can no longer change this."))  # type: ignore[attr-defined]  # ours
            request.keeps_typed = True  # type: ignore[attr-defined]  # ours, for keeps_typed
            shown = self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]  # it has
            shown.status_code = Forbidden.status
            return shown
        return self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]  # it has

    def _has_form(self, object_id: str | None) -> bool:
        """Whether there is anything to fill in, for whoever may; elsewhere nothing was typed that could be shown again."""
        kind = type(self)
        if object_id is None:
            return kind.add_by_service is not ServiceAdmin.add_by_service
        return kind.change_by_service is not ServiceAdmin.change_by_service

    def _may_look(self, request: HttpRequest, object_id: str | None, row: Any) -> bool:
        return self.has_view_permission(request, row) and (row is not None or object_id is None)

    def keeps_typed(self, request: HttpRequest) -> bool:
        """Whether a form is only shown again for the sake of what was typed. It has a refusal, so it can never be saved."""
        return getattr(request, "keeps_typed", False)

    def why_not(self, request: HttpRequest, row: Any) -> str:
        """Why this user cannot change ``row`` (None: add one); empty where they can, or where it is plain to see."""
        return ""

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = context.get("original")
        context["why_not"] = "" if self.keeps_typed(request) else self.why_not(request, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """As Django's; but where something was sent, with what was typed, to be copied from there."""
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc,no-any-return]  # it has
        return self._kept(request, gettext("This no longer exists"), NotFound.status)

    def _kept(self, request: HttpRequest, title: str, status: int) -> HttpResponse:
        """What was typed, to be copied from there, where no form can show it again."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "typed": [*self._typed(request)],
        }
        return TemplateResponse(request, "admin/kept.html", context, status=status)

    def _typed(self, request: HttpRequest) -> Iterator[tuple[str, str]]:
        """What a form brought, by the names of its fields."""
        names = {field.name: field.verbose_name for field in self.opts.get_fields() if hasattr(field, "verbose_name")}
        for name, values in request.POST.lists():
            text = ", ".join(value for value in values if value)
            if text and not name.startswith(("initial-", "_", "csrf")) and name not in BOOKKEEPING:
                yield capfirst(str(names.get(name, name))), text

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"guide": self.guide, "title": title, **(extra_context or {})})

    def confirmation(
        self, request: HttpRequest, rows: Any, *, title: str, consequences: Sequence[str], button: str
    ) -> HttpResponse | None:
        """The page that says in numbers what an action will do, before it does; None once that was confirmed."""
        if request.POST.get(CONFIRMED):
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "consequences": consequences,
            "button": button,
            "action": request.POST.get("action", ""),
            "rows": list(rows),
            "checkbox": ACTION_CHECKBOX_NAME,
            "confirmed": CONFIRMED,
            "whence": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/confirm.html", context)

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
