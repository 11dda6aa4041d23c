from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from evenhand.integrations.actions import Chosen
from evenhand.integrations.importing import Source
from evenhand.integrations.models import PeopleImport, SavedMapping
from evenhand.integrations.people_files.kinds import ManagerNotFound
from evenhand.integrations.people_files.labels import FIELD_LABELS
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.reading import LIMITS, read_table
from evenhand.people.columns import PROTECTED, Field
from evenhand.spreadsheets.tables import Table, UnusableFile

# A form takes no more fields than this; columns beyond it keep what they were taken for.
MOST_COLUMNS = 300


class UploadForm(forms.Form):
    """A file, read at once, so that one which cannot be used is told about here."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or Excel, one row for each person, as your HR system exports it."),
    )
    sheet = forms.CharField(
        label=_("Sheet"),
        max_length=100,
        required=False,
        help_text=_("Only for a workbook with several sheets; without it we take the first."),
    )
    source: Source
    table: Table

    def __init__(
        self, said: QueryDict | None, files: "MultiValueDict[str, UploadedFile[Any]] | None"
    ) -> None:
        super().__init__(said, files)
        self.fields["file"].widget.attrs["accept"] = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file = said.get("file")
        if file is None:
            return said
        try:
            # One byte more than may be read is enough to refuse it.
            self.source = Source(file.name, file.read(LIMITS.file_bytes + 1))
            self.table = read_table(self.source.raw, sheet=said.get("sheet", ""))
        except UnusableFile as unusable:
            self.add_error("file", unusable.message)
        return said


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of the file: what it is taken for, and what stands in it if that may be shown."""

    name: str
    field: BoundField
    examples: list[str]
    different: int
    is_protected: bool


class ColumnsForm(forms.Form):
    """What each column says, in which order days are written, and what to do about the rest."""

    managers = forms.ChoiceField(
        label=_("When a manager is unknown or has left"),
        choices=[
            (ManagerNotFound.REFUSE.value, _("Refuse the row, so that the file can be corrected")),
            (
                ManagerNotFound.LEAVE_EMPTY.value,
                _("Bring the person in; who has a manager already keeps that one"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    is_complete = forms.BooleanField(
        label=_("This file lists everybody who works here"),
        help_text=_("Whoever is not in it is then taken to have left as of today."),
        required=False,
    )
    save_as = forms.CharField(
        label=_("Save these choices as a mapping called"),
        max_length=100,
        required=False,
        help_text=_("Files with the same columns are then read the same way next time."),
    )

    def __init__(self, brought: PeopleImport, said: QueryDict | None) -> None:
        self.mapping = Mapping.from_json(brought.mapping)
        self.seen = brought.seen
        self.brought = brought
        initial = {
            "managers": self.mapping.manager_not_found.value,
            "is_complete": brought.is_complete,
        }
        super().__init__(said, initial=initial)
        choices = [("", _("Leave out")), *((f.value, label) for f, label in FIELD_LABELS.items())]
        for at, column in self._columns():
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=column["name"],
                choices=choices,
                required=False,
                initial=self.mapping.columns.get(column["name"], ""),
            )
        for at, question in enumerate(self.seen["questions"]):
            self.fields[f"question-{at}"] = forms.ChoiceField(
                label=question["message"],
                choices=question["choices"],
                widget=forms.RadioSelect,
                initial=self.seen["answers"].get(question["key"], ""),
                error_messages={
                    "required": _("Please choose: nobody can tell from the days alone.")
                },
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        chosen = Counter(word for name, word in said.items() if name.startswith("column-") and word)
        for word, times in chosen.items():
            if times > 1:
                label = FIELD_LABELS[Field(word)]
                message = _("Two columns say “%(label)s”. Please choose one of them.")
                self.add_error(None, message % {"label": label})
        if Field.NUMBER not in chosen:
            message = _("Choose the column with the personnel number: it tells people apart.")
            self.add_error(None, message)
        dates = {column["name"] for at, column in self._columns() if said.get(f"column-{at}")}
        for at, question in enumerate(self.seen["questions"]):
            if question["column"] in dates and not said.get(f"question-{at}"):
                message = _("Please choose: nobody can tell from the days alone.")
                self.add_error(f"question-{at}", message)
        return said

    @property
    def columns(self) -> Iterator[ShownColumn]:
        for at, column in self._columns():
            field = self[f"column-{at}"]
            is_protected = field.value() in PROTECTED
            examples = [] if is_protected else column["examples"]
            yield ShownColumn(column["name"], field, examples, column["different"], is_protected)

    @property
    def questions(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith("question-")]

    @property
    def left_over(self) -> int:
        return max(len(self.seen["columns"]) - MOST_COLUMNS, 0)

    @property
    def chosen(self) -> Chosen:
        said = self.cleaned_data
        shown = {column["name"]: said[f"column-{at}"] for at, column in self._columns()}
        kept = {n: f for n, f in self.mapping.columns.items() if n not in shown}
        picked = {name: Field(word) for name, word in shown.items() if word}
        questions = enumerate(self.seen["questions"])
        return Chosen(
            mapping=Mapping(kept | picked, {}, ManagerNotFound(said["managers"])),
            answers={question["key"]: said[f"question-{at}"] for at, question in questions},
            is_complete=said["is_complete"],
            mapping_name=said["save_as"] or self.brought.mapping_name,
        )

    def _columns(self) -> Iterator[tuple[int, dict[str, Any]]]:
        yield from enumerate(self.seen["columns"][:MOST_COLUMNS])


class MappingNameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)

    def __init__(self, saved: SavedMapping, said: QueryDict | None) -> None:
        super().__init__(said, initial={"name": saved.name})
