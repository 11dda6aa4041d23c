"""What one looks for in the library, and how a goal to start from is written."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from evenhand.goals.kinds import Ambition, GoalKind, Metric
from evenhand.goals.library import HAVE_PARTS, MOST_PARTS, LibraryDraft, LibraryPart, Wanted

ALL = [("", _("All"))]
DIRECTIONS = (
    ("", _("Does not apply")),
    ("up", _("Higher is better")),
    ("down", _("Lower is better")),
)
SPARE_ROWS = 3


class FilterForm(forms.Form):
    """What one looks for."""

    q = forms.CharField(
        label=_("Words"), max_length=100, required=False, widget=forms.TextInput({"type": "search"})
    )
    family = forms.CharField(
        label=_("Job family"), max_length=100, required=False, widget=forms.Select
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ALL, *GoalKind.choices], required=False)
    retired = forms.BooleanField(label=_("No longer offered"), required=False)

    def __init__(self, asked: QueryDict, families: Iterable[str]) -> None:
        super().__init__(asked or None)
        self.fields["family"].widget.choices = [
            *ALL,
            *((family, family) for family in families),
        ]

    @property
    def wanted(self) -> Wanted:
        """What is asked for; what cannot be read is left out."""
        if not self.is_bound:
            return Wanted()
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            family=said.get("family", ""),
            kind=said.get("kind", ""),
            words=said.get("q", ""),
            retired=said.get("retired", False),
        )


class LibraryForm(forms.Form):
    """A goal to start from, but for its key results or milestones."""

    outcome = forms.CharField(
        label=_("What is to be reached"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )
    job_families = forms.CharField(
        label=_("For which job families"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
        help_text=_("One in each line. Empty means for all."),
    )
    kind = forms.ChoiceField(label=_("How one sees that it is reached"), choices=GoalKind.choices)
    ambition = forms.ChoiceField(label=_("What is expected of it"), choices=Ambition.choices)
    metric = forms.ChoiceField(
        label=_("How several measurements make one figure"),
        choices=[("", _("Does not apply")), *Metric.choices],
        required=False,
    )
    direction = forms.ChoiceField(label=_("Which way"), choices=DIRECTIONS, required=False)
    measure = forms.CharField(
        label=_("What is measured, or how one sees it"), max_length=300, required=False
    )
    unit_of_measure = forms.CharField(label=_("In which unit"), max_length=40, required=False)
    data_source = forms.CharField(
        label=_("Where the figure comes from"), max_length=200, required=False
    )
    baseline_hint = forms.CharField(
        label=_("Where to find the baseline"), max_length=300, required=False
    )
    target_hint = forms.CharField(label=_("What a good target is"), max_length=300, required=False)
    why = forms.CharField(label=_("What it is good for"), max_length=400, required=False)
    watch_out = forms.CharField(
        label=_("How it can mislead, and what to look at besides"), max_length=400, required=False
    )
    cadence_days = forms.IntegerField(
        label=_("Days between check-ins"),
        min_value=1,
        max_value=366,
        initial=30,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    def draft(self, parts: "BasePartForms") -> LibraryDraft:
        said = self.cleaned_data
        names = {field.name for field in fields(LibraryDraft)} - {"job_families", "parts"}
        return LibraryDraft(
            **{name: said[name] for name in names},
            job_families=tuple(said["job_families"].splitlines()),
            parts=parts.drafts if said["kind"] in HAVE_PARTS else (),
        )


class PartForm(forms.Form):
    """A key result or a milestone to start from."""

    title = forms.CharField(label=_("What is reached"), max_length=300, required=False)
    weight = forms.IntegerField(
        label=_("Weight, %"),
        min_value=1,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )
    metric = forms.ChoiceField(
        label=_("Figure"), choices=[("", _("A milestone")), *Metric.choices], required=False
    )
    direction = forms.ChoiceField(label=_("Which way"), choices=DIRECTIONS, required=False)
    unit_of_measure = forms.CharField(label=_("Unit"), max_length=40, required=False)


if TYPE_CHECKING:
    Rows = forms.BaseFormSet[PartForm]
else:
    Rows = forms.BaseFormSet


class BasePartForms(Rows):
    @property
    def drafts(self) -> tuple[LibraryPart, ...]:
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("title")]
        return tuple(LibraryPart(**row | {"weight": row["weight"] or 0}) for row in rows)


PartForms: type[BasePartForms] = forms.formset_factory(  # type: ignore[assignment]  # made of it
    PartForm, formset=BasePartForms, extra=SPARE_ROWS, max_num=MOST_PARTS, absolute_max=MOST_PARTS
)


def forms_of(
    said: QueryDict | None, draft: LibraryDraft | None = None, seen: str = ""
) -> tuple[LibraryForm, BasePartForms]:
    """The form for a goal to start from and the rows of its parts, filled with a draft."""
    initial: dict[str, Any] = {}
    if draft is not None:
        initial = asdict(draft) | {"job_families": "\n".join(draft.job_families), "seen": seen}
    parts = [asdict(part) for part in draft.parts] if draft else []
    return LibraryForm(said, initial=initial), PartForms(said, initial=parts, prefix="parts")
