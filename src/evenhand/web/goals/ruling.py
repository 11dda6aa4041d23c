"""How goals are kept here: the specialist's page."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.goals.actions.ruling import RulesPlan, may_rule_so, set_rules
from evenhand.goals.kinds import Openness
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import GoalRules
from evenhand.goals.policies import may_set_rules
from evenhand.kernel.verdict import Ground
from evenhand.web.goals.looking import form_view
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.people.forms import said

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_GOALS, MOST_DAYS, MOST_GRACE, WHOLE = 50, 366, 60, 100
FORMER_SHOWN = 20


def whole_number(
    label: "StrOrPromise", least: int, most: int, help_text: "StrOrPromise" = ""
) -> forms.IntegerField:
    tiny = forms.NumberInput(attrs={"class": "tiny"})
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=least, max_value=most, widget=tiny
    )


class RulesForm(forms.Form):
    """The rules, and why they change."""

    default_openness = forms.ChoiceField(
        label=gettext_lazy("Who usually reads a goal once it is agreed"), choices=Openness.choices
    )
    widest_openness = forms.ChoiceField(
        label=gettext_lazy("Who may read it at most"),
        choices=Openness.choices,
        help_text=gettext_lazy("Drafts are always private. Words are never open beyond the line."),
    )
    many_goals = whole_number(
        gettext_lazy("From more than so many goals one is warned"), 1, MOST_GOALS
    )
    most_goals = whole_number(gettext_lazy("Most goals in force for one person"), 1, MOST_GOALS)
    lowest_weight = whole_number(gettext_lazy("Least weight of a goal, %"), 1, WHOLE)
    highest_weight = whole_number(gettext_lazy("Most weight of a goal, %"), 1, WHOLE)
    cadence_days = whole_number(gettext_lazy("Usual days between check-ins"), 1, MOST_DAYS)
    grace_days = whole_number(
        gettext_lazy("Days of grace before a reminder"),
        0,
        MOST_GRACE,
        gettext_lazy("A check-in within them is on time. The owner is reminded first."),
    )
    reason = forms.CharField(label=gettext_lazy("Why do the rules change?"), max_length=300)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def plan(self) -> RulesPlan:
        names = RulesPlan.__dataclass_fields__
        return RulesPlan(**{name: self.cleaned_data[name] for name in names})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            verdict = may_rule_so(self.plan, cleaned["reason"])
            if verdict.ground == Ground.WHAT and not verdict:
                raise forms.ValidationError(str(verdict.reason))
        return cleaned


@form_view
def rules(request: PersonRequest) -> HttpResponse:
    """See and change how goals are kept here; former rules stay to be read."""
    may_set_rules(request.actor).enforce()
    standing = rules_in_force()
    initial = {name: getattr(standing, name) for name in RulesPlan.__dataclass_fields__}
    form = RulesForm(said(request), initial=initial | {"seen": standing.pk})
    if form.is_valid():
        words = form.cleaned_data
        set_rules(
            form.plan, words["reason"], by=request.actor, at=timezone.now(), seen=words["seen"]
        )
        messages.success(request, _("The rules stand from now on."))
        return go_to(request, "goals:rules")
    former = GoalRules.objects.select_related("author").order_by("-pk")[:FORMER_SHOWN]
    context = {"form": form, "former": former}
    return render(request, "goals/rules.html", context, status=422 if form.errors else 200)
