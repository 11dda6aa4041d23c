"""A file is uploaded, and its columns are told."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.integrations.actions import Chosen, bring_file, choose_columns, save_mapping
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.policies import (
    may_choose_columns,
    visible_imports,
    visible_mappings,
)
from evenhand.kernel.paging import page_of
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.imports.forms import ColumnsForm, UploadForm
from evenhand.web.imports.pages import find_import, only_importers, steps
from evenhand.web.imports.plans import compare
from evenhand.web.people.pickers import chosen

NEWEST_FIRST = ("-uploaded_at", "-id")
MOST_MAPPINGS = 100

form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def imports(request: PersonRequest) -> HttpResponse:
    """What was imported so far: who, when, and what it changed."""
    only_importers(request.actor)
    cursor = request.GET.get("cursor", "")
    page = page_of(visible_imports(request.actor), NEWEST_FIRST, cursor=cursor)
    return render(request, "imports/imports.html", {"page": page})


@form_view
def new_import(request: PersonRequest) -> HttpResponse:
    only_importers(request.actor)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if not form.is_valid():
        context = {"form": form, "steps": steps(None)}
        return render(
            request, "imports/new_import.html", context, status=422 if form.errors else 200
        )
    brought = bring_file(form.source, form.table, by=request.actor, at=timezone.now())
    return go_to(request, "imports:columns", brought.pk)


@form_view
def columns(request: PersonRequest, pk: int) -> HttpResponse:
    """What each column says; once that is clear, the file is compared with the people here."""
    brought = find_import(request, pk)
    may_choose_columns(request.actor, brought).enforce()
    form = ColumnsForm(brought, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "brought": brought,
            "form": form,
            "steps": steps(brought, at_columns=True),
            "mappings": visible_mappings(request.actor)[:MOST_MAPPINGS],
        }
        return render(request, "imports/columns.html", context, status=422 if form.errors else 200)
    is_ready = choose_columns(brought, form.chosen, by=request.actor)
    _save(request, pk, form.cleaned_data["save_as"])
    if not is_ready:
        messages.warning(request, _("One more question about the days in this file."))
        return go_to(request, "imports:columns", pk)
    return compare(request, brought)


@require_POST
def use_mapping(request: PersonRequest, pk: int) -> HttpResponse:
    """Take what a saved mapping says, as far as the file has its columns."""
    brought = find_import(request, pk)
    saved = chosen(visible_mappings(request.actor), request.POST.get("mapping", ""))
    if saved is None:
        raise Http404
    header = [column["name"] for column in brought.seen.get("columns", ())]
    mapping = Mapping.from_json(saved.mapping).fitted_to(header)
    found = {name: said for name, said in mapping.columns.items() if name in header}
    says = Chosen(replace(mapping, columns=found), {}, brought.is_complete, saved.name)
    choose_columns(brought, says, by=request.actor)
    messages.success(request, _("The columns are read as “%(name)s” says.") % {"name": saved.name})
    return go_to(request, "imports:columns", pk)


def _save(request: PersonRequest, pk: int, name: str) -> None:
    if name:
        mapping = Mapping.from_json(find_import(request, pk).mapping)
        save_mapping(name, mapping, by=request.actor, at=timezone.now())
