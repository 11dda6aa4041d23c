from collections.abc import Iterable, Sequence

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from evenhand.competencies.models import Competency
from evenhand.workshops.actions.collecting import LONGEST, IncidentPart
from evenhand.workshops.actions.deciding import LONGEST_ANCHOR
from evenhand.workshops.actions.leading import WorkshopPlan
from evenhand.workshops.kinds import FEWEST_COMPETENCIES, MOST_COMPETENCIES
from evenhand.workshops.naming import Named, offered


class PlanForm(forms.Form):
    """What a workshop is called, and which competencies it is about."""

    name = forms.CharField(label=_("Name"), max_length=120)
    competencies = forms.MultipleChoiceField(
        label=_("Competencies"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose 2 to 8; 4 to 8 is usual. Those who sort choose between them."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self.offered = offered()
        choices = [(row.id, row.name) for row in self.offered]
        self.fields["competencies"].choices = choices  # type: ignore[attr-defined]  # a choice

    def clean_competencies(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["competencies"]
        if not FEWEST_COMPETENCIES <= len(chosen) <= MOST_COMPETENCIES:
            raise forms.ValidationError(_("Choose 2 to 8 competencies."))
        return chosen

    @property
    def plan(self) -> WorkshopPlan:
        chosen = Competency.objects.filter(pk__in=self.cleaned_data["competencies"])
        return WorkshopPlan(self.cleaned_data["name"], list(chosen))


def lines(**attributes: object) -> forms.Textarea:
    """Room for a few lines."""
    return forms.Textarea(attrs={"class": "short", "rows": 3, **attributes})


# What is typed is looked at as one writes; without scripts the advice comes after saving.
LOOKED_AT = {
    "hx-post": reverse_lazy("workshop_advice"),
    "hx-params": "behaviour",
    "hx-trigger": "input changed delay:600ms",
    "hx-target": "#advice",
    "hx-sync": "this:replace",
}


class IncidentForm(forms.Form):
    """What happened, and which competency it shows."""

    situation = forms.CharField(
        max_length=LONGEST,
        widget=lines(),
        label=_("What was the situation?"),
        help_text=_("Where, when, what mattered. Say “a colleague” or “a customer”, no names."),
    )
    behaviour = forms.CharField(
        max_length=LONGEST,
        widget=lines(**LOOKED_AT),
        label=_("What did the person do?"),
        help_text=_("What one could see or hear. No names here either."),
    )
    outcome = forms.CharField(max_length=LONGEST, widget=lines(), label=_("What came of it?"))
    competency = forms.ChoiceField(label=_("Which competency does it show?"), choices=())

    def __init__(self, *args: object, competencies: Iterable[Named], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        choices = [(row.id, row.name) for row in competencies]
        field = self.fields["competency"]
        field.choices = choices  # type: ignore[attr-defined]  # a choice
        field.widget = forms.RadioSelect(choices=choices)

    @property
    def part(self) -> IncidentPart:
        words = {name: self.cleaned_data[name] for name in ("situation", "behaviour", "outcome")}
        chosen = Competency.objects.get(pk=self.cleaned_data["competency"])
        return IncidentPart(**words, competency=chosen)


class DecisionForm(forms.Form):
    """Whether an incident is kept whatever the rule says."""

    is_kept = forms.ChoiceField(
        label=_("This incident is"),
        choices=(("yes", _("kept")), ("no", _("left out"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), max_length=1000, widget=lines())

    @property
    def keeps(self) -> bool:
        return bool(self.cleaned_data["is_kept"] == "yes")


class AnchorForm(forms.Form):
    """An anchor in the words of the library, and its level."""

    behaviour = forms.CharField(
        label=_("Anchor"),
        max_length=LONGEST_ANCHOR,
        widget=lines(**LOOKED_AT),
        help_text=_("One act one can see, as “Reads the order back before it is sent.”"),
    )
    level = forms.TypedChoiceField(
        label=_("Level"), coerce=int, choices=(), widget=forms.RadioSelect
    )

    def __init__(self, *args: object, levels: Sequence[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self.fields["level"].choices = levels  # type: ignore[attr-defined]  # a choice
