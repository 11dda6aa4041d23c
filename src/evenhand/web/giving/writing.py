"""Writing the goal that many people are to get."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.goals.actions.giving import change_batch, choose_for_batch, prepare_batch
from evenhand.goals.drafts import GoalDraft
from evenhand.goals.giving import Chosen, may_give_goals, may_prepare, visible_batches
from evenhand.goals.kinds import Ambition, GoalKind
from evenhand.goals.models import GoalBatch, LibraryGoal
from evenhand.goals.packing import draft_of_row
from evenhand.people.models import Person
from evenhand.web.giving.forms import PlaceForm
from evenhand.web.goals.beginnings import beginning
from evenhand.web.goals.choosing import Choosing, picker
from evenhand.web.goals.coaching import coaching
from evenhand.web.goals.plan_forms import (
    AMBITION_HELP,
    KIND_HELP,
    BasePartForms,
    PlanForm,
    draft_from,
    part_forms,
)
from evenhand.web.goals.sheets import LOOKED_AT
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.people.forms import said

form_view = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class BatchSheet:
    """The goal of a batch as it was filled in, on top of what stood before."""

    base: GoalDraft
    form: PlanForm
    parts: BasePartForms
    place: PlaceForm

    @property
    def is_sent(self) -> bool:
        return self.form.is_bound and not any(name in self.form.data for name in LOOKED_AT)

    @property
    def is_filled_in(self) -> bool:
        # Each is asked, so that all say what is wrong.
        valid = [form.is_valid() for form in (self.form, self.parts, self.place)]
        return self.is_sent and all(valid)

    @property
    def draft(self) -> GoalDraft:
        if not self.form.is_bound:
            return self.base
        self.form.is_valid()
        written = draft_from(self.form, self.parts, self.base)
        return replace(written, **self.place.places) if self.place.is_valid() else written


@form_view
def new_batch(request: PersonRequest) -> HttpResponse:
    """Write a goal for many; from the library, from a former one, or from nothing."""
    if not may_give_goals(request.actor):
        raise Http404
    base, hint = beginning(request, Person.objects.get(pk=request.actor.person_id))
    sheet = _sheet(request, base)
    if sheet.is_filled_in:
        made = prepare_batch(sheet.draft, by=request.actor, at=timezone.now())
        if hint is not None and hint.job_families:
            _choose_families(request, made, hint)
        messages.success(request, _("The goal is kept. Now say who is to get it."))
        return go_to(request, "goals:given", made.pk)
    return _page(request, sheet, hint=hint)


@form_view
def goal_of_batch(request: PersonRequest, pk: int) -> HttpResponse:
    """Write on it, as long as it is not given."""
    found = get_object_or_404(visible_batches(request.actor), pk=pk)
    may_prepare(request.actor, found).enforce()
    sheet = _sheet(request, draft_of_row(found.draft))
    if sheet.is_filled_in:
        change_batch(found, sheet.draft, by=request.actor, at=timezone.now())
        messages.success(request, _("The goal is kept."))
        return go_to(request, "goals:given", pk)
    return _page(request, sheet, batch=found)


def _choose_families(request: PersonRequest, batch: GoalBatch, found: LibraryGoal) -> None:
    """What stands in the library for some jobs is meant for these, until others are chosen."""
    chosen = Chosen(families=tuple(found.job_families))
    choose_for_batch(batch, chosen, by=request.actor, at=timezone.now())


def _sheet(request: HttpRequest, base: GoalDraft) -> BatchSheet:
    sent = said(request)
    return BatchSheet(
        base=base,
        form=PlanForm(sent, base, is_change=True),
        parts=part_forms(sent, base.parts, more=sent is not None and "more" in sent),
        place=PlaceForm(sent, base),
    )


def _page(request: PersonRequest, sheet: BatchSheet, **context: object) -> HttpResponse:
    draft, actor = sheet.draft, request.actor
    words = request.POST.get(f"{Choosing.SUPPORTS}_q", "")[:100]
    chosen = [sheet.place.chosen]
    whole: dict[str, Any] = context | {
        "form": sheet.form,
        "parts": sheet.parts,
        "parts_are_wrong": sheet.parts.is_bound and any(sheet.parts.errors),
        "change_form": sheet.place,
        "place": sheet.place,
        "kinds": [(kind, kind.label, KIND_HELP[kind]) for kind in GoalKind],
        "ambitions": [(one, one.label, AMBITION_HELP[one]) for one in Ambition],
        "supports": picker(actor, Choosing.SUPPORTS, chosen, words, actor.person_id),
        **coaching(actor, draft, is_new_task=bool(request.POST.get("is_new_task"))),
    }
    status = 422 if sheet.is_sent else 200
    return render(request, "giving/writing.html", whole, status=status)
