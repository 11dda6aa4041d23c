"""What a goal in force supports, who reads it and who owns it: no part of what was agreed."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenhand.goals.actions.owning import let_go_of_goal
from evenhand.goals.actions.supporting import change_support, open_goal_to
from evenhand.goals.drafts import GoalDraft, Support, draft_of
from evenhand.goals.kinds import Openness
from evenhand.goals.policies import may_move_support, may_open
from evenhand.people.models import Person
from evenhand.web.goals.choosing import Choosing, picker
from evenhand.web.goals.looking import form_view
from evenhand.web.goals.plan_forms import PlanForm, supported_by
from evenhand.web.goals.sheets import openness_offered
from evenhand.web.goals.writing import find_goal
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.people.forms import said

ASKED = ("supports", "local_reason", "rolls_up_from", "share_of_parent")


class SupportForm(forms.Form):
    """What a goal supports, or why nothing, and how its score is made."""

    def __init__(self, sent: QueryDict | None, draft: GoalDraft) -> None:
        values = {name: getattr(draft, name) for name in ASKED[1:]}
        super().__init__(sent, initial=values | {"supports": supported_by(draft)})
        for name in ASKED:
            self.fields[name] = PlanForm.base_fields[name]

    @property
    def support(self) -> Support:
        said = self.cleaned_data
        kind, _dash, number = said["supports"].partition("-")
        return Support(
            parent_id=int(number) if kind == "goal" else None,
            objective_id=int(number) if kind == "objective" else None,
            local_reason=said["local_reason"],
            rolls_up_from=said["rolls_up_from"],
            share_of_parent=said["share_of_parent"],
        )


class OpennessForm(forms.Form):
    """Who besides the owners and the managers above reads a goal."""

    openness = forms.ChoiceField(
        label=gettext_lazy("Who reads its plan, score and values"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "What people write to each other stays with both sides, the managers above and HR."
        ),
    )

    def __init__(self, sent: QueryDict | None, present: str) -> None:
        super().__init__(sent, initial={"openness": present})
        allowed = {*openness_offered(), present}
        choices = [choice for choice in Openness.choices if choice[0] in allowed]
        self.fields["openness"].choices = choices  # type: ignore[attr-defined]  # a choice


@form_view
def support(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a goal support something else; both sides and all above see it at once."""
    goal = find_goal(request, pk)
    may_move_support(request.actor, goal).enforce()
    draft = draft_of(goal)
    form = SupportForm(said(request), draft)
    if form.is_valid() and "find" not in request.POST:
        change_support(goal, form.support, by=request.actor, at=timezone.now())
        messages.success(request, _("What the goal supports is noted."))
        return go_to(request, "goals:goal", pk)
    chosen = request.POST.get("supports", supported_by(draft))
    words = request.POST.get("supports_q", "")[:100]
    found = picker(request.actor, Choosing.SUPPORTS, [chosen], words, goal.owner_id)
    context = {"goal": goal, "person": goal.owner, "form": form, "picker": found}
    return render(request, "goals/support.html", context, status=422 if form.errors else 200)


@form_view
def openness(request: PersonRequest, pk: int) -> HttpResponse:
    """Let fewer or more people read a goal."""
    goal = find_goal(request, pk)
    may_open(request.actor, goal).enforce()
    form = OpennessForm(said(request), goal.openness)
    if form.is_valid():
        wanted = Openness(form.cleaned_data["openness"])
        open_goal_to(goal, wanted, by=request.actor, at=timezone.now())
        messages.success(request, _("Who reads the goal is noted."))
        return go_to(request, "goals:goal", pk)
    context = {"goal": goal, "person": goal.owner, "form": form}
    return render(request, "goals/openness.html", context, status=422 if form.errors else 200)


@require_POST
def owner_removal(request: PersonRequest, pk: int, person_pk: int) -> HttpResponse:
    """Somebody no longer owns a goal together with the others, from today on."""
    goal = find_goal(request, pk)
    leaving = get_object_or_404(Person.objects.filter(goal_shares__goal=goal), pk=person_pk)
    let_go_of_goal(goal, leaving, by=request.actor, at=timezone.now())
    told = _("%(name)s no longer owns this goal. What was said and agreed stays.")
    messages.success(request, told % {"name": leaving.name})
    return go_to(request, "goals")
