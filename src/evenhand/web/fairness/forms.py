from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.analytics.kinds import Audience

SMALLEST = (
    ("5", _("5 people")),
    ("10", _("10 people, with disability")),
    ("20", _("20 people")),
)


class AuditForm(forms.Form):
    """How small a group may be and still be shown."""

    smallest = forms.TypedChoiceField(
        label=_("Smallest group that is shown"), choices=SMALLEST, coerce=int, initial="5"
    )


class PublicationForm(forms.Form):
    """Who else may read the summary."""

    audience = forms.ChoiceField(
        label=_("Who reads it"), choices=Audience.choices, widget=forms.RadioSelect
    )
