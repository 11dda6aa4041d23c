"""What a file would change, what is wrong with it, and applying it or giving it up."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenhand.integrations.actions import ask_for_import, ask_for_plan, discard_import
from evenhand.integrations.kinds import ChangeKind, Fact, ImportState
from evenhand.integrations.models import PeopleImport, PlannedChange, PlannedProblem
from evenhand.integrations.policies import may_apply, may_choose_columns, may_discard
from evenhand.jobs.models import Job
from evenhand.jobs.performing import perform_now
from evenhand.kernel.paging import page_of
from evenhand.spreadsheets.cells import Cell
from evenhand.spreadsheets.tables import Severity
from evenhand.web.downloads import download
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.imports.pages import (
    find_import,
    has_plan,
    is_worked_on,
    shown_changes,
    steps,
    tabs,
    waits_for_another_try,
)
from evenhand.web.jobs.pages import shown

BY_ROW = ("row", "id")
# So few rows are compared and applied while somebody waits; for more there is a page to watch.
AT_ONCE = 500
CHUNK = 2_000


@require_safe
def brought(request: PersonRequest, pk: int) -> HttpResponse:
    """Where an import stands: worked on, planned, applied or discarded."""
    found = find_import(request, pk)
    if found.state == ImportState.MAPPING:
        return go_to(request, "imports:columns", pk)
    context: dict[str, Any] = {"brought": found, "steps": steps(found)}
    if found.job and (is_worked_on(found) or waits_for_another_try(found)):
        context |= shown(found.job, request.actor)
    if has_plan(found) and not is_worked_on(found):
        context |= _plan(request, found)
    context["may_choose"] = may_choose_columns(request.actor, found)
    context["may_discard"] = may_discard(request.actor, found)
    return render(request, "imports/import.html", context)


@require_safe
def problems(request: PersonRequest, pk: int) -> HttpResponse:
    """What is wrong with the file, by row and column."""
    found = find_import(request, pk)
    severity = _severity(request, found)
    rows = PlannedProblem.objects.filter(people_import=found, severity=severity)
    context = {
        "brought": found,
        "severity": severity,
        "page": page_of(rows, BY_ROW, cursor=request.GET.get("cursor", "")),
    }
    return render(request, "imports/problems.html", context)


@require_safe
def problems_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The same to take away, for whoever keeps the file."""
    found = find_import(request, pk)
    headings = [_("Row"), _("Column"), _("Value"), _("What is wrong"), _("Code"), _("Severity")]
    return download(
        f"{found.name} problems",
        headings,
        _problem_rows(found),
        kind="xlsx" if request.GET.get("as") == "xlsx" else "csv",
    )


@require_POST
def application(request: PersonRequest, pk: int) -> HttpResponse:
    """Apply the plan that was shown, whole or not at all."""
    found = find_import(request, pk)
    url = reverse("imports:import", args=[pk])
    job = ask_for_import(found, url, by=request.actor, at=timezone.now())
    return _watch(request, found, job)


@require_POST
def discarding(request: PersonRequest, pk: int) -> HttpResponse:
    found = find_import(request, pk)
    discard_import(found, by=request.actor, at=timezone.now())
    messages.success(request, _("Nothing was changed, and the file is deleted."))
    return go_to(request, "imports")


def compare(request: PersonRequest, found: PeopleImport) -> HttpResponse:
    """Make the plan of an import whose columns are clear."""
    url = reverse("imports:import", args=[found.pk])
    job = ask_for_plan(found, url, by=request.actor, at=timezone.now())
    return _watch(request, found, job)


def _watch(request: PersonRequest, found: PeopleImport, job: Job) -> HttpResponse:
    if found.rows <= AT_ONCE:
        perform_now(job.pk, timezone.now)
    return go_to(request, "imports:import", found.pk)


def _plan(request: PersonRequest, found: PeopleImport) -> dict[str, Any]:
    """A page of what would change, narrowed by kind, words and fact."""
    kinds = [kind for kind in ChangeKind if found.counts.get(kind)]
    asked = request.GET.get("kind", "")
    kind = asked if asked in kinds else next(iter(kinds), "")
    words, fact = request.GET.get("q", "")[:100].strip(), request.GET.get("fact", "")
    changes = PlannedChange.objects.filter(people_import=found, kind=kind)
    if words:
        name = words.replace("\0", "")
        changes = changes.filter(Q(name__icontains=name) | Q(number__istartswith=name))
    if fact in Fact:
        changes = changes.filter(fact_names__contains=f" {fact} ")
    page = page_of(changes, BY_ROW, cursor=request.GET.get("cursor", ""))
    return {
        "page": page.shown_as(shown_changes),
        "tabs": tabs(found, kind),
        "kind": kind,
        "query": words,
        "fact": fact,
        "facts": Fact.choices,
        "may_apply": may_apply(request.actor, found),
    }


def _severity(request: PersonRequest, found: PeopleImport) -> str:
    """Errors first, where there are any."""
    asked = request.GET.get("severity", "")
    if asked in set(Severity):
        return asked
    return Severity.ERROR.value if found.has_errors else Severity.WARNING.value


def _problem_rows(found: PeopleImport) -> Iterator[list[Cell]]:
    rows = found.problems.order_by("severity", *BY_ROW)
    for problem in rows.iterator(CHUNK):
        row = problem.row or None
        said = (problem.column, problem.value, problem.message, problem.code, problem.severity)
        yield [row, *said]
