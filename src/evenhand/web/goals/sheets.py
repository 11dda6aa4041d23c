"""The sheet on which a goal is written: its form, its rows, and what stands around them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.urls import reverse

from evenhand.goals.drafts import GoalDraft
from evenhand.goals.kinds import Ambition, GoalKind, Openness, Scope
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import Goal
from evenhand.kernel.verdict import Verdict
from evenhand.people.models import Position
from evenhand.web.goals.choosing import Choosing, Picker, picker
from evenhand.web.goals.coaching import coaching
from evenhand.web.goals.forms import ChangeForm
from evenhand.web.goals.plan_forms import (
    AMBITION_HELP,
    KIND_HELP,
    SCOPE_HELP,
    BasePartForms,
    PlanForm,
    draft_from,
    part_forms,
)
from evenhand.web.http import PersonRequest
from evenhand.web.navigation import leads_people
from evenhand.web.people.forms import said

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The buttons of the form that keep nothing.
LOOKED_AT = ("look", "more", "find")
OPENNESS = list(Openness)


@dataclass(frozen=True, slots=True)
class Asking:
    """What a page says around the form."""

    heading: "StrOrPromise"
    button: "StrOrPromise"
    eyebrow: "StrOrPromise" = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form of a goal as it was filled in, on top of what stood before."""

    on: date
    base: GoalDraft
    form: PlanForm
    parts: BasePartForms
    change: ChangeForm | None = None
    goal: Goal | None = None

    @property
    def is_sent(self) -> bool:
        """Whether it was sent to be kept, and not only to be looked at or to get more room."""
        return self.form.is_bound and not any(name in self.form.data for name in LOOKED_AT)

    @property
    def is_filled_in(self) -> bool:
        """Whether it was sent to be kept, and everything in it can be understood."""
        if not self.is_sent:
            return False
        # Each is asked, so that all say what is wrong.
        are_valid = [self.form.is_valid(), self.parts.is_valid()]
        return all(are_valid) and (self.change is None or self.change.is_valid())

    def is_accepted(self, verdict: Verdict) -> bool:
        """Whether the rules take it; if not, the sheet says why, with every word still on it."""
        if not verdict:
            self.form.add_error(None, str(verdict.reason))
        return bool(verdict)

    @property
    def draft(self) -> GoalDraft:
        """What is written so far; what cannot be read stays as it was."""
        if not self.form.is_bound:
            return self.base
        self.form.is_valid()
        return draft_from(self.form, self.parts, self.base, self._units())

    @property
    def seen(self) -> int | None:
        number: int | None = self.form.cleaned_data.get("seen")
        return number

    def _units(self) -> Mapping[int, int]:
        asked = (self.form.cleaned_data.get(name) for name in ("owner", "partner"))
        ids = [pk for pk in asked if pk]
        if self.form.cleaned_data.get("scope") != Scope.SHARED:
            return {}
        places = Position.objects.on(self.on).filter(person__in=ids)
        return dict(places.values_list("person_id", "unit_id"))


def sheet_of(
    request: PersonRequest,
    base: GoalDraft,
    *,
    goal: Goal | None = None,
    change: ChangeForm | None = None,
) -> Sheet:
    """What was sent of a goal, or what stands to be written on."""
    sent = said(request)
    form = PlanForm(sent, base, openness=openness_offered(), is_change=change is not None)
    form.initial["seen"] = goal.versions.aggregate(last=Max("number"))["last"] if goal else None
    parts = part_forms(sent, base.parts, more=sent is not None and "more" in sent)
    return Sheet(request.actor.on, base, form, parts, change, goal)


def openness_offered() -> list[Openness]:
    """How open a goal may be here."""
    widest = OPENNESS.index(Openness(rules_in_force().widest_openness))
    return OPENNESS[: widest + 1]


def sheet_context(request: PersonRequest, sheet: Sheet) -> dict[str, Any]:
    """The context of goals/writing.html."""
    draft, goal = sheet.draft, sheet.goal
    is_new_task = bool(request.POST.get("is_new_task"))
    asked = f"?goal={goal.pk}" if goal else ""
    return {
        "form": sheet.form,
        "parts": sheet.parts,
        "parts_are_wrong": sheet.parts.is_bound and any(sheet.parts.errors),
        "change_form": sheet.change,
        "goal": goal,
        "person": goal.owner if goal else None,
        "kinds": [(kind, kind.label, KIND_HELP[kind]) for kind in GoalKind],
        "ambitions": [(one, one.label, AMBITION_HELP[one]) for one in Ambition],
        "scopes": [(scope, scope.label, SCOPE_HELP[scope]) for scope in Scope],
        "pickers": {} if sheet.change else pickers(request, draft),
        "draft_key": f"goal-{goal.pk if goal else 'new'}",
        "draft_mark": request.POST.get("draft", ""),
        "smart_url": reverse("goals:smart") + asked,
        **coaching(request.actor, draft, is_new_task=is_new_task),
    }


def pickers(request: PersonRequest, draft: GoalDraft) -> dict[str, Picker]:
    """What can be searched for and chosen. Who leads nobody writes for nobody else."""
    partners = [one.responsible_id for one in draft.shared_with]
    supported = f"goal-{draft.parent_id}" if draft.parent_id else ""
    chosen = {
        Choosing.SUPPORTS: [supported or f"objective-{draft.objective_id or ''}"],
        Choosing.CO_OWNERS: [str(pk) for pk in draft.co_owner_ids],
        Choosing.UNIT: [str(draft.unit_id or "")] if draft.scope == Scope.UNIT else [],
        Choosing.PARTNER: [str(pk) for pk in partners if pk != draft.owner_id],
        Choosing.OWNER: [str(draft.owner_id)],
    }
    is_alone = draft.owner_id == request.actor.person_id and not leads_people(request.actor)
    return {
        name: picker(
            request.actor, name, values, request.POST.get(f"{name}_q", "")[:100], draft.owner_id
        )
        for name, values in chosen.items()
        if not (name == Choosing.OWNER and is_alone)
    }
