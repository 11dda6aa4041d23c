from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from evenhand.goals.actions.objectives import ObjectiveChange, ObjectivePlan
from evenhand.goals.models import StrategicObjective
from evenhand.kernel.acting import Actor
from evenhand.kernel.periods import FOREVER
from evenhand.people.models import Person, Unit
from evenhand.people.policies import visible_people, visible_units
from evenhand.web.people.forms import DayField, PickedElsewhere

NEW_YEAR = (1, 1)


class ObjectiveForm(forms.Form):
    """What is to be reached, whose it is, and when."""

    title = forms.CharField(
        label=_("What is to be reached"),
        max_length=200,
        help_text=_("One outcome in one sentence, such as “Nine of ten customers stay with us”."),
    )
    purpose = forms.CharField(
        label=_("Why it matters"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    person = forms.ModelChoiceField(
        Person.objects.none(),
        widget=PickedElsewhere,
        label=_("Owner"),
        error_messages={"required": _("Find the owner and choose one.")},
    )
    starts_on = DayField(label=_("First day"))
    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Leave empty when it has no end yet.")
    )

    def __init__(
        self,
        actor: Actor,
        said: QueryDict | None,
        *,
        objective: StrategicObjective | None = None,
    ) -> None:
        super().__init__(said, initial=_usual(actor.on) if objective is None else _of(objective))
        people = visible_people(actor)
        if objective is not None:
            # Whoever owned it and left may stay its owner while something else is changed.
            people = people | Person.objects.filter(pk=objective.owner_id)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a choice

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day cannot come before the first."))
        return cleaned

    @property
    def plan(self) -> ObjectivePlan:
        last_day: date | None = self.cleaned_data["last_day"]
        return ObjectivePlan(
            title=self.cleaned_data["title"],
            purpose=self.cleaned_data["purpose"],
            owner=self.cleaned_data["person"],
            starts_on=self.cleaned_data["starts_on"],
            ends_on=last_day + timedelta(days=1) if last_day else FOREVER,
        )


class NewObjectiveForm(ObjectiveForm):
    unit = forms.ModelChoiceField(
        Unit.objects.none(), widget=PickedElsewhere, required=False, label=_("Unit")
    )

    def __init__(self, actor: Actor, said: QueryDict | None) -> None:
        super().__init__(actor, said)
        self.fields["unit"].queryset = visible_units(actor)  # type: ignore[attr-defined]


class ChangeForm(ObjectiveForm):
    reason = forms.CharField(
        label=_("Why it changes"),
        max_length=300,
        help_text=_("Everybody can read it beside the former version."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def change(self) -> ObjectiveChange:
        said = self.cleaned_data
        return ObjectiveChange(self.plan, said["reason"], said["seen"])


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Everybody can read it beside the objective.")
    )


def _usual(on: date) -> dict[str, Any]:
    return {"starts_on": date(on.year, *NEW_YEAR), "last_day": date(on.year, 12, 31)}


def _of(objective: StrategicObjective) -> dict[str, Any]:
    return {
        "title": objective.title,
        "purpose": objective.purpose,
        "starts_on": objective.starts_on,
        "last_day": objective.last_day,
        "seen": objective.versions.count(),
    }
