"""A filled sheet, how it is taken over, and which goals one takes as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.goals.exporting import WHOSE, Asked
from evenhand.goals.kinds import GoalState
from evenhand.goals.sheets import LIMITS, SheetRows, read_sheet
from evenhand.spreadsheets.tables import UnusableFile
from evenhand.web.goals.forms import LONGEST_WORDS, words

KINDS = (("xlsx", _("Excel")), ("csv", _("CSV")))
WHOSE_LABELS = dict(
    zip(WHOSE, (_("My own"), _("Of people below me"), _("All that I see")), strict=True)
)


class SheetForm(forms.Form):
    """A filled sheet, read at once, so that one which cannot be used is told about here."""

    file = forms.FileField(
        label=_("Filled sheet"), help_text=_("The Excel sheet from here, or CSV with its columns.")
    )
    rows: SheetRows

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self.fields["file"].widget.attrs["accept"] = ".csv,.tsv,.txt,.xlsx,.xlsm,.ods"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if file := said.get("file"):
            try:
                self.rows = read_sheet(file.read(LIMITS.file_bytes + 1))
            except UnusableFile as unusable:
                self.add_error("file", unusable.message)
        return said


class TakingForm(forms.Form):
    """Whether the goals become drafts or proposals."""

    as_what = forms.ChoiceField(
        label=_("What they become"),
        choices=(
            ("drafts", _("Drafts that only you see")),
            ("proposals", _("Proposals, with your sentence to each")),
        ),
        initial="drafts",
        widget=forms.RadioSelect,
    )
    sentence = forms.CharField(
        label=_("Your sentence, for proposals"),
        help_text=_("What you agree to. It is kept with each goal."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=words(2),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("as_what") == "drafts":
            said["sentence"] = ""
        elif not said.get("sentence", "").strip():
            self.add_error("sentence", _("Please say in a sentence what you agree to."))
        return said


class ExportForm(forms.Form):
    """Which goals, and as which kind of file."""

    whose = forms.ChoiceField(
        label=_("Which goals"), choices=tuple(WHOSE_LABELS.items()), required=False
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *GoalState.choices], required=False
    )
    kind_of_file = forms.ChoiceField(label=_("File"), choices=KINDS, required=False)

    @property
    def asked(self) -> Asked:
        """What is asked for; what cannot be read is left out."""
        self.is_valid()
        said = self.cleaned_data
        return Asked(said.get("whose") or "own", said.get("state") or "")

    @property
    def kind(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("kind_of_file") or "xlsx"
