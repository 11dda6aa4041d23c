from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from evenhand.reviews.actions import LONGEST_COMMENT, LONGEST_REASON
from evenhand.reviews.kinds import SignOffDecision
from evenhand.reviews.words import Words
from evenhand.web.http import is_number


def words_of(posted: QueryDict, question: int) -> tuple[Words, int] | None:
    """What a form says to a question, and the revision it is based on; None if it says nothing."""
    base = posted.get(f"q-{question}-revision", "")
    if not is_number(base):
        return None
    rating = posted.get(f"q-{question}-rating", "")
    not_rated = f"q-{question}-not-rated" in posted
    is_rated = is_number(rating) and not not_rated
    words = Words(
        text=posted.get(f"q-{question}-text", ""),
        rating=int(rating) if is_rated else None,
        not_rated=not_rated,
        choice=posted.get(f"q-{question}-choice", ""),
    )
    return words, int(base)


class ReasonForm(forms.Form):
    """Why something is done, in a sentence."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("A sentence is enough. It is kept with the review."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
    )


class SignOffForm(forms.Form):
    """The last word: signed, or declined with a statement."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            (SignOffDecision.SIGNED, _("I have read the review and sign it")),
            (SignOffDecision.DECLINED, _("I have read the review and do not sign it")),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("In your own words"),
        help_text=_(
            "What you want to stand beside the review. If you do not sign, please say why here."
        ),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if said.get("decision") == SignOffDecision.DECLINED and not said.get("comment"):
            self.add_error("comment", _("Please say in a few words why you do not sign."))
        return said
