"""An editor looks at a draft before publishing it: sees its map, compares it with what is live."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views import View
from pydantic import ValidationError as SchemaError
from wagtail.permissions import policy_registry

from forms.checking import check
from forms.comparing import changes, grouped
from forms.mapping import map_of
from forms.models import Form
from forms.schema import FormSchema


class DraftView(View):
    """A screen about the newest draft of one form, for those who may change it."""

    def dispatch(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        self.form = get_object_or_404(Form, pk=pk)
        policy = policy_registry.get_by_type(Form)
        if not policy.user_has_permission_for_instance(request.user, "change", self.form):
            raise PermissionDenied
        self.draft = self.form.get_latest_revision_as_object()
        stopped = [found for found in check(self.draft) if found.blocks]
        try:
            self.schema = FormSchema.model_validate(self.draft.schema_data())
        except SchemaError:
            return render(request, "cdop_forms/admin/unfinished.html", {"form": self.form, "stopped": stopped})
        self.stopped = stopped
        return self.serve(request, *args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)


class MapView(DraftView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "cdop_forms/admin/map.html", {"form": self.form, "map": map_of(self.schema)})


class CompareView(DraftView):
    """Two versions, or a version and the draft: `?from=1&to=2`, `to=draft`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        versions = {str(version.number): version for version in self.form.versions.all()}
        newest = next(iter(versions), "")
        one = request.GET.get("from", "") if request.GET.get("from") in versions else newest
        other = request.GET.get("to", "") if request.GET.get("to") in versions else "draft"
        found = None
        if one:
            after = versions[other].definition if other in versions else self.schema
            found = grouped(changes(versions[one].definition, after))
        context = {"form": self.form, "versions": list(versions.values()), "one": one, "other": other, "found": found}
        return render(request, "cdop_forms/admin/compare.html", context)
