"""Files for a spreadsheet: who is in a cycle and why, who takes part, how far each unit is."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenhand.audit.actions import record
from evenhand.cycles.eligibility import eligible, who_is_left_out, without_manager
from evenhand.cycles.kinds import LeftOut
from evenhand.cycles.models import Cycle, Participation
from evenhand.cycles.policies import may_change_cycle
from evenhand.people.models import Unit
from evenhand.reviews.cockpit import participants
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.models import Review
from evenhand.reviews.scope import scope_by_name
from evenhand.reviews.tallies import late_kinds, tallies_below, tallies_by_unit
from evenhand.spreadsheets.cells import Cell
from evenhand.web.cycles.pages import LISTS
from evenhand.web.cycles.views import find_cycle
from evenhand.web.downloads import download
from evenhand.web.http import PersonRequest

CHUNK = 2000


@require_safe
def eligibility(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Who is in a cycle in preparation, or who is not and why."""
    found = find_cycle(request, pk)
    may_change_cycle(request.actor, found).enforce()
    shown = request.GET.get("list", "")
    if shown not in LISTS:
        raise Http404
    listers = {"in": eligible, "out": who_is_left_out, "alone": without_manager}
    people = listers[shown](found, request.actor.on).order_by("search_text", "pk")
    headings = [_("Number"), _("Name"), _("E-mail")]
    if shown == "out":
        headings += [_("Why"), _("Said because"), _("Title"), _("Unit"), _("Country")]
    rows = (_person_row(person, shown) for person in people.iterator(CHUNK))
    _on_record(request, found, f"people:{shown}")
    return download(f"{found} {shown}", headings, rows, kind=request.GET.get("as", "csv"))


@require_safe
def participants_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Everyone who takes part whom one may know, and how far each review is."""
    found = _named_cycle(request, pk)
    parts = participants(request.actor, found, "", unit=None).select_related("person", "unit")
    parts = parts.prefetch_related("reviews__author").order_by("person__search_text", "pk")
    headings = [_("Number"), _("Name"), _("Unit"), _("Title"), _("Country")]
    headings += [_("Self review"), _("Submitted"), _("Manager review"), _("Submitted")]
    headings += [_("Reviewer"), _("Released"), _("Taken out"), _("Why taken out")]
    rows = (_part_row(part) for part in parts.iterator(CHUNK))
    _on_record(request, found, "participants")
    return download(f"{found} participants", headings, rows, kind=request.GET.get("as", "csv"))


@require_safe
def progress_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """How far each unit is, with all below it."""
    found = _named_cycle(request, pk)
    headings = [_("Code"), _("Unit"), _("People"), _("Self reviews"), _("Submitted")]
    headings += [_("Manager reviews"), _("Submitted"), _("Late"), _("Released")]
    rows = _progress_rows(request, found)
    _on_record(request, found, "progress")
    return download(f"{found} progress", headings, rows, kind=request.GET.get("as", "csv"))


def _named_cycle(request: PersonRequest, pk: int) -> Cycle:
    found = find_cycle(request, pk)
    scope = scope_by_name(request.actor)
    if found.is_draft or not (scope.everywhere or scope.heads):
        raise Http404
    return found


def _on_record(request: PersonRequest, cycle: Cycle, what: str) -> None:
    record("cycle.exported", about=cycle, by=request.actor, at=timezone.now(), what=what)


def _person_row(person: Any, shown: str) -> list[Cell]:  # noqa: ANN401  # annotated by the query
    row: list[Cell] = [person.number, person.name, person.email]
    if shown == "out":
        row += [str(LeftOut(person.why).label), person.said_because, person.title]
        row += [person.unit_name, person.country]
    return row


def _part_row(part: Participation) -> list[Cell]:
    reviews = {review.kind: review for review in part.reviews.all()}
    manager = reviews.get(ReviewKind.MANAGER)
    return [
        part.person.number,
        part.person.name,
        part.unit.name,
        part.title,
        part.country,
        *_state(reviews.get(ReviewKind.SELF)),
        *_state(manager),
        manager.author.name if manager else "",
        part.released_at,
        part.withdrawn_at,
        part.withdrawn_because,
    ]


def _state(review: Review | None) -> tuple[Cell, Cell]:
    return (review.get_state_display(), review.submitted_at) if review else ("", None)


def _progress_rows(request: PersonRequest, cycle: Cycle) -> Iterator[list[Cell]]:
    within = scope_by_name(request.actor).within
    by_unit = tallies_by_unit(cycle, within())
    units = Unit.objects.filter(within("pk"))
    late = late_kinds(cycle, request.actor.on)
    below = tallies_below(units, by_unit)
    for unit in sorted(below, key=lambda unit: (unit.name, unit.pk)):
        tally = below[unit]
        if tally.people:
            counts = [tally.people, tally.self_all, tally.self_in, tally.manager_all]
            counts += [tally.manager_in, tally.late(late), tally.released]
            yield [unit.code, unit.name, *counts]
