from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.access.actions import RolePlan
from evenhand.access.policies import roles_to_give
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.periods import FOREVER
from evenhand.people.models import Unit


class RoleForm(forms.Form):
    """A role to give."""

    role = forms.ChoiceField(label=_("Role"))
    unit = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=60,
        help_text=_(
            "The code of the unit an HR partner or executive is there for, with all units below"
            " it. The other roles hold everywhere: leave it empty."
        ),
    )
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty when the role has no end."),
    )
    reason = forms.CharField(label=_("Why"), max_length=200, required=False)

    def __init__(self, actor: Actor, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        given = roles_to_give(actor)
        roles = [(role.value, role.label) for role in Role if role in given]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a ChoiceField

    def clean_unit(self) -> Unit | None:
        code = self.cleaned_data["unit"].strip()
        if not code:
            return None
        unit = Unit.objects.filter(code=code).first()
        if unit is None:
            message = _("No unit has the code “%(code)s”. The page Units shows the codes.")
            raise forms.ValidationError(message, params={"code": code})
        return unit

    @property
    def plan(self) -> RolePlan:
        last: date | None = self.cleaned_data["last_on"]
        return RolePlan(
            role=Role(self.cleaned_data["role"]),
            unit=self.cleaned_data["unit"],
            starts_on=self.cleaned_data["starts_on"],
            ends_on=FOREVER if last is None else last + timedelta(days=1),
            reason=self.cleaned_data["reason"],
        )
