from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.cycles.kinds import AnsweredBy, QuestionKind, SelfShownToManager, ShownToSubject
from evenhand.cycles.models import Question, ScaleLevel, Section, Template, TemplateVersion
from evenhand.cycles.parts import LevelPart, QuestionPart, SectionPart, VersionPart
from evenhand.cycles.reading import question_part
from evenhand.cycles.starter import ANNUAL_REVIEW

EMPTY = "empty"
STARTER = "starter"
# A level of the library may have several anchors, joined here to one text.
LONGEST_ANCHOR = 2000


class TemplateForm(forms.Form):
    """What a template is called, and what it is for."""

    name = forms.CharField(label=_("Name"), max_length=200)
    purpose = forms.CharField(label=_("What it is for"), max_length=300, required=False)

    def __init__(self, *args: object, template: Template | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self.template = template

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        others = Template.objects.filter(name__iexact=name)
        if self.template is not None:
            others = others.exclude(pk=self.template.pk)
        if others.exists():
            raise forms.ValidationError(_("Another template has this name."))
        return name


class NewTemplateForm(TemplateForm):
    """A template to begin with, and with what it begins."""

    begin_with = forms.ChoiceField(
        label=_("Begin with"), initial=STARTER, widget=forms.RadioSelect, choices=()
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        newest = TemplateVersion.objects.select_related("template").order_by(
            "template__name", "-number"
        )
        self.versions = {str(version.pk): version for version in newest[:50]}
        copies = [
            (pk, _("A copy of %(version)s") % {"version": version})
            for pk, version in self.versions.items()
        ]
        begin_with = self.fields["begin_with"]
        begin_with.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (
                STARTER,
                _("A ready annual review: five levels, results, ways of working, next steps"),
            ),
            (EMPTY, _("Nothing: I write it all")),
            *copies,
        ]

    @property
    def copied(self) -> TemplateVersion | None:
        return self.versions.get(self.cleaned_data["begin_with"])

    @property
    def parts(self) -> VersionPart:
        return ANNUAL_REVIEW if self.cleaned_data["begin_with"] == STARTER else VersionPart()


class SettingsForm(forms.Form):
    """What holds for a whole version."""

    guidance = forms.CharField(
        label=_("Guidance for everyone who writes"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "short", "rows": 3}),
    )
    self_shown_to_manager = forms.ChoiceField(
        label=_("When the manager reads the self review"),
        choices=SelfShownToManager.choices,
        widget=forms.RadioSelect,
    )

    @classmethod
    def of(cls, version: TemplateVersion) -> "SettingsForm":
        shown = version.self_shown_to_manager
        return cls(initial={"guidance": version.guidance, "self_shown_to_manager": shown})


class LevelForm(forms.Form):
    """A level of the scale."""

    value = forms.IntegerField(
        label=_("Level"),
        min_value=1,
        max_value=10,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )
    label = forms.CharField(label=_("In a word"), max_length=60)
    descriptor = forms.CharField(label=_("What it means"), max_length=300, required=False)

    @classmethod
    def of(cls, level: ScaleLevel) -> "LevelForm":
        words = {"value": level.value, "label": level.label, "descriptor": level.descriptor}
        form = cls(initial=words, auto_id=f"level-{level.pk}-%s")
        form.fields["value"].widget = forms.HiddenInput()
        return form

    @property
    def part(self) -> LevelPart:
        return LevelPart(**self.cleaned_data)


class SectionForm(forms.Form):
    """A section, all but its questions."""

    title = forms.CharField(label=_("Title"), max_length=200)
    weight = forms.IntegerField(
        label=_("Weight in percent"),
        min_value=0,
        max_value=100,
        initial=0,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
        help_text=_("All weights together make 100. A section without ratings weighs 0."),
    )
    guidance = forms.CharField(
        label=_("Guidance"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "short", "rows": 2}),
    )
    shows_goals = forms.BooleanField(
        label=_("Show the person's goals of the period beside it"), required=False
    )

    @classmethod
    def of(cls, section: Section) -> "SectionForm":
        names = ("title", "weight", "guidance", "shows_goals")
        words = {name: getattr(section, name) for name in names}
        return cls(initial=words, auto_id=f"section-{section.pk}-%s")

    @property
    def part(self) -> SectionPart:
        return SectionPart(**self.cleaned_data)


class QuestionForm(forms.Form):
    """A question, with the anchors of its competency and the words to choose from."""

    text = forms.CharField(label=_("Question"), max_length=500)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=QuestionKind.choices)
    guidance = forms.CharField(
        label=_("Guidance"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "short", "rows": 2}),
    )
    answered_by = forms.ChoiceField(
        label=_("Who answers"), choices=AnsweredBy.choices, widget=forms.RadioSelect
    )
    is_required = forms.BooleanField(label=_("An answer is required"), required=False)
    shown_to_subject = forms.ChoiceField(
        label=_("When the person sees what the manager answered"),
        choices=ShownToSubject.choices,
        widget=forms.RadioSelect,
    )
    choices = forms.CharField(
        label=_("Words to choose from"),
        required=False,
        help_text=_("For a choice: one in each line, at least two."),
        widget=forms.Textarea(attrs={"class": "short", "rows": 4}),
    )
    expected_level = forms.TypedChoiceField(
        label=_("Level this competency asks for"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, version: TemplateVersion, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        levels = list(version.levels.all())
        expected = self.fields["expected_level"]
        expected.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("No level in particular")),
            *((level.value, str(level)) for level in levels),
        ]
        for level in levels:
            self.fields[f"anchor_{level.value}"] = forms.CharField(
                label=str(level), max_length=LONGEST_ANCHOR, required=False
            )
        self.values = [level.value for level in levels]

    @classmethod
    def of(cls, question: Question) -> "QuestionForm":
        part = question_part(question)
        initial = {name: getattr(part, name) for name in cls.base_fields}
        initial["choices"] = "\n".join(part.choices)
        initial |= {f"anchor_{value}": text for value, text in part.anchors.items()}
        return cls(question.section.version, initial=initial)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        names = ("text", "kind", "guidance", "answered_by", "is_required", "shown_to_subject")
        return [self[name] for name in names]

    @property
    def anchors(self) -> list[forms.BoundField]:
        return [self[f"anchor_{value}"] for value in self.values]

    def clean_choices(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines()]
        choices = list(dict.fromkeys(line for line in lines if line))
        if any(len(choice) > 200 for choice in choices):  # noqa: PLR2004  # the column's length
            raise forms.ValidationError(_("A choice has at most 200 letters."))
        return choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        few = len(cleaned.get("choices", ())) < 2  # noqa: PLR2004  # one choice is none
        if cleaned.get("kind") == QuestionKind.CHOICE and few:
            self.add_error("choices", _("Give at least two choices."))
        if cleaned.get("kind") == QuestionKind.OVERALL:
            cleaned["answered_by"] = AnsweredBy.MANAGER
        return cleaned

    @property
    def part(self) -> QuestionPart:
        cleaned = self.cleaned_data
        is_competency = cleaned["kind"] == QuestionKind.COMPETENCY
        anchors = {str(value): cleaned[f"anchor_{value}"].strip() for value in self.values}
        return QuestionPart(
            text=cleaned["text"],
            kind=cleaned["kind"],
            guidance=cleaned["guidance"],
            is_required=cleaned["is_required"],
            answered_by=cleaned["answered_by"],
            shown_to_subject=cleaned["shown_to_subject"],
            choices=cleaned["choices"] if cleaned["kind"] == QuestionKind.CHOICE else [],
            anchors={v: text for v, text in anchors.items() if text} if is_competency else {},
            expected_level=cleaned["expected_level"] if is_competency else None,
        )
