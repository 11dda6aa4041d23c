"""Goals by spreadsheet: an empty sheet out, a filled one in, and what one sees as a file."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from evenhand.audit.actions import record
from evenhand.goals.actions.sheets import bring_sheet, discard_sheet, plan_of, take_over_sheet
from evenhand.goals.exporting import goals_to_export, headings, rows
from evenhand.goals.models import GoalSheet
from evenhand.goals.sheets import SheetRows, visible_sheets, write_empty_sheet
from evenhand.people.models import Person
from evenhand.web.downloads import EXCEL, download
from evenhand.web.giving.sheet_forms import ExportForm, SheetForm, TakingForm
from evenhand.web.http import PersonRequest, go_to

MOST_SHOWN = 200


@require_safe
def sheets(request: PersonRequest) -> HttpResponse:
    """Where sheets go out and come in."""
    return _sheets(request, SheetForm())


@require_POST
def upload(request: PersonRequest) -> HttpResponse:
    """Bring a filled sheet, to look at what it would do."""
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _sheets(request, form)
    name = form.cleaned_data["file"].name
    brought = bring_sheet(name, form.rows, by=request.actor, at=timezone.now())
    return go_to(request, "goals:sheet", brought.pk)


@require_safe
def empty_sheet(request: PersonRequest) -> FileResponse:
    """The sheet to fill in, with one's own people in it."""
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    write_empty_sheet(file, request.actor)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="goals.xlsx", content_type=EXCEL)


@require_safe
def sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """What a sheet would do, or what it did."""
    return _sheet(request, _find(request, pk), TakingForm())


@require_POST
def taking(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it over: as drafts, or as proposals with a sentence."""
    found, form = _find(request, pk), TakingForm(request.POST)
    if not form.is_valid():
        return _sheet(request, found, form)
    taken = take_over_sheet(
        found, sentence=form.cleaned_data["sentence"], by=request.actor, at=timezone.now()
    )
    words = ngettext("%(n)d goal is there.", "%(n)d goals are there.", len(taken.goals))
    messages.success(request, words % {"n": len(taken.goals)})
    return go_to(request, "goals:sheet", pk)


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    discard_sheet(_find(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("The sheet is put away."))
    return go_to(request, "goals:sheets")


@require_safe
def export(request: PersonRequest) -> HttpResponseBase:
    """The goals one sees, without words that are not open to all who read them."""
    form = ExportForm(request.GET)
    asked = form.asked
    goals = goals_to_export(request.actor, asked)
    about = Person.objects.get(pk=request.actor.person_id)
    facts = {"whose": asked.whose, "state": asked.state, "goals": goals.count()}
    record("goals.exported", about=about, by=request.actor, at=timezone.now(), **facts)
    return download(_("goals"), headings(), rows(request.actor, goals), kind=form.kind)


def _find(request: PersonRequest, pk: int) -> GoalSheet:
    return get_object_or_404(visible_sheets(request.actor), pk=pk)


def _sheets(request: PersonRequest, form: SheetForm) -> HttpResponse:
    brought = visible_sheets(request.actor)[:20]
    context = {"form": form, "export_form": ExportForm(), "sheets": brought}
    return render(request, "giving/sheets.html", context, status=422 if form.errors else 200)


def _sheet(request: PersonRequest, found: GoalSheet, form: TakingForm) -> HttpResponse:
    context: dict[str, object] = {"sheet": found, "form": form}
    if found.taken_at is None:
        plan = plan_of(found, request.actor)
        context |= {
            "plan": plan,
            "planned": plan.goals[:MOST_SHOWN],
            "problems": plan.problems[:MOST_SHOWN],
            "unknown": SheetRows.from_text(found.rows).unknown,
        }
    return render(request, "giving/sheet.html", context, status=422 if form.errors else 200)
