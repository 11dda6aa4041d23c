"""Who in a cycle has no agreed goals, where the launch or single reviews wait for them."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from evenhand.audit.actions import record
from evenhand.cycles.awaiting_goals import (
    end_goals_excuse,
    excuse_from_goals,
    let_wait_for_goals,
)
from evenhand.cycles.kinds import GoalsNeeded
from evenhand.cycles.models import Cycle, GoalsExcuse
from evenhand.cycles.policies import may_extend
from evenhand.kernel.paging import page_of
from evenhand.people.models import Person
from evenhand.people.queries import rows_of
from evenhand.reviews.awaiting_goals import (
    ask_people_for_goals,
    may_ask_for_goals,
    people_one_may_name,
    people_without_goals,
)
from evenhand.reviews.scope import scope_by_name
from evenhand.spreadsheets.cells import Cell
from evenhand.web.cycles.pages import crumbs
from evenhand.web.cycles.views import find_cycle
from evenhand.web.downloads import download
from evenhand.web.http import PersonRequest, go_to, is_number

CHUNK = 2000
MOST_EXCUSES = 100


@require_safe
def goals(request: PersonRequest, pk: int) -> HttpResponse:
    """Who lacks agreed goals, what waits for them, and who is excused."""
    found = _find(request, pk)
    named = people_one_may_name(request.actor, found)
    page = page_of(named, ("search_text", "id"), cursor=request.GET.get("cursor", ""))
    excuses = found.goals_excuses.filter(ended_at=None).select_related("person", "by")
    may_settle = may_extend(request.actor, found)
    context = {
        "cycle": found,
        "crumbs": crumbs(found),
        "count": named.count(),
        "page": page.shown_as(lambda people: rows_of(people, on=request.actor.on)),
        "may_settle": may_settle,
        "may_ask": may_ask_for_goals(request.actor, found),
        "excuses": excuses.order_by("-at", "-pk")[:MOST_EXCUSES] if may_settle else (),
        "choices": [
            (code, label)
            for code, label in GoalsNeeded.choices
            if found.is_draft or code != GoalsNeeded.LAUNCH_WAITS
        ],
    }
    return render(request, "cycles/goals.html", context)


@require_safe
def goals_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The same people as a file. Taking it is on record."""
    found = _find(request, pk)
    people = people_one_may_name(request.actor, found).order_by("search_text", "pk")
    record("cycle.exported", about=found, by=request.actor, at=timezone.now(), what="goals")
    headings = [_("Number"), _("Name"), _("E-mail")]
    rows = _rows(people.iterator(CHUNK))
    return download(f"{found} goals", headings, rows, kind=request.GET.get("as", "csv"))


@require_POST
def goals_needed(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what waits for goals, before the launch or while the cycle runs."""
    chosen = request.POST.get("goals_needed", "")
    if chosen not in GoalsNeeded.values:
        raise Http404
    needed = GoalsNeeded(chosen)
    let_wait_for_goals(_find(request, pk), needed, by=request.actor, at=timezone.now())
    messages.success(request, _("Your choice is kept."))
    return go_to(request, "cycle_goals", pk)


@require_POST
def goals_excuses(request: PersonRequest, pk: int) -> HttpResponse:
    """Let somebody be reviewed without agreed goals."""
    found = _find(request, pk)
    may_extend(request.actor, found).enforce()
    chosen = request.POST.get("person", "")
    lacking = people_without_goals(found, request.actor.on)
    person = get_object_or_404(lacking, pk=chosen if is_number(chosen) else 0)
    reason = request.POST.get("reason", "")[:200]
    excuse_from_goals(found, person, reason=reason, by=request.actor, at=timezone.now())
    messages.success(request, _("Your choice is kept."))
    return go_to(request, "cycle_goals", pk)


@require_POST
def goals_excuse_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask somebody for goals again."""
    excuse = get_object_or_404(GoalsExcuse.objects.select_related("cycle"), pk=pk)
    found = _find(request, excuse.cycle_id)
    end_goals_excuse(excuse, by=request.actor, at=timezone.now())
    return go_to(request, "cycle_goals", found.pk)


@require_POST
def goals_requests(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask everybody in one's care who lacks goals to agree on some."""
    asked = ask_people_for_goals(_find(request, pk), by=request.actor, at=timezone.now())
    said = ngettext("%(n)d person is asked.", "%(n)d people are asked.", asked) % {"n": asked}
    messages.success(request, said)
    return go_to(request, "cycle_goals", pk)


def _find(request: PersonRequest, pk: int) -> Cycle:
    found = find_cycle(request, pk)
    scope = scope_by_name(request.actor)
    if not (scope.everywhere or scope.heads):
        raise Http404
    return found


def _rows(people: Iterator[Person]) -> Iterator[list[Cell]]:
    return ([person.number, person.name, person.email] for person in people)
