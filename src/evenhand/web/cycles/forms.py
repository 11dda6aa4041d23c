from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.cycles.actions import CyclePlan, Days
from evenhand.cycles.kinds import GoalsNeeded, StageKind
from evenhand.cycles.models import Cycle, Stage, TemplateVersion
from evenhand.people.models import Position

MOST_VERSIONS = 100
# Days after the end of the period on which a stage opens and is due, as a beginning.
USUAL = {
    StageKind.SELF_REVIEW: (-30, -10),
    StageKind.MANAGER_REVIEW: (-20, 4),
    StageKind.RELEASE: (14, 18),
    StageKind.SIGN_OFF: (18, 32),
}


class DayField(forms.DateField):
    """A day, chosen from a calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CycleForm(forms.Form):
    """The period, the questions, and who is asked."""

    name = forms.CharField(label=_("Name"), max_length=200)
    version = forms.ModelChoiceField(
        label=_("Template"), queryset=TemplateVersion.objects.none(), empty_label=None
    )
    period_starts_on = DayField(label=_("Period from"))
    period_ends_on = DayField(label=_("Period until"))
    hired_before = DayField(
        label=_("Hired before"),
        required=False,
        help_text=_("Who was hired on this day or later is left out. Empty: it does not matter."),
    )
    goals_needed = forms.ChoiceField(
        label=_("Goals"),
        choices=GoalsNeeded.choices,
        initial=GoalsNeeded.NOTHING_WAITS,
        required=False,
        help_text=_("Agreed goals whose time overlaps the period. You can excuse people by name."),
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )

    def __init__(self, *args: object, cycle: Cycle | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self.cycle = cycle
        versions = TemplateVersion.objects.select_related("template")
        offered = versions.filter(template__retired_at=None).order_by("template__name", "-number")
        self.fields["version"].queryset = offered  # type: ignore[attr-defined]  # a choice
        known = Position.objects.exclude(country="").order_by("country")
        countries = list(known.values_list("country", flat=True).distinct())
        if cycle is not None:
            countries = sorted({*countries, *cycle.countries})
        self.fields["countries"].choices = [  # type: ignore[attr-defined]  # a choice
            (country, country) for country in countries
        ]

    @classmethod
    def of(cls, cycle: Cycle) -> "CycleForm":
        names = ("name", "version", "period_starts_on", "period_ends_on", "hired_before")
        initial = {name: getattr(cycle, name) for name in (*names, "goals_needed")}
        return cls(initial=initial | {"countries": cycle.countries}, cycle=cycle)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        others = Cycle.objects.filter(name__iexact=name)
        if self.cycle is not None:
            others = others.exclude(pk=self.cycle.pk)
        if others.exists():
            raise forms.ValidationError(_("Another cycle has this name."))
        return name

    def clean_goals_needed(self) -> str:
        return self.cleaned_data["goals_needed"] or GoalsNeeded.NOTHING_WAITS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("period_starts_on"), cleaned.get("period_ends_on")
        if first and last and last <= first:
            self.add_error("period_ends_on", _("The period must end after it starts."))
        return cleaned

    @property
    def plan(self) -> CyclePlan:
        return CyclePlan(**self.cleaned_data | {"countries": tuple(self.cleaned_data["countries"])})


class StagesForm(forms.Form):
    """From when to when each stage lasts."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        for kind in StageKind:
            self.fields[f"{kind.value}_opens_on"] = DayField(label=_("Opens"))
            self.fields[f"{kind.value}_due_on"] = DayField(label=_("Due"))

    @classmethod
    def usual(cls, period_ends_on: date) -> "StagesForm":
        return cls(
            initial={
                f"{kind.value}_{name}": period_ends_on + timedelta(days=days)
                for kind, both in USUAL.items()
                for name, days in zip(("opens_on", "due_on"), both, strict=True)
            }
        )

    @classmethod
    def of(cls, stages: Mapping[StageKind, Stage]) -> "StagesForm":
        initial = {}
        for kind, stage in stages.items():
            initial[f"{kind.value}_opens_on"] = stage.opens_on
            initial[f"{kind.value}_due_on"] = stage.due_on
        return cls(initial=initial)

    @property
    def stages(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [
            (str(kind.label), self[f"{kind.value}_opens_on"], self[f"{kind.value}_due_on"])
            for kind in StageKind
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for kind in StageKind:
            opens, due = (cleaned.get(f"{kind.value}_{name}") for name in ("opens_on", "due_on"))
            if opens and due and due < opens:
                self.add_error(f"{kind.value}_due_on", _("A stage is due after it opens."))
        for earlier, later in pairwise(StageKind):
            self._check_order(cleaned, earlier, later)
        return cleaned

    def _check_order(self, cleaned: dict[str, Any], earlier: StageKind, later: StageKind) -> None:
        for name in ("opens_on", "due_on"):
            before, after = (cleaned.get(f"{kind.value}_{name}") for kind in (earlier, later))
            if before and after and after < before:
                message = _("This is before the day of the stage above: %(stage)s.")
                error = forms.ValidationError(message, params={"stage": earlier.label})
                self.add_error(f"{later.value}_{name}", error)

    @property
    def days(self) -> dict[StageKind, Days]:
        cleaned = self.cleaned_data
        return {
            kind: (cleaned[f"{kind.value}_opens_on"], cleaned[f"{kind.value}_due_on"])
            for kind in StageKind
        }


class ExtendForm(forms.Form):
    """By how many days everything that is still to come moves."""

    days = forms.IntegerField(
        label=_("Days more for everything still to come"),
        min_value=1,
        max_value=365,
        initial=7,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )


class ReasonForm(forms.Form):
    """Why something is done; it is kept with what was done."""

    reason = forms.CharField(label=_("Why"), max_length=200)
