"""The library in Excel: to take away, to fill in, to bring back."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.competencies.importing import (
    apply_library_import,
    bring_library_file,
    discard_library_import,
    visible_imports,
)
from evenhand.competencies.planning import newest_competencies, newest_models, plan_of
from evenhand.competencies.policies import may_see_jobs, may_write_library
from evenhand.competencies.workbook import Contents, empty_sheets, library_sheets
from evenhand.competencies.workbook_rows import LIMITS, Rows, read_rows
from evenhand.kernel.acting import Actor
from evenhand.spreadsheets.tables import UnusableFile
from evenhand.spreadsheets.writing import Sheet, write_workbook
from evenhand.web.downloads import EXCEL
from evenhand.web.http import PersonRequest, go_to

NEWEST = 20
SHOWN_MISTAKES = 200


class LibraryFileForm(forms.Form):
    """A workbook, read at once, so that one which cannot be used is told about here."""

    file = forms.FileField(
        label=gettext_lazy("Excel workbook"),
        help_text=gettext_lazy("The template filled in, or the library taken away and changed."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    rows: Rows

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if file := said.get("file"):
            try:
                self.rows = read_rows(file.read(LIMITS.file_bytes + 1))
            except UnusableFile as unusable:
                self.add_error("file", unusable.message)
        return said


@require_http_methods(["GET", "HEAD", "POST"])
def library_imports(request: PersonRequest) -> HttpResponse:
    """Take the library away, or bring one in."""
    _only_writers(request.actor)
    is_sent = request.method == "POST"
    form = LibraryFileForm(*((request.POST, request.FILES) if is_sent else ()))
    if is_sent and form.is_valid():
        brought = bring_library_file(
            form.cleaned_data["file"].name, form.rows, by=request.actor, at=timezone.now()
        )
        return go_to(request, "library_import", brought.pk)
    context = {
        "form": form,
        "imports": visible_imports(request.actor)[:NEWEST],
        "may_write": True,
        "may_see_jobs": may_see_jobs(request.actor),
    }
    status = 422 if form.errors else 200
    return render(request, "competencies/imports.html", context, status=status)


@require_safe
def library_import(request: PersonRequest, pk: int) -> HttpResponse:
    """What a workbook would change, and what is wrong with it."""
    brought = get_object_or_404(visible_imports(request.actor), pk=pk)
    plan = None if brought.applied_at else plan_of(brought.rows)
    context = {
        "brought": brought,
        "plan": plan,
        "mistakes": plan.mistakes[:SHOWN_MISTAKES] if plan else [],
    }
    return render(request, "competencies/import.html", context)


@require_POST
def library_import_application(request: PersonRequest, pk: int) -> HttpResponse:
    brought = get_object_or_404(visible_imports(request.actor), pk=pk)
    if apply_library_import(brought, by=request.actor, at=timezone.now()):
        messages.success(request, _("It is in the library now, in writing. Publish what is ready."))
    return go_to(request, "competencies")


@require_POST
def library_import_removal(request: PersonRequest, pk: int) -> HttpResponse:
    brought = get_object_or_404(visible_imports(request.actor), pk=pk)
    discard_library_import(brought, by=request.actor, at=timezone.now())
    messages.success(request, _("The file is gone. Nothing was changed."))
    return go_to(request, "library_imports")


@require_safe
def library_file(request: PersonRequest) -> HttpResponseBase:
    """Everything published, as a workbook that can be brought back."""
    contents = Contents(newest_competencies(), newest_models())
    return _workbook("competencies", library_sheets(contents))


@require_safe
def library_template(request: PersonRequest) -> HttpResponseBase:
    """A workbook to fill in."""
    _only_writers(request.actor)
    return _workbook("competencies-template", empty_sheets())


def _only_writers(actor: Actor) -> None:
    if not may_write_library(actor):
        raise Http404


def _workbook(name: str, sheets: Iterable[Sheet]) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    write_workbook(file, sheets)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=EXCEL)
