from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from evenhand.cycles.kinds import CycleState
from evenhand.cycles.models import Cycle
from evenhand.cycles.policies import (
    may_close,
    may_extend,
    may_launch,
    may_prepare_cycles,
    may_release,
    may_reopen_cycle,
    may_repair,
    may_take_back_launch,
    visible_cycles,
)
from evenhand.people.models import Unit
from evenhand.reviews.cockpit import (
    cockpit,
    open_reviews,
    page_of_participants,
    page_of_reviews,
    participants,
    waited_for,
)
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.launching import dry_run, launch_of
from evenhand.reviews.policies import may_collect_documents
from evenhand.reviews.reminding import may_remind, remind
from evenhand.reviews.scope import scope_by_count, scope_by_name, way_down_to
from evenhand.reviews.tallies import late_kinds
from evenhand.web.cycles.pages import (
    crumbs,
    cycle_rows,
    on_time,
    stage_now,
    steps,
    tiles,
    unit_rows,
)
from evenhand.web.http import PersonRequest, go_to, key
from evenhand.web.jobs.pages import shown


@require_safe
def cycles(request: PersonRequest) -> HttpResponse:
    """Every cycle one may see: those that run, those in preparation, those that are over."""
    rows = [(cycle, stage_now(cycle, request.actor.on)) for cycle in cycle_rows(request.actor)]
    may_prepare = may_prepare_cycles(request.actor)
    if not may_prepare and not scope_of(request):
        raise Http404
    context = {"cycles": rows, "may_prepare": may_prepare}
    return render(request, "cycles/cycles.html", context)


@require_safe
def cycle(request: PersonRequest, pk: int) -> HttpResponse:
    """A cycle as it is: in preparation, being launched, or seen from the cockpit."""
    found = find_cycle(request, pk)
    if found.state == CycleState.DRAFT:
        return _preparation(request, found)
    if found.state == CycleState.LAUNCHING:
        return _launching(request, found)
    return _cockpit(request, found)


def _preparation(request: PersonRequest, found: Cycle) -> HttpResponse:
    context = {
        "cycle": found,
        "crumbs": crumbs(),
        "plan": dry_run(found, request.actor.on),
        "may_launch": may_launch(request.actor, found),
        "units": list(found.units.order_by("name", "pk")),
    }
    return render(request, "cycles/preparation.html", context)


def _launching(request: PersonRequest, found: Cycle) -> HttpResponse:
    job = launch_of(found)
    context = {
        "cycle": found,
        "crumbs": crumbs(),
        "may_take_back": may_take_back_launch(request.actor, found),
        **(shown(job, request.actor) if job else {}),
    }
    context["cancel_url"] = ""  # Taking the launch back says more and does the same.
    return render(request, "cycles/launching.html", context)


def _cockpit(request: PersonRequest, found: Cycle) -> HttpResponse:
    actor = request.actor
    seen = cockpit(actor, found, find_way(request), timezone.now())
    context = {
        "cycle": found,
        "crumbs": crumbs(),
        "cockpit": seen,
        "steps": steps(found, seen, actor.on),
        "rows": unit_rows(seen),
        "tiles": tiles(seen),
        "on_time": on_time(seen),
        "knows_names": not seen.only_counts,
        "may_repair": may_repair(actor, found),
        "may_collect": may_collect_documents(actor),
        "may_remind": may_remind(actor, found),
        "may_extend": may_extend(actor, found),
        "may_release": may_release(actor, found),
        "may_close": may_close(actor, found),
        "may_reopen": may_reopen_cycle(actor, found),
    }
    return render(request, "cycles/cockpit.html", context)


@require_safe
def waited_for_part(request: PersonRequest, pk: int) -> HttpResponse:
    """Who is waited for most; a part of the cockpit, asked for once that is there."""
    found, unit = _named_cycle(request, pk), find_unit(request)
    if not request.htmx:
        return go_to(request, "open_reviews", pk)
    context = {
        "cycle": found,
        "waited_for": waited_for(request.actor, found, unit, request.actor.on),
        "may_remind": may_remind(request.actor, found),
    }
    return render(request, "cycles/waited_for.html", context)


@require_safe
def open_reviews_page(request: PersonRequest, pk: int) -> HttpResponse:
    """Reviews that are still to be submitted, with those who are waited for."""
    found = _named_cycle(request, pk)
    unit, words = find_unit(request), request.GET.get("q", "")[:100]
    late = late_kinds(found, request.actor.on)
    kind = request.GET.get("kind", "")
    reviews = open_reviews(request.actor, found, words, unit=unit, kind=kind)
    context = {
        "cycle": found,
        "crumbs": crumbs(found),
        "unit": unit,
        "query": words,
        "kind": kind,
        "kinds": ReviewKind.choices,
        "late": late,
        "page": page_of_reviews(reviews, request.GET.get("cursor", "")),
        "may_remind": may_remind(request.actor, found),
    }
    return render(request, "cycles/open_reviews.html", context)


@require_POST
def reminders(request: PersonRequest, pk: int) -> HttpResponse:
    """Remind the author of one review, or of all that the page before showed."""
    found = _named_cycle(request, pk)
    words, kind = request.POST.get("q", "")[:100], request.POST.get("kind", "")
    reviews = open_reviews(request.actor, found, words, unit=find_unit(request), kind=kind)
    if request.POST.get("late"):
        reviews = reviews.filter(kind__in=late_kinds(found, request.actor.on))
    for name in ("review", "author"):
        if number := request.POST.get(name, ""):
            reviews = reviews.filter(**{"pk" if name == "review" else name: key(number)})
    reminded = remind(found, reviews, by=request.actor, at=timezone.now())
    if reminded:
        text = ngettext(
            "A reminder of one review is on its way.",
            "Reminders of %(n)s reviews are on their way.",
            reminded,
        )
        messages.success(request, text % {"n": f"{reminded:,}"})
    else:
        messages.info(request, _("Nobody needed a reminder: one a day for each review is enough."))
    return _back(request, found)


@require_safe
def participants_page(request: PersonRequest, pk: int) -> HttpResponse:
    """Who takes part, and how far each review is."""
    found = _named_cycle(request, pk)
    unit, words = find_unit(request), request.GET.get("q", "")[:100]
    parts = participants(request.actor, found, words, unit=unit)
    context = {
        "cycle": found,
        "crumbs": crumbs(found),
        "unit": unit,
        "query": words,
        "page": page_of_participants(parts, request.GET.get("cursor", "")),
        "may_repair": may_repair(request.actor, found),
    }
    return render(request, "cycles/participants.html", context)


def find_cycle(request: PersonRequest, pk: int) -> Cycle:
    """A cycle the actor may see, with its stages and its template."""
    cycles = visible_cycles(request.actor).select_related("version__template")
    return get_object_or_404(cycles.prefetch_related("stages"), pk=pk)


def find_way(request: PersonRequest) -> list[Unit]:
    """The way down to the unit asked for, which the actor may see into; none means from the top."""
    number = request.POST.get("unit") or request.GET.get("unit") or ""
    if not number:
        return []
    way = way_down_to(key(number))
    if not way or not scope_by_count(request.actor).reaches(way):
        raise Http404
    return way


def find_unit(request: PersonRequest) -> Unit | None:
    """The unit asked for, when the actor may see into it; none means all there is to see."""
    way = find_way(request)
    return way[-1] if way else None


def scope_of(request: PersonRequest) -> bool:
    """Whether there is anything to see of cycles."""
    scope = scope_by_count(request.actor)
    return scope.everywhere or bool(scope.heads)


def _named_cycle(request: PersonRequest, pk: int) -> Cycle:
    """A launched cycle whose people the actor may know by name."""
    found = find_cycle(request, pk)
    scope = scope_by_name(request.actor)
    if found.is_draft or not (scope.everywhere or scope.heads):
        raise Http404
    return found


def _back(request: PersonRequest, found: Cycle) -> HttpResponse:
    """To the list or the cockpit the reminder was asked for on."""
    if request.POST.get("from") == "list":
        return go_to(request, "open_reviews", found.pk)
    return go_to(request, "cycle", found.pk)
