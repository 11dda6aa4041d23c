"""The form in which a goal is written: what is asked follows from its kind."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from evenhand.goals.drafts import GoalDraft, PartDraft, SharedUnit
from evenhand.goals.kinds import Ambition, GoalKind, Metric, Openness, RollUpFrom, Scope
from evenhand.goals.models.plans import DIGITS, PLACES
from evenhand.web.people.forms import DayField, PickedElsewhere

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Rows = forms.BaseFormSet["PartForm"]
else:
    Rows = forms.BaseFormSet

MOST_PARTS, FEWEST_ROWS = 12, 3
HUNDRED = 100
MOST_DAYS = 400
LAST_QUARTER = 10

KIND_HELP = {
    GoalKind.KPI: _("A number shows it: from a baseline to a target."),
    GoalKind.OKR: _("A direction, and two to five key results that show it."),
    GoalKind.MILESTONES: _("Steps, each reached or not, each with its weight."),
    GoalKind.MAINTAIN: _("A number that is good now and should stay within limits."),
    GoalKind.YES_NO: _("Done or not done, and nothing in between."),
    GoalKind.LEARNING: _("Something new to learn, where a figure would come too early."),
}
AMBITION_HELP = {
    Ambition.COMMITTED: _("Will be reached in full; less asks for an explanation."),
    Ambition.ASPIRATIONAL: _("Reaches far; about 70% of the way is a good result."),
}
SCOPE_HELP = {
    Scope.PERSON: _("The usual one."),
    Scope.TEAM: _("Several people own it; each of them agrees."),
    Scope.UNIT: _("It counts for a whole unit; one person answers for it."),
    Scope.SHARED: _("Two units own it; both agree."),
}
# What belongs to the goal and not to the plan: a change of an agreed goal leaves it alone.
NOT_AGREED = (
    *("owner", "scope", "co_owners", "unit", "partner", "supports", "local_reason", "openness"),
    *("rolls_up_from", "share_of_parent", "library_code", "copied_from"),
)
# What a plan keeps of the form, by its kind; the rest of what was typed is left out.
MEASURED = frozenset({"measure", "unit_of_measure", "data_source"})
ASKED: Mapping[str, frozenset[str]] = {
    GoalKind.KPI: MEASURED | {"metric", "baseline", "target"},
    GoalKind.OKR: frozenset({"data_source", "parts"}),
    GoalKind.MILESTONES: frozenset({"data_source", "parts"}),
    GoalKind.MAINTAIN: MEASURED | {"metric", "low", "high", "tolerance"},
    GoalKind.YES_NO: frozenset({"measure", "data_source"}),
    GoalKind.LEARNING: frozenset({"measure", "data_source"}),
}
EMPTY: Mapping[str, Any] = {
    "metric": "",
    "measure": "",
    "unit_of_measure": "",
    "data_source": "",
    **dict.fromkeys(("baseline", "target", "low", "high", "tolerance")),
    "parts": (),
}


class ValueField(forms.DecimalField):
    """A measured or wanted value, in any unit."""

    def __init__(self, label: "StrOrPromise", help_text: "StrOrPromise" = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            widget=forms.NumberInput(attrs={"step": "any", "class": "tiny"}),
            max_digits=DIGITS,
            decimal_places=PLACES,
        )


class PickedMany(forms.MultipleHiddenInput):
    """Choices made among what a search found; their inputs stand beside the form."""

    def render(
        self, name: str, value: object, attrs: object = None, renderer: object = None
    ) -> SafeString:
        return SafeString("")


class NumbersField(forms.MultipleChoiceField):
    """Numbers of rows that were chosen among what a search found; whether they fit is a rule."""

    def validate(self, value: object) -> None:
        pass

    def to_python(self, value: object) -> list[int]:  # type: ignore[override]  # numbers, not words
        return [int(text) for text in super().to_python(value) if text.isdecimal()]


class PlanForm(forms.Form):
    """A goal as a whole, but for its key results or milestones, which are rows of their own."""

    outcome = forms.CharField(
        label=_("What will be different when this is reached?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
        help_text=_("One outcome in one sentence, in words that a newcomer understands."),
    )
    description = forms.CharField(
        label=_("What else there is to know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
    )
    kind = forms.ChoiceField(
        label=_("How one sees that it is reached"),
        choices=GoalKind.choices,
        widget=forms.RadioSelect,
    )
    metric = forms.ChoiceField(
        label=_("How several measurements make one figure"),
        choices=[("", _("Choose one")), *Metric.choices],
        required=False,
    )
    measure = forms.CharField(
        label=_("What is measured, or how one sees it"), max_length=300, required=False
    )
    unit_of_measure = forms.CharField(
        label=_("In which unit"), max_length=40, required=False, help_text=_("days, %, EUR …")
    )
    data_source = forms.CharField(
        label=_("Where the figure comes from"), max_length=200, required=False
    )
    baseline = ValueField(_("Baseline: where it stands today"))
    target = ValueField(_("Target"))
    low = ValueField(_("Not below"))
    high = ValueField(_("Not above"))
    tolerance = ValueField(
        _("Tolerance"),
        _("How far outside the limits counts as nothing reached."),
    )
    starts_on = DayField(label=_("From"))
    due_on = DayField(label=_("Until"))
    cadence_days = forms.IntegerField(
        label=_("Days between check-ins"),
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )
    ambition = forms.ChoiceField(
        label=_("What is expected of it"), choices=Ambition.choices, widget=forms.RadioSelect
    )
    owner = forms.IntegerField(widget=PickedElsewhere)
    scope = forms.ChoiceField(
        label=_("Whose goal it is"), choices=Scope.choices, widget=forms.RadioSelect
    )
    co_owners = NumbersField(widget=PickedMany, required=False)
    unit = forms.IntegerField(widget=PickedElsewhere, required=False)
    partner = forms.IntegerField(widget=PickedElsewhere, required=False)
    supports = forms.RegexField(
        r"^(goal|objective)-\d{1,18}$", widget=PickedElsewhere, required=False
    )
    local_reason = forms.CharField(
        label=_("If it supports nothing above: why is it worth the time?"),
        max_length=300,
        required=False,
    )
    openness = forms.ChoiceField(label=_("Who reads it once it is agreed"), required=False)
    rolls_up_from = forms.ChoiceField(
        label=_("What its score is made of"), choices=RollUpFrom.choices
    )
    share_of_parent = forms.IntegerField(
        label=_("Its weight among the goals that support the same one"),
        min_value=1,
        max_value=HUNDRED,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )
    is_new_task = forms.BooleanField(label=_("The task is new to whoever does it"), required=False)
    library_code = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    copied_from = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        said: QueryDict | None,
        draft: GoalDraft,
        *,
        openness: Iterable[str] = (),
        is_change: bool = False,
    ) -> None:
        initial = self.initial_of(draft)
        super().__init__(said, initial=initial)
        self.is_change = is_change
        for name in NOT_AGREED if is_change else ():
            del self.fields[name]
        if not is_change:
            self._offer_openness(openness, draft.openness)

    def _offer_openness(self, openness: Iterable[str], present: str) -> None:
        allowed = {str(one) for one in openness} | {present}
        choices = [choice for choice in Openness.choices if choice[0] in allowed]
        self.fields["openness"].choices = choices  # type: ignore[attr-defined]  # a choice

    @classmethod
    def initial_of(cls, draft: GoalDraft) -> dict[str, Any]:
        """What the fields say of a draft."""
        names = {field.name for field in fields(GoalDraft)} & set(cls.base_fields)
        partners = [one.responsible_id for one in draft.shared_with]
        others = [one for one in partners if one != draft.owner_id]
        return {name: getattr(draft, name) for name in names} | {
            "owner": draft.owner_id,
            "co_owners": list(draft.co_owner_ids),
            "unit": draft.unit_id,
            "partner": next(iter(others), None),
            "supports": supported_by(draft),
            "copied_from": draft.copied_from_id,
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("starts_on"), said.get("due_on")
        if first and last and last < first:
            self.add_error("due_on", _("The last day lies before the first. Change one of them."))
        if said.get("scope") == Scope.SHARED and not said.get("partner"):
            self.add_error(None, _("Choose who answers for the goal in the other unit."))
        return said


class PartForm(forms.Form):
    """A key result or a milestone."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("What is reached"), max_length=300, required=False)
    metric = forms.ChoiceField(
        label=_("Figure"), choices=Metric.choices, required=False, initial=Metric.LEVEL
    )
    unit_of_measure = forms.CharField(label=_("Unit"), max_length=40, required=False)
    baseline = ValueField(_("Baseline"))
    target = ValueField(_("Target"))
    weight = forms.IntegerField(
        label=_("Weight, %"),
        min_value=1,
        max_value=HUNDRED,
        required=False,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )
    due_on = DayField(label=_("By"), required=False)

    def has_changed(self) -> bool:
        """A row counts once it has a title: its figure is chosen from the beginning."""
        return bool(self.data.get(self.add_prefix("title"), "").strip())


class BasePartForms(Rows):
    def clean(self) -> None:
        weights = [row.get("weight") for row in self.rows]
        if any(self.errors) or not any(weights):
            return
        if None in weights or sum(weight or 0 for weight in weights) != HUNDRED:
            raise ValidationError(
                _("Give every row a weight so that they sum to 100, or leave all of them empty.")
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("title")]

    def drafts(self, kind: str) -> tuple[PartDraft, ...]:
        """The rows as parts of a goal; without weights all weigh the same."""
        shares = even_shares(len(self.rows))
        parts = []
        for row, share in zip(self.rows, shares, strict=True):
            kept = dict(row) | {"weight": row["weight"] or share}
            kept["metric"] = row["metric"] or Metric.LEVEL
            if kind == GoalKind.MILESTONES:
                kept |= {"metric": "", "unit_of_measure": "", "baseline": None, "target": None}
            parts.append(PartDraft(**kept))
        return tuple(parts)


PartForms = forms.formset_factory(
    PartForm,
    formset=BasePartForms,
    extra=0,
    max_num=MOST_PARTS,
    absolute_max=MOST_PARTS,
    validate_max=True,
)


def part_forms(
    said: QueryDict | None, parts: Iterable[PartDraft], *, more: bool = False
) -> BasePartForms:
    """Rows for parts; some are always left empty, and one can ask for more."""
    known = [
        {field.name: getattr(part, field.name) for field in fields(PartDraft)} for part in parts
    ]
    if said is not None and more:
        data = said.copy()
        total = data.get("parts-TOTAL_FORMS", "0")
        rows = min(MOST_PARTS, (int(total) if total.isdecimal() else 0) + FEWEST_ROWS)
        data["parts-TOTAL_FORMS"] = str(rows)
        said = data
    forms_of_parts = cast("BasePartForms", PartForms(said, initial=known, prefix="parts"))
    forms_of_parts.extra = max(FEWEST_ROWS - len(known), 1)
    return forms_of_parts


def draft_from(
    form: PlanForm, parts: BasePartForms, base: GoalDraft, units: Mapping[int, int] | None = None
) -> GoalDraft:
    """What was written, on top of what stood before where nothing readable was written.

    `units` says where people work, for a goal that two units share.
    """
    said = form.cleaned_data
    names = {field.name for field in fields(GoalDraft)} & set(said)
    kind = said.get("kind") or base.kind
    rows = parts.drafts(kind) if parts.is_valid() else base.parts
    written = replace(base, **{name: said[name] for name in names}, parts=rows)
    left_out = {name: EMPTY[name] for name in EMPTY if name not in ASKED[kind]}
    written = replace(written, **left_out)
    return written if form.is_change else _placed(written, said, units or {})


def _placed(draft: GoalDraft, said: Mapping[str, Any], units: Mapping[int, int]) -> GoalDraft:
    """Whose the goal is, and what it supports."""
    owner, scope = said.get("owner") or draft.owner_id, said.get("scope") or draft.scope
    supported, _dash, number = (said.get("supports") or "").partition("-")
    both = (owner, said.get("partner"))
    keeps_unit = owner == draft.owner_id and scope != Scope.UNIT
    return replace(
        draft,
        owner_id=owner,
        unit_id=draft.unit_id if keeps_unit else said.get("unit"),
        co_owner_ids=tuple(said.get("co_owners", ())) if scope == Scope.TEAM else (),
        shared_with=tuple(
            SharedUnit(units[person], person) for person in both if person and person in units
        )
        if scope == Scope.SHARED
        else (),
        parent_id=int(number) if supported == "goal" else None,
        objective_id=int(number) if supported == "objective" else None,
        copied_from_id=said.get("copied_from"),
    )


def even_shares(count: int) -> list[int]:
    """Whole percents that sum to 100 and differ by one at most."""
    if not count:
        return []
    share, rest = divmod(HUNDRED, count)
    return [share + 1] * rest + [share] * (count - rest)


def supported_by(draft: GoalDraft) -> str:
    if draft.parent_id:
        return f"goal-{draft.parent_id}"
    return f"objective-{draft.objective_id}" if draft.objective_id else ""


def usual_days(on: date) -> tuple[date, date]:
    """From today to the end of the year, or of the next one in its last quarter."""
    is_late = on.month >= LAST_QUARTER
    return on, date(on.year + is_late, 12, 31)


def lower_is_better(baseline: Decimal | None, target: Decimal | None) -> bool:
    return baseline is not None and target is not None and target < baseline
