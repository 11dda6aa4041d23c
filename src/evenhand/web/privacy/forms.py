from django import forms
from django.utils.translation import gettext_lazy as _


class NoticeForm(forms.Form):
    """The next privacy notice."""

    text = forms.CharField(
        label=_("What people are told"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "What is kept about people, why, who reads it, for how long, and whom to ask."
            " An empty line begins a new paragraph."
        ),
    )
