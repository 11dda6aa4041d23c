from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.acting import Actor
from evenhand.kernel.periods import FOREVER
from evenhand.people.changes import PersonDetails, PositionDetails
from evenhand.people.models import Person, Position, Unit
from evenhand.people.policies import visible_people, visible_units

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)


def said(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day as the browser's calendar gives it, in a century one can have meant."""

    widget = DayInput
    input_formats = ("%Y-%m-%d",)

    def to_python(self, value: str | datetime | date | None) -> date | None:
        day = super().to_python(value)
        if day and not FIRST_DAY <= day < LAST_DAY:
            raise ValidationError(_("Please look at the year again."))
        return day


class PickedElsewhere(forms.HiddenInput):
    """A choice made among what a search found; its inputs stand beside the form."""

    def render(
        self, name: str, value: object, attrs: object = None, renderer: object = None
    ) -> SafeString:
        return SafeString("")


class PersonForm(forms.Form):
    """How somebody is called and reached."""

    given_name = forms.CharField(label=_("Given name"), max_length=100, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    number = forms.CharField(
        label=_("Number"), max_length=40, help_text=_("As it stands in your HR system.")
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)

    @property
    def details(self) -> PersonDetails:
        said = self.cleaned_data
        return PersonDetails(
            number=said["number"],
            given_name=said["given_name"],
            family_name=said["family_name"],
            email=said["email"],
        )


class NewPersonForm(PersonForm):
    on = DayField(label=_("First day of work"))


class DetailsForm(PersonForm):
    def __init__(self, person: Person, said: QueryDict | None) -> None:
        names = ("number", "given_name", "family_name", "email")
        super().__init__(said, initial={name: getattr(person, name) for name in names})


class ManagerForm(forms.Form):
    person = forms.ModelChoiceField(
        Person.objects.none(), widget=PickedElsewhere, required=False, label=_("Manager")
    )
    nobody = forms.BooleanField(label=_("Reports to nobody from that day on"), required=False)
    on = DayField(label=_("From"), help_text=_("Until the day before, everything stays as it was."))

    def __init__(self, actor: Actor, said: QueryDict | None) -> None:
        super().__init__(said, initial={"on": actor.on})
        self.fields["person"].queryset = visible_people(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "person" in said and bool(said["person"]) == bool(said.get("nobody")):
            message = _("Find the new manager and choose one, or say that there is none.")
            raise ValidationError(message)
        return said


class PositionForm(forms.Form):
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        widget=PickedElsewhere,
        label=_("Unit"),
        error_messages={"required": _("Find the unit and choose it.")},
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    job_family = forms.CharField(label=_("Job family"), max_length=100, required=False)
    grade = forms.CharField(label=_("Grade"), max_length=40, required=False)
    country = forms.CharField(label=_("Country"), max_length=60, required=False)
    location = forms.CharField(label=_("Location"), max_length=100, required=False)
    on = DayField(label=_("From"), help_text=_("Until the day before, everything stays as it was."))

    def __init__(self, actor: Actor, present: Position | None, said: QueryDict | None) -> None:
        names = ("title", "job_family", "grade", "country", "location")
        initial = {name: getattr(present, name) for name in names} if present else {}
        super().__init__(said, initial=initial | {"on": actor.on})
        self.fields["unit"].queryset = visible_units(actor)  # type: ignore[attr-defined]

    @property
    def details(self) -> PositionDetails:
        return PositionDetails(
            **{name: value for name, value in self.cleaned_data.items() if name != "on"}
        )


class LastDayForm(forms.Form):
    """People name the last day; what ends is said to end on the day after."""

    last_day = DayField(label=_("Last day"))

    @property
    def ends_on(self) -> date:
        day: date = self.cleaned_data["last_day"]
        return day + timedelta(days=1)


class FirstDayForm(forms.Form):
    on = DayField(label=_("First day of work"))


class WorkingTimeForm(forms.Form):
    percent = forms.IntegerField(
        label=_("Percent of full time"),
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )
    on = DayField(label=_("From"))


class LeaveForm(forms.Form):
    on = DayField(label=_("First day away"))
    last_day = DayField(
        label=_("Last day away"), required=False, help_text=_("Leave empty when it is not known.")
    )

    @property
    def until(self) -> date:
        day: date | None = self.cleaned_data["last_day"]
        return day + timedelta(days=1) if day else FOREVER
