from datetime import timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from evenhand.goals.actions.bringing_files import ValuesUpload
from evenhand.goals.actions.feeding import Feed
from evenhand.goals.value_tables import LIMITS, LONGEST_KEY, read_values
from evenhand.spreadsheets.tables import UnusableFile
from evenhand.web.sources.pages import Target

LIFETIMES = [(30, _("30 days")), (90, _("90 days")), (365, _("a year"))]


class SourceForm(forms.Form):
    """A data source to make."""

    name = forms.CharField(
        label=_("Which system or sheet is it?"),
        max_length=100,
        help_text=_("For example: sales figures, nightly"),
    )
    days = forms.TypedChoiceField(
        label=_("How long its token works"), coerce=int, choices=LIFETIMES, initial=365
    )

    @property
    def lifetime(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class FeedForm(forms.Form):
    """A key, and the goal or part it stands for."""

    key = forms.CharField(
        label=_("Key"),
        max_length=LONGEST_KEY,
        help_text=_("What the system calls this figure, for example: sales-north"),
    )
    target = forms.ChoiceField(label=_("Goal"))

    def __init__(self, targets: list[Target], said: QueryDict | None = None) -> None:
        super().__init__(said)
        self.targets = {target.value: target for target in targets}
        choices = [("", _("Choose a goal")), *((t.value, t.label) for t in targets)]
        self.fields["target"] = forms.ChoiceField(label=_("Goal"), choices=choices)

    @property
    def feed(self) -> Feed:
        chosen = self.targets[self.cleaned_data["target"]]
        return Feed(self.cleaned_data["key"], chosen.goal, chosen.part)


class ValuesFileForm(forms.Form):
    """A file of values, read at once, so that one which cannot be used is told about here."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or Excel, one row for each key and day."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods"}),
    )
    upload: ValuesUpload

    def __init__(
        self, said: QueryDict | None, files: "MultiValueDict[str, UploadedFile[Any]] | None"
    ) -> None:
        super().__init__(said, files)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file = said.get("file")
        if file is None:
            return said
        try:
            # One byte more than may be read is enough to refuse it.
            raw = file.read(LIMITS.file_bytes + 1)
            self.upload = ValuesUpload(file.name, raw, read_values(raw).count)
        except UnusableFile as unusable:
            self.add_error("file", unusable.message)
        return said
