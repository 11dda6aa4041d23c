"""What the goals of a person weigh: all of them on one sheet."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.goals.actions.weighing import weigh_goals
from evenhand.goals.limits import bounds_for, goals_in_force, may_weigh_so
from evenhand.goals.models import GoalOwner
from evenhand.goals.policies import may_weigh
from evenhand.kernel.verdict import Verdict
from evenhand.people.policies import visible_people
from evenhand.web.goals.looking import form_view
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.people.forms import said

MOST_REASON = 300


class WeightsForm(forms.Form):
    """A whole percent for each goal, and why the weights change."""

    def __init__(self, shares: list[GoalOwner], sent: object) -> None:
        super().__init__(sent)  # type: ignore[arg-type]  # what was sent, or None
        for share in shares:
            self.fields[f"goal-{share.goal_id}"] = forms.IntegerField(
                label=share.goal.outcome, min_value=1, max_value=100, initial=share.weight
            )
        is_weighed = any(share.weight for share in shares)
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("Why do the weights change?"),
            max_length=MOST_REASON,
            required=is_weighed,
        )

    @property
    def weights(self) -> dict[int, int]:
        names = [name for name in self.fields if name.startswith("goal-")]
        return {int(name.removeprefix("goal-")): self.cleaned_data[name] for name in names}

    def accept(self, verdict: Verdict) -> None:
        """Say on the page what the rules do not take, with every weight still there."""
        if not verdict:
            self.add_error(None, str(verdict.reason))

    @property
    def rows(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("goal-")]


@form_view
def weights(request: PersonRequest, pk: int) -> HttpResponse:
    """Weigh all goals in force of somebody at once."""
    person = get_object_or_404(visible_people(request.actor), pk=pk)
    may_weigh(request.actor, person).enforce()
    shares = goals_in_force(pk, request.actor.on)
    form = WeightsForm(shares, said(request))
    if form.is_valid():
        form.accept(may_weigh_so(form.weights, [share.goal_id for share in shares]))
    if form.is_valid():
        weigh_goals(
            person,
            form.weights,
            form.cleaned_data["reason"],
            by=request.actor,
            at=timezone.now(),
        )
        messages.success(request, _("The weights are kept."))
        is_own = pk == request.actor.person_id
        return go_to(request, "goals") if is_own else go_to(request, "goals:person", pk)
    lowest, highest = bounds_for(len(shares)) if shares else (0, 0)
    context = {
        "person": person,
        "form": form,
        "rows": list(zip(shares, form.rows, strict=True)),
        "lowest": lowest,
        "highest": highest,
    }
    return render(request, "goals/weights.html", context, status=422 if form.errors else 200)
