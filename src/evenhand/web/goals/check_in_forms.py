"""The form to say how far a goal is. What it asks for follows from how the goal is measured."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from evenhand.goals.actions.checking_in import NewCheckIn, may_say
from evenhand.goals.evidence import (
    LONGEST_LINK,
    LONGEST_NAME,
    MOST_BYTES,
    TYPES,
    BroughtFile,
    NewEvidence,
)
from evenhand.goals.models import CheckIn, Goal
from evenhand.kernel.verdict import ALLOWED
from evenhand.web.goals.check_in_fields import asked_of

Sent = tuple[QueryDict, "MultiValueDict[str, UploadedFile[Any]]"]

LONGEST_NOTE = 4000
CONFIDENCE = [("", _("Not said")), *((str(n), str(n)) for n in range(11))]


class ManyFiles(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; of each no more is read than is needed to refuse one that is too large."""

    widget = ManyFiles

    def clean(self, data: object, initial: object = None) -> list[BroughtFile]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(file, initial) for file in given if file]
        return [BroughtFile(file.name, file.read(MOST_BYTES + 1)) for file in files]


class CheckInForm(forms.Form):
    """How far a goal is: figures, a confidence, words, and what shows it."""

    measured_on = forms.DateField(
        label=_("On which day was it so?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    confidence = forms.TypedChoiceField(
        label=_("How confident are you that the target is reached in time?"),
        help_text=_("0 is not at all, 10 is certain. It stands beside the score, not in it."),
        choices=CONFIDENCE,
        coerce=int,
        empty_value=None,
        required=False,
    )
    note = forms.CharField(
        label=_("What happened, and what comes next?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    shown_by = FilesField(
        label=_("Files that show it"),
        help_text=_("PDF, pictures, documents, sheets or plain text, 10 MB each."),
        required=False,
        widget=ManyFiles(attrs={"accept": ",".join(TYPES)}),
    )
    url = forms.CharField(
        label=_("Or a link that shows it"), max_length=LONGEST_LINK, required=False
    )
    url_name = forms.CharField(
        label=_("What to call the link"), max_length=LONGEST_NAME, required=False
    )
    request = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)

    def __init__(
        self, goal: Goal, on: date, sent: Sent | None = None, *, corrects: CheckIn | None = None
    ) -> None:
        first = {"measured_on": corrects.measured_on if corrects else on, "request": str(uuid4())}
        words, files = sent or (None, None)
        super().__init__(words, files, initial=first)
        self.goal, self.on, self.corrects = goal, on, corrects
        self.asked = asked_of(goal, corrects)
        self.news: list[NewCheckIn] = []
        figures = {name: f for asked in self.asked for name, f in asked.fields(corrects).items()}
        self.fields |= figures
        self.order_fields(["measured_on", *figures])
        if corrects is not None:
            self.fields["note"].label = _("What was wrong?")
            self.fields["note"].required = True
            self.fields["confidence"].initial = corrects.confidence

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        self.news = self._news(said)
        verdicts = (may_say(self.goal, new, self.on) for new in self.news)
        refused = next((verdict for verdict in verdicts if not verdict), ALLOWED)
        if not refused:
            self.add_error(None, str(refused.reason))
        return said

    def _news(self, said: dict[str, Any]) -> list[NewCheckIn]:
        """One for each figure. Words beside several figures are about the goal as a whole."""
        day, key = said["measured_on"], said["request"]
        told = [new for asked in self.asked for new in asked.told(said, day)]
        evidence = _evidence(said)
        words = {"confidence": said["confidence"], "note": said["note"], "evidence": evidence}
        if self.corrects is not None and not told:
            told = [NewCheckIn(day, part=self.corrects.part)]
        if len(told) == 1:
            return [replace(told[0], **words, request=key)]
        each = [replace(new, request=key) for new in told]
        is_about_all = (
            not each or said["note"].strip() or evidence or said["confidence"] is not None
        )
        return [*each, NewCheckIn(day, **words, request=key)] if is_about_all else each


def _evidence(said: dict[str, Any]) -> Sequence[NewEvidence]:
    files = [NewEvidence(file=file) for file in said["shown_by"]]
    link = [NewEvidence(said["url_name"], said["url"])] if said["url"] else []
    return [*files, *link]
