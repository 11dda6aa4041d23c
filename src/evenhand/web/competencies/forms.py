from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from evenhand.competencies.anchor_lint import Advice, advice_on
from evenhand.competencies.kinds import LEVELS, Category, Nature
from evenhand.competencies.listing import Wanted
from evenhand.competencies.models import CompetencyVersion
from evenhand.competencies.parts import CompetencyPart, LevelPart
from evenhand.competencies.publishing import Beginning
from evenhand.competencies.reading import competency_part

LONGEST_LINE = 400
MOST_LINES = 12
USUAL_LABELS = {
    1: _("Learning"),
    2: _("With guidance"),
    3: _("On their own"),
    4: _("Guides others"),
    5: _("Shapes the field"),
}


class LinesField(forms.Field):
    """Several sentences, one in each line."""

    def __init__(self, *, rows: int = 3, **kwargs: object) -> None:
        widget = forms.Textarea(attrs={"class": "short", "rows": rows})
        super().__init__(required=False, widget=widget, **kwargs)  # type: ignore[arg-type]  # as it comes

    def to_python(self, value: object) -> tuple[str, ...]:
        return lines(str(value or ""))

    def validate(self, value: object) -> None:
        found = value if isinstance(value, tuple) else ()
        if len(found) > MOST_LINES:
            raise forms.ValidationError(_("Twelve lines at most."))
        if any(len(line) > LONGEST_LINE for line in found):
            raise forms.ValidationError(_("A line has at most 400 letters."))


class DayField(forms.DateField):
    """A day, chosen from a calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LevelFields:
    """The fields of one level, with advice on what stands in them."""

    def __init__(self, form: "CompetencyForm", value: int) -> None:
        self.value = value
        self.label = form[f"label_{value}"]
        self.descriptor = form[f"descriptor_{value}"]
        self.anchors = form[f"anchors_{value}"]

    @property
    def advice(self) -> list[tuple[str, tuple[Advice, ...]]]:
        text = self.anchors.value() or ""
        return advised(lines(text if isinstance(text, str) else "\n".join(text)))


class CompetencyForm(forms.Form):
    """A version of a competency in writing. A level without words is left out."""

    name = forms.CharField(label=_("Name"), max_length=120)
    category = forms.ChoiceField(
        label=_("Asked of"), choices=Category.choices, initial=Category.CORE
    )
    nature = forms.ChoiceField(
        label=_("Kind"),
        choices=[(nature.value, nature.label) for nature in Nature],
        initial=Nature.SKILL,
        help_text=_("It decides how one finds out: a test, a work sample, or a look at the start."),
    )
    definition = forms.CharField(
        label=_("What it is, and why it matters"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "short", "rows": 3}),
    )
    questions = LinesField(label=_("Interview questions"), rows=4, help_text=_("One in each line."))
    look_for = LinesField(
        label=_("What to look for in an answer"), rows=4, help_text=_("One in each line.")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        for value in LEVELS:
            self._add_level(value)

    def _add_level(self, value: int) -> None:
        self.fields[f"label_{value}"] = forms.CharField(
            label=_("In a word"), max_length=60, required=False
        )
        self.fields[f"descriptor_{value}"] = forms.CharField(
            label=_("What it means"), max_length=400, required=False
        )
        self.fields[f"anchors_{value}"] = LinesField(
            label=_("Anchors: what one sees somebody do"), help_text=_("One in each line.")
        )

    @classmethod
    def of(cls, version: CompetencyVersion) -> "CompetencyForm":
        part = competency_part(version)
        words: dict[str, object] = {
            "name": part.name,
            "category": part.category,
            "nature": part.nature,
            "definition": part.definition,
            "questions": "\n".join(part.questions),
            "look_for": "\n".join(part.look_for),
            "seen": version.written_at.isoformat(),
        }
        for level in part.levels:
            words[f"label_{level.value}"] = level.label
            words[f"descriptor_{level.value}"] = level.descriptor
            words[f"anchors_{level.value}"] = "\n".join(level.anchors)
        return cls(initial=words)

    @classmethod
    def empty(cls) -> "CompetencyForm":
        return cls(initial={f"label_{value}": USUAL_LABELS[value] for value in LEVELS})

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "category", "nature", "definition")]

    @property
    def last_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("questions", "look_for")]

    @property
    def levels(self) -> list[LevelFields]:
        return [LevelFields(self, value) for value in LEVELS]

    @property
    def seen_at(self) -> datetime | None:
        return moment(self.cleaned_data["seen"])

    @property
    def part(self) -> CompetencyPart:
        cleaned = self.cleaned_data
        levels = (
            LevelPart(
                value,
                cleaned[f"label_{value}"].strip(),
                cleaned[f"descriptor_{value}"].strip(),
                cleaned[f"anchors_{value}"],
            )
            for value in LEVELS
        )
        return CompetencyPart(
            name=cleaned["name"].strip(),
            category=cleaned["category"],
            nature=cleaned["nature"],
            definition=cleaned["definition"].strip(),
            questions=cleaned["questions"],
            look_for=cleaned["look_for"],
            levels=tuple(level for level in levels if level.words or level.label),
        )


class PublicationForm(forms.Form):
    """From which day a version counts."""

    starts_on = DayField(label=_("First day"))
    reason = forms.CharField(label=_("What is new, in a sentence"), max_length=300, required=False)

    @property
    def beginning(self) -> Beginning:
        return Beginning(self.cleaned_data["starts_on"], self.cleaned_data["reason"].strip())


class FilterForm(forms.Form):
    """What to look for in the library."""

    q = forms.CharField(
        label=_("Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    category = forms.ChoiceField(
        label=_("Asked of"), required=False, choices=[("", _("Anybody")), *Category.choices]
    )
    retired = forms.BooleanField(label=_("Retired ones"), required=False)

    @property
    def wanted(self) -> Wanted:
        said = self.cleaned_data if self.is_valid() else {}
        return Wanted(
            said.get("q", "").strip(), said.get("category", ""), bool(said.get("retired"))
        )


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def advised(anchors: Iterable[str]) -> list[tuple[str, tuple[Advice, ...]]]:
    """The anchors that could be clearer, in their order, each with what to do."""
    return [(anchor, advice) for anchor in anchors if (advice := advice_on(anchor))]


def moment(text: str) -> datetime | None:
    """A moment as a page carried it; None for anything else."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None
