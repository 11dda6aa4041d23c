"""What is asked besides the plan: what a goal for many supports, who reads it, whom it is for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from evenhand.goals.copying import MOST_YEARS
from evenhand.goals.drafts import GoalDraft
from evenhand.goals.kinds import Openness
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import Goal
from evenhand.web.goals.forms import LONGEST_WORDS, words
from evenhand.web.goals.plan_forms import supported_by
from evenhand.web.people.forms import PickedElsewhere


class PlaceForm(forms.Form):
    """What the goal supports, and who reads it once it is agreed."""

    supports = forms.RegexField(
        r"^(goal|objective)-\d{1,18}$", widget=PickedElsewhere, required=False
    )
    local_reason = forms.CharField(
        label=_("If it supports nothing above: why is it worth the time?"),
        max_length=300,
        required=False,
    )
    openness = forms.ChoiceField(label=_("Who reads it once it is agreed"))

    def __init__(self, said: QueryDict | None, draft: GoalDraft) -> None:
        openness = draft.openness or rules_in_force().default_openness
        super().__init__(
            said,
            initial={
                "supports": supported_by(draft),
                "local_reason": draft.local_reason,
                "openness": openness,
            },
        )
        every = list(Openness)
        widest = every.index(Openness(rules_in_force().widest_openness))
        choices = [choice for choice in Openness.choices if choice[0] in every[: widest + 1]]
        self.fields["openness"].choices = choices  # type: ignore[attr-defined]  # a choice

    @property
    def chosen(self) -> str:
        """What is chosen to be supported, whether or not the rest can be read."""
        value: str = self["supports"].value() or ""
        return value

    @property
    def places(self) -> dict[str, Any]:
        said = self.cleaned_data
        what, _dash, number = said["supports"].partition("-")
        return {
            "parent_id": int(number) if what == "goal" else None,
            "objective_id": int(number) if what == "objective" else None,
            "local_reason": said["local_reason"],
            "openness": said["openness"],
        }


class GivingForm(forms.Form):
    """A sentence to all who get the goal."""

    sentence = forms.CharField(
        label=_("What do you say to them about it, in a sentence?"),
        help_text=_(
            "Where you are their manager, it is also your agreement. They read it, and it stays."
        ),
        max_length=LONGEST_WORDS,
        widget=words(),
    )


class CopiesForm(forms.Form):
    """Which former goals are begun anew, and by how many years they move."""

    goals = forms.MultipleChoiceField(
        label=_("Goals"), choices=(), widget=forms.CheckboxSelectMultiple
    )
    years = forms.IntegerField(
        label=_("Years later"),
        min_value=1,
        max_value=MOST_YEARS,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
        help_text=_("Their days move by so many whole years."),
    )

    def __init__(self, said: QueryDict | None, goals: Iterable[Goal], years: int) -> None:
        super().__init__(said, initial={"years": years})
        choices = [(str(goal.pk), goal.outcome) for goal in goals]
        self.fields["goals"].choices = choices  # type: ignore[attr-defined]  # a choice
