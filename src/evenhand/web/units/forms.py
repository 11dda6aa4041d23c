from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.acting import Actor
from evenhand.people.changes import UnitDetails
from evenhand.people.models import Unit
from evenhand.people.policies import visible_units
from evenhand.web.people.forms import DayField, PickedElsewhere


class NewUnitForm(forms.Form):
    parent = forms.ModelChoiceField(
        Unit.objects.none(), widget=PickedElsewhere, required=False, label=_("Stands in")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Short, and never given twice.")
    )
    on = DayField(label=_("From"))

    def __init__(self, actor: Actor, said: QueryDict | None) -> None:
        super().__init__(said, initial={"on": actor.on})
        self.fields["parent"].queryset = visible_units(actor)  # type: ignore[attr-defined]

    @property
    def details(self) -> UnitDetails:
        said = self.cleaned_data
        return UnitDetails(said["code"], said["name"], said["parent"])


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)


class PlaceForm(forms.Form):
    parent = forms.ModelChoiceField(
        Unit.objects.none(), widget=PickedElsewhere, required=False, label=_("Stands in")
    )
    top = forms.BooleanField(label=_("Stands at the top, in no other unit"), required=False)
    on = DayField(label=_("From"), help_text=_("Today, or a day in the past."))

    def __init__(self, actor: Actor, said: QueryDict | None) -> None:
        super().__init__(said, initial={"on": actor.on})
        self.fields["parent"].queryset = visible_units(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "parent" in said and bool(said["parent"]) == bool(said.get("top")):
            raise ValidationError(_("Find the unit and choose it, or say that it is the top."))
        return said
