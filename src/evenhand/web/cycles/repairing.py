"""Keeping a running cycle right: people, reviewers, days, release, its end."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.cycles.actions import (
    bring_back_person,
    close_cycle,
    extend_cycle,
    reopen_cycle,
    set_stage_dates,
    withdraw_person,
)
from evenhand.cycles.kinds import StageKind
from evenhand.cycles.models import Cycle, Participation
from evenhand.cycles.policies import (
    may_bring_back,
    may_close,
    may_extend,
    may_release,
    may_reopen_cycle,
    may_repair,
    may_withdraw,
    visible_participations,
)
from evenhand.kernel.paging import Page, page_of
from evenhand.people.models import Person
from evenhand.people.queries import find_people
from evenhand.reviews.actions import hand_over_review
from evenhand.reviews.cockpit import cockpit
from evenhand.reviews.joining import (
    add_person_late,
    assign_reviewer,
    of_former_managers,
    unreviewed,
)
from evenhand.reviews.models import Review
from evenhand.reviews.policies import may_hand_over
from evenhand.reviews.releasing import (
    not_ready_for_release,
    ready_for_release,
    release_results,
)
from evenhand.reviews.scope import scope_by_name
from evenhand.web.cycles.forms import ExtendForm, ReasonForm, StagesForm
from evenhand.web.cycles.pages import crumbs, unfinished
from evenhand.web.cycles.preparing import chosen_person
from evenhand.web.cycles.views import find_cycle, find_way
from evenhand.web.http import PersonRequest, go_to, key

HANDED_OVER_AT_ONCE = 200
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def late_joiner(request: PersonRequest, pk: int) -> HttpResponse:
    """Let somebody join a running cycle."""
    found = find_cycle(request, pk)
    may_repair(request.actor, found).enforce()
    if request.method == "POST":
        person = chosen_person(request)
        joined = add_person_late(found, person, by=request.actor, at=timezone.now())
        messages.success(request, _("%(name)s takes part now.") % {"name": person.name})
        return go_to(request, "participant", joined.pk)
    words = request.GET.get("q", "")
    context = {
        "cycle": found,
        "crumbs": crumbs(found),
        "query": words,
        "people": find_people(request.actor, words),
    }
    return render(request, "cycles/late_joiner.html", context)


@require_safe
def participant(request: PersonRequest, pk: int) -> HttpResponse:
    """One person in a cycle: how far their reviews are, and what can be put right."""
    found = _participation(request, pk)
    reviews = list(found.reviews.select_related("author").order_by("kind", "pk"))
    manager_review = next((review for review in reviews if not review.is_self), None)
    words = request.GET.get("q", "")
    context = {
        "part": found,
        "cycle": found.cycle,
        "crumbs": crumbs(found.cycle),
        "reviews": reviews,
        "manager_review": manager_review,
        "may_withdraw": may_withdraw(request.actor, found),
        "may_bring_back": may_bring_back(request.actor, found),
        "may_hand_over": manager_review and may_hand_over(request.actor, manager_review),
        "may_assign": not manager_review and may_repair(request.actor, found.cycle),
        "reason_form": ReasonForm(),
        "query": words,
        "people": find_people(request.actor, words),
    }
    return render(request, "cycles/participant.html", context)


@require_POST
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")[:200]
    part = withdraw_person(
        _participation(request, pk), reason=reason, by=request.actor, at=timezone.now()
    )
    words = _("%(name)s no longer takes part. What was written is kept.")
    messages.success(request, words % {"name": part.person.name})
    return go_to(request, "participant", pk)


@require_POST
def return_(request: PersonRequest, pk: int) -> HttpResponse:
    part = bring_back_person(_participation(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("%(name)s takes part again.") % {"name": part.person.name})
    return go_to(request, "participant", pk)


@require_POST
def reviewer(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the manager review to somebody, or make one where there is none."""
    part, chosen, now = _participation(request, pk), chosen_person(request), timezone.now()
    review = part.reviews.filter(kind="manager").first()
    if review is None:
        assign_reviewer(part, chosen, by=request.actor, at=now)
    else:
        reason = request.POST.get("reason", "")
        hand_over_review(review, chosen, reason=reason, by=request.actor, at=now)
    messages.success(request, _("%(name)s writes the review now.") % {"name": chosen.name})
    return go_to(request, "participant", pk)


@get_or_post
def dates(request: PersonRequest, pk: int) -> HttpResponse:
    """Move the days of the stages, also those that have passed."""
    found = find_cycle(request, pk)
    may_extend(request.actor, found).enforce()
    stages = {StageKind(stage.kind): stage for stage in found.stages.all()}
    form = StagesForm.of(stages)
    if request.method == "POST":
        form = StagesForm(request.POST)
        if form.is_valid():
            for kind, (opens, due) in form.days.items():
                stage, now = stages[kind], timezone.now()
                set_stage_dates(stage, opens_on=opens, due_on=due, by=request.actor, at=now)
            messages.success(request, _("The days are moved."))
            return go_to(request, "cycle", pk)
    context = {"cycle": found, "crumbs": crumbs(found), "form": form, "extend": ExtendForm()}
    return render(request, "cycles/dates.html", context, status=422 if form.errors else 200)


@require_POST
def extension(request: PersonRequest, pk: int) -> HttpResponse:
    """Move everything that is still to come by some days."""
    found, form = find_cycle(request, pk), ExtendForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say how many days, from 1 to 365."))
        return go_to(request, "cycle_dates", pk)
    days = form.cleaned_data["days"]
    extend_cycle(found, days=days, by=request.actor, at=timezone.now())
    words = ngettext("Everybody has a day more.", "Everybody has %(n)d days more.", days)
    messages.success(request, words % {"n": days})
    return go_to(request, "cycle", pk)


@require_safe
def managers(request: PersonRequest, pk: int) -> HttpResponse:
    """Reviews whose author is no longer the manager, and people nobody reviews.

    Asked by the cockpit, once it is there, only how many reviews those are.
    """
    found = find_cycle(request, pk)
    may_repair(request.actor, found).enforce()
    reviews = _of_former_managers(request, found)
    if request.htmx:
        hint = {"cycle": found, "count": reviews.count()}
        return render(request, "cycles/managers.html#hint", hint)
    named = reviews.select_related("subject", "author", "unit")
    page = page_of(named, ("pk",), cursor=request.GET.get("cursor", ""))
    context = {
        "cycle": found,
        "crumbs": crumbs(found),
        "page": _with_managers(page),
        "unreviewed": unreviewed(found).order_by("person__search_text", "pk")[:100],
        "at_once": HANDED_OVER_AT_ONCE,
    }
    return render(request, "cycles/managers.html", context)


@require_POST
def handovers(request: PersonRequest, pk: int) -> HttpResponse:
    """Give reviews to the managers of today: one, or all."""
    found = find_cycle(request, pk)
    may_repair(request.actor, found).enforce()
    reviews = _of_former_managers(request, found).order_by("pk")
    if number := request.POST.get("review", ""):
        reviews = reviews.filter(pk=key(number))
    batch = list(reviews[:HANDED_OVER_AT_ONCE])
    people = Person.objects.in_bulk([review.manager_id for review in batch])
    reason = _("The manager has changed.")
    for review in batch:
        new = people[review.manager_id]
        hand_over_review(review, new, reason=reason, by=request.actor, at=timezone.now())
    words = ngettext("A review is handed over.", "%(n)d reviews are handed over.", len(batch))
    messages.success(request, words % {"n": len(batch)})
    return go_to(request, "cycle_managers", pk)


@get_or_post
def release(request: PersonRequest, pk: int) -> HttpResponse:
    """Release results to everyone, or to a unit and all below it."""
    found, way = find_cycle(request, pk), find_way(request)
    unit = way[-1] if way else None
    may_repair(request.actor, found).enforce()
    if request.method == "POST":
        units = None if unit is None else [unit]
        released = release_results(found, units=units, by=request.actor, at=timezone.now())
        words = ngettext(
            "One person can read the review now.",
            "%(n)s people can read their reviews now.",
            released,
        )
        messages.success(request, words % {"n": f"{released:,}"})
        return go_to(request, "cycle", pk)
    within = None if unit is None else [unit.pk]
    waiting = not_ready_for_release(found, within).select_related("person", "unit")
    context = {
        "cycle": found,
        "crumbs": crumbs(found),
        "unit": unit,
        "ready": ready_for_release(found, within).count(),
        "page": page_of(
            waiting, ("person__search_text", "person_id"), cursor=request.GET.get("cursor", "")
        ),
        "may_release": may_release(request.actor, found),
        "units": cockpit(request.actor, found, way, timezone.now()).rows,
    }
    return render(request, "cycles/release.html", context)


@get_or_post
def closing(request: PersonRequest, pk: int) -> HttpResponse:
    """End a cycle, after saying what stays unfinished."""
    found = find_cycle(request, pk)
    may_close(request.actor, found).enforce()
    if request.method == "POST":
        close_cycle(found, by=request.actor, at=timezone.now())
        messages.success(request, _("The cycle is closed. Everything written can still be read."))
        return go_to(request, "cycle", pk)
    seen = cockpit(request.actor, found, (), timezone.now())
    context = {"cycle": found, "crumbs": crumbs(found), "left": unfinished(seen)}
    return render(request, "cycles/closing.html", context)


@get_or_post
def reopening(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a closed cycle run again."""
    found = find_cycle(request, pk)
    may_reopen_cycle(request.actor, found).enforce()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        reopen_cycle(found, reason=reason, by=request.actor, at=timezone.now())
        messages.success(request, _("The cycle runs again."))
        return go_to(request, "cycle", pk)
    context = {"cycle": found, "crumbs": crumbs(found), "form": form}
    return render(request, "cycles/reopening.html", context, status=422 if form.errors else 200)


def _participation(request: PersonRequest, pk: int) -> Participation:
    rows = visible_participations(request.actor).select_related("cycle", "person", "unit")
    return get_object_or_404(rows.prefetch_related("cycle__stages"), pk=pk)


def _of_former_managers(request: PersonRequest, cycle: Cycle) -> QuerySet[Any, Any]:
    """All but one's own review, which somebody else hands over."""
    within = scope_by_name(request.actor).within() & ~Q(subject__in=request.actor.own_ids)
    return of_former_managers(cycle, request.actor.on, within)


def _with_managers(page: Page[Any]) -> Page[tuple[Review, Person]]:
    people = Person.objects.in_bulk([review.manager_id for review in page.rows])

    def show(rows: Sequence[Any]) -> list[tuple[Review, Person]]:
        return [(row, people[row.manager_id]) for row in rows]

    return page.shown_as(show)
