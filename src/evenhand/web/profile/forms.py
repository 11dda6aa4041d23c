from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.acting import Actor, Role


class TokenForm(forms.Form):
    """A token to make."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=100, help_text=_("For example: nightly export")
    )
    role = forms.ChoiceField(
        label=_("What it may do"),
        required=False,
        help_text=_("As much as you may in this one role, and no more."),
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
        initial=90,
    )

    def __init__(self, actor: Actor, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        held = sorted({grant.role for grant in actor.grants})
        choices = [("", _("What every colleague and manager may do"))]
        choices += [(role.value, Role(role).label) for role in held]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def lifetime(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class DelegationForm(forms.Form):
    """Somebody to stand in, and for how long."""

    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("For example: I am on leave until May.")
    )
