"""Writing a plan, proposing it, agreeing to it, following it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evenhand.development import actions
from evenhand.development.contents import PlanContents, contents_of
from evenhand.development.kinds import ActionState
from evenhand.development.models import DevelopmentAction, DevelopmentPlan
from evenhand.development.policies import may_begin, may_write, visible_plans
from evenhand.development.queries import offered, standing_version, version_under_way
from evenhand.people.models import Person
from evenhand.people.policies import visible_people
from evenhand.web.development.forms import ActionForms, NoteForm, PlanForm, StateForm
from evenhand.web.development.views import find_plan
from evenhand.web.goals.looking import form_view
from evenhand.web.http import PersonRequest, go_to, key
from evenhand.web.people.forms import said


@form_view
def new_plan(request: PersonRequest) -> HttpResponse:
    """Begin a plan for oneself, or `?for=` somebody below."""
    number = request.GET.get("for", "")
    pk = key(number) if number else request.actor.person_id
    person = get_object_or_404(visible_people(request.actor), pk=pk)
    may_begin(request.actor, person).enforce()
    sheet = _Sheet(request, person, _empty(request, person))
    if not sheet.is_filled_in:
        return sheet.page(plan=None)
    made = actions.begin_plan(person, sheet.contents, by=request.actor, at=timezone.now())
    return _kept(request, made)


@form_view
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    """Write on a plan; of an agreed one this begins a change."""
    found = find_plan(request, pk)
    may_write(request.actor, found).enforce()
    sheet = _Sheet(request, found.person, _present(request, found))
    if not sheet.is_filled_in:
        return sheet.page(plan=found)
    actions.save_plan(found, sheet.contents, by=request.actor, at=timezone.now())
    return _kept(request, found)


@require_POST
def proposal(request: PersonRequest, pk: int) -> HttpResponse:
    sentence = request.POST.get("sentence", "")
    actions.propose_plan(find_plan(request, pk), sentence, by=request.actor, at=timezone.now())
    messages.success(request, _("It is proposed. The other side can agree or send it back."))
    return go_to(request, "development:plan", pk)


@require_POST
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    found, sentence = find_plan(request, pk), request.POST.get("sentence", "")
    seen = key(request.POST.get("seen", ""))
    actions.agree_to_plan(found, sentence, seen=seen, by=request.actor, at=timezone.now())
    messages.success(request, _("You both have agreed. The plan stands."))
    return go_to(request, "development:plan", pk)


@require_POST
def objection(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a proposal back, or take it back."""
    words = request.POST.get("words", "")
    actions.send_back_plan(find_plan(request, pk), words, by=request.actor, at=timezone.now())
    messages.success(request, _("The proposal is back with who wrote it, with your words."))
    return go_to(request, "development:plan", pk)


@require_POST
def closing(request: PersonRequest, pk: int) -> HttpResponse:
    found = find_plan(request, pk)
    actions.close_plan(found, by=request.actor, at=timezone.now())
    messages.success(request, _("The plan is closed. It can still be read here."))
    return go_to(request, "development:plan", pk)


@require_POST
def notes(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep what was said when the plan was looked at."""
    found = find_plan(request, pk)
    form = NoteForm(request.actor.on, request.POST)
    on = form.cleaned_data.get("on") if form.is_valid() else None
    text = request.POST.get("text", "")
    actions.write_note(found, text, on=on or request.actor.on, by=request.actor, at=timezone.now())
    messages.success(request, _("Your note is kept."))
    return go_to(request, "development:plan", pk)


@require_POST
def action(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what became of an action."""
    rows = DevelopmentAction.objects.filter(plan__in=visible_plans(request.actor))
    found = get_object_or_404(rows.select_related("plan"), pk=pk)
    form = StateForm(request.POST)
    state = form.cleaned_data["state"] if form.is_valid() else found.state
    reason = request.POST.get("reason", "")
    by, at = request.actor, timezone.now()
    actions.set_action(found, ActionState(state), reason, by=by, at=at)
    messages.success(request, _("That is noted."))
    return go_to(request, "development:plan", found.plan_id)


class _Sheet:
    """The form of a plan with its rows of actions."""

    def __init__(self, request: PersonRequest, person: Person, contents: PlanContents) -> None:
        self.request, self.person = request, person
        self.form = PlanForm(request.actor, person.pk, contents, said(request))
        rows: list[dict[str, Any]] = [
            {
                "key": part.key,
                "what": part.what,
                "support": part.support,
                "support_words": part.support_words,
                "due_on": part.due_on,
            }
            for part in contents.actions
        ]
        self.rows = ActionForms(said(request), initial=rows, prefix="actions")

    @property
    def is_filled_in(self) -> bool:
        return self.form.is_valid() and self.rows.is_valid()

    @property
    def contents(self) -> PlanContents:
        words = self.form.cleaned_data
        return PlanContents(
            starts_on=words["starts_on"],
            due_on=words["due_on"],
            strengths=words["strengths"],
            needs=words["needs"],
            actions=tuple(part for row in self.rows if (part := row.part)),
            goal_ids=frozenset(int(number) for number in words.get("goals", ())),
        )

    def page(self, plan: DevelopmentPlan | None) -> HttpResponse:
        context = {
            "form": self.form,
            "rows": self.rows,
            "person": self.person,
            "plan": plan,
            "offered": offered(self.request.actor, self.person.pk),
            "is_own": self.person.pk == self.request.actor.person_id,
        }
        status = 422 if self.form.is_bound else 200
        return render(self.request, "development/writing.html", context, status=status)


def _empty(request: PersonRequest, person: Person) -> PlanContents:
    """The coming year, with what the newest assessment says, to be written over."""
    on = request.actor.on
    found = offered(request.actor, person.pk)
    strengths, needs = ("\n".join(names) for names in (found.strengths, found.needs))
    return PlanContents(on, _a_year_after(on), strengths, needs)


def _a_year_after(on: date) -> date:
    is_leap_day = (on.month, on.day) == (2, 29)  # the 29th of February
    return date(on.year + 1, 2, 28) if is_leap_day else on.replace(year=on.year + 1)


def _present(request: PersonRequest, found: DevelopmentPlan) -> PlanContents:
    """What one is writing already, else what stands."""
    actor = request.actor
    version = version_under_way(actor, found) or standing_version(actor, found)
    return contents_of(version) if version else _empty(request, found.person)


def _kept(request: PersonRequest, found: DevelopmentPlan) -> HttpResponse:
    messages.success(request, _("Saved. Nobody else reads it until you propose it."))
    return go_to(request, "development:plan", found.pk)
