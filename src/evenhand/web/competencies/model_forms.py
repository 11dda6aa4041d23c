from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.competencies.kinds import LEVELS, MOST_COMPETENCIES, WHOLE, Category
from evenhand.competencies.models import ModelVersion
from evenhand.competencies.parts import ModelPart, RequirementPart
from evenhand.competencies.reading import model_part
from evenhand.web.competencies.forms import moment

Offered = list[tuple[str, str, str]]
LONGEST_GRADE = 40


class RequirementFields:
    """One line of a model: a competency, the level expected, its weight."""

    def __init__(self, form: "ModelForm", place: int) -> None:
        self.place = place
        self.competency = form[f"competency_{place}"]
        self.level = form[f"level_{place}"]
        self.weight = form[f"weight_{place}"]


class ModelForm(forms.Form):
    """A version of a model in writing. Lines without a competency are left out."""

    name = forms.CharField(label=_("Name"), max_length=120)
    job_family = forms.CharField(
        label=_("Job family"),
        max_length=100,
        required=False,
        help_text=_("As positions name it. Empty: every family."),
        widget=forms.TextInput(attrs={"list": "families"}),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Only for people with this title. Empty: every title."),
        widget=forms.TextInput(attrs={"list": "titles"}),
    )
    grades = forms.CharField(
        label=_("Grades"),
        max_length=400,
        required=False,
        help_text=_("With commas between them, such as G4, G5. Empty: every grade."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, offered: Offered, *args: object, **kwargs: object) -> None:
        """`offered`: code, name and category of each competency to choose from."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self.names = {code: name for code, name, _category in offered}
        choices = [("", _("None")), *_grouped(offered)]
        for place in range(1, MOST_COMPETENCIES + 1):
            self._add_line(place, choices)

    def _add_line(self, place: int, choices: list[Any]) -> None:
        self.fields[f"competency_{place}"] = forms.ChoiceField(
            label=_("Competency %(place)d") % {"place": place}, choices=choices, required=False
        )
        self.fields[f"level_{place}"] = forms.TypedChoiceField(
            label=_("Level"),
            choices=[(value, value) for value in LEVELS],
            coerce=int,
            initial=3,
            required=False,
        )
        self.fields[f"weight_{place}"] = forms.IntegerField(
            label=_("Weight in percent"),
            min_value=1,
            max_value=WHOLE,
            required=False,
            widget=forms.NumberInput(attrs={"class": "tiny"}),
        )

    @classmethod
    def of(cls, offered: Offered, version: ModelVersion) -> "ModelForm":
        part = model_part(version)
        words: dict[str, object] = {
            "name": part.name,
            "job_family": part.job_family,
            "title": part.title,
            "grades": ", ".join(part.grades),
            "seen": version.written_at.isoformat(),
        }
        for place, requirement in enumerate(part.requirements, start=1):
            words[f"competency_{place}"] = requirement.code
            words[f"level_{place}"] = requirement.level
            words[f"weight_{place}"] = requirement.weight
        return cls(offered, initial=words)

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "job_family", "title", "grades")]

    @property
    def lines(self) -> list[RequirementFields]:
        return [RequirementFields(self, place) for place in range(1, MOST_COMPETENCIES + 1)]

    @property
    def seen_at(self) -> datetime | None:
        return moment(self.cleaned_data["seen"])

    def clean_grades(self) -> tuple[str, ...]:
        grades = [" ".join(grade.split()) for grade in self.cleaned_data["grades"].split(",")]
        if any(len(grade) > LONGEST_GRADE for grade in grades):
            raise forms.ValidationError(_("A grade has at most 40 letters."))
        return tuple(dict.fromkeys(grade for grade in grades if grade))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for place in range(1, MOST_COMPETENCIES + 1):
            code = cleaned.get(f"competency_{place}", "")
            if code and code in seen:
                self.add_error(f"competency_{place}", _("It stands in another line already."))
            if code and not cleaned.get(f"weight_{place}"):
                self.add_error(f"weight_{place}", _("How much does it count?"))
            if code and not cleaned.get(f"level_{place}"):
                self.add_error(f"level_{place}", _("Which level is expected?"))
            seen.add(code)
        return cleaned

    @property
    def part(self) -> ModelPart:
        cleaned = self.cleaned_data
        return ModelPart(
            name=cleaned["name"].strip(),
            job_family=cleaned["job_family"].strip(),
            title=cleaned["title"].strip(),
            grades=cleaned["grades"],
            requirements=tuple(
                RequirementPart(
                    cleaned[f"competency_{place}"],
                    cleaned[f"level_{place}"],
                    cleaned[f"weight_{place}"],
                )
                for place in range(1, MOST_COMPETENCIES + 1)
                if cleaned[f"competency_{place}"]
            ),
        )


def _grouped(offered: Offered) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (str(category.label), [(code, name) for code, name, of in offered if of == category])
        for category in Category
        if any(of == category for _code, _name, of in offered)
    ]
