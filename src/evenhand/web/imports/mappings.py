"""The mappings that are kept under a name."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.integrations.actions import remove_mapping, rename_mapping
from evenhand.integrations.people_files.labels import FIELD_LABELS
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.policies import visible_mappings
from evenhand.kernel.paging import page_of
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.imports.forms import MappingNameForm
from evenhand.web.imports.pages import only_importers


@require_safe
def mappings(request: PersonRequest) -> HttpResponse:
    only_importers(request.actor)
    cursor = request.GET.get("cursor", "")
    page = page_of(visible_mappings(request.actor), ("name", "id"), cursor=cursor)
    return render(request, "imports/mappings.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: PersonRequest, pk: int) -> HttpResponse:
    """What a mapping says, and its name, which can be changed."""
    saved = get_object_or_404(visible_mappings(request.actor), pk=pk)
    form = MappingNameForm(saved, request.POST if request.method == "POST" else None)
    if form.is_valid():
        rename_mapping(saved, form.cleaned_data["name"], by=request.actor, at=timezone.now())
        messages.success(request, _("The mapping has its new name."))
        return go_to(request, "imports:mappings")
    columns = Mapping.from_json(saved.mapping).columns
    context = {
        "saved": saved,
        "form": form,
        "columns": [(name, FIELD_LABELS[said]) for name, said in columns.items()],
    }
    return render(request, "imports/mapping.html", context, status=422 if form.errors else 200)


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(visible_mappings(request.actor), pk=pk)
    remove_mapping(saved, by=request.actor, at=timezone.now())
    messages.success(request, _("The mapping is deleted. Nothing else has changed."))
    return go_to(request, "imports:mappings")
