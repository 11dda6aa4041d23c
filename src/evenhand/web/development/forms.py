from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from evenhand.development.contents import MOST_ACTIONS, ActionPart, PlanContents
from evenhand.development.kinds import ActionState, Support
from evenhand.development.queries import learning_goals
from evenhand.kernel.acting import Actor
from evenhand.web.people.forms import DayField

SHORT = {"class": "short"}
EMPTY_ROWS = 2


class PlanForm(forms.Form):
    starts_on = DayField(label=_("From"))
    due_on = DayField(label=_("Until"))
    strengths = forms.CharField(
        label=_("Strengths to build on"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs=SHORT),
    )
    needs = forms.CharField(
        label=_("What should grow"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs=SHORT),
    )
    goals = forms.MultipleChoiceField(
        label=_("Learning goals that belong to it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, actor: Actor, person_id: int, contents: PlanContents, said: QueryDict | None
    ) -> None:
        names = ("starts_on", "due_on", "strengths", "needs")
        initial: dict[str, Any] = {name: getattr(contents, name) for name in names}
        super().__init__(said, initial=initial | {"goals": list(contents.goal_ids)})
        choices = [(goal.pk, goal.outcome) for goal in learning_goals(actor, person_id)]
        if choices:
            self.fields["goals"].choices = choices  # type: ignore[attr-defined]  # a choice
        else:
            del self.fields["goals"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("due_on")
        if first and last and last < first:
            self.add_error("due_on", _("The last day lies before the first day."))
        return cleaned


class ActionForm(forms.Form):
    """One thing to do. A row whose words are taken out is left out of the plan."""

    key = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    what = forms.CharField(
        label=_("What is to be done"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=SHORT),
    )
    support = forms.ChoiceField(
        label=_("What supports it"), choices=Support.choices, required=False
    )
    support_words = forms.CharField(label=_("Who or what that is"), max_length=500, required=False)
    due_on = DayField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("what") and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Say until when."))
        return cleaned

    @property
    def part(self) -> ActionPart | None:
        said = self.cleaned_data
        if not said.get("what"):
            return None
        return ActionPart(
            what=said["what"],
            support=said["support"] or Support.PRACTICE,
            support_words=said["support_words"],
            due_on=said["due_on"],
            key=said["key"],
        )


ActionForms = forms.formset_factory(
    ActionForm, extra=EMPTY_ROWS, max_num=MOST_ACTIONS, validate_max=True
)


class NoteForm(forms.Form):
    on = DayField(label=_("Looked at on"))
    text = forms.CharField(
        label=_("What you saw and said"),
        max_length=4000,
        widget=forms.Textarea(attrs=SHORT),
    )

    def __init__(self, on: date, said: QueryDict | None) -> None:
        super().__init__(said, initial={"on": on})


class StateForm(forms.Form):
    state = forms.ChoiceField(choices=ActionState.choices)
    reason = forms.CharField(max_length=500, required=False)
