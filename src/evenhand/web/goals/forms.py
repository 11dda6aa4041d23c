"""The short forms about a goal: a sentence, a reason, a comment."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST_WORDS = 4000


def words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "short"})


class SentenceForm(forms.Form):
    """What one agrees to, in a sentence of one's own, and what only people can judge."""

    sentence = forms.CharField(
        label=gettext_lazy("What do you agree to, in your own words?"),
        help_text=gettext_lazy(
            "One sentence: what you will do or give for it. Both sides read it, and it stays."
        ),
        max_length=LONGEST_WORDS,
        widget=words(),
    )
    is_a_stretch = forms.BooleanField(
        label=gettext_lazy("It asks for more than would happen anyway"), required=False
    )
    is_hard_to_game = forms.BooleanField(
        label=gettext_lazy("Its figure could hardly be reached without the result it stands for"),
        required=False,
    )
    doubts = forms.CharField(
        label=gettext_lazy("A note on these two"),
        help_text=gettext_lazy("No software can tell this. If you leave a box empty, say why."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=words(2),
    )

    @property
    def whole_sentence(self) -> str:
        """The sentence with the answers to what only people can judge, as it is kept."""
        said = self.cleaned_data
        lines = [said["sentence"].strip()]
        if said["is_a_stretch"]:
            lines.append(_("It asks for more than would happen anyway."))
        if said["is_hard_to_game"]:
            lines.append(_("Its figure could hardly be reached without the result it stands for."))
        if said["doubts"].strip():
            lines.append(_("Note: %(words)s") % {"words": said["doubts"].strip()})
        return "\n".join(lines)


class ChangeForm(SentenceForm):
    """Why a plan changes, and one's sentence to the new one."""

    reason = forms.CharField(
        label=gettext_lazy("Why should it change?"),
        help_text=gettext_lazy("What is different from when you agreed. It is kept with the goal."),
        max_length=LONGEST_WORDS,
        widget=words(),
    )
    field_order = ("reason", "sentence", "is_a_stretch", "is_hard_to_game", "doubts")


class WordsForm(forms.Form):
    """Some words about a goal: why, what else, what came of it."""

    words = forms.CharField(max_length=LONGEST_WORDS, widget=words())

    def __init__(self, said: QueryDict | None, label: str, help_text: str = "") -> None:
        super().__init__(said)
        self.fields["words"].label = label
        self.fields["words"].help_text = help_text
