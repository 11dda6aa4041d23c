from datetime import timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from evenhand.assessments.actions import LONGEST_EXAMPLE, Said
from evenhand.assessments.models import AssessmentPart
from evenhand.kernel.acting import Actor
from evenhand.people.models import Unit
from evenhand.people.policies import visible_units
from evenhand.web.http import key
from evenhand.web.people.forms import DayField, PickedElsewhere

USUALLY = timedelta(days=21)
CANNOT_SAY = "x"


class DueForm(forms.Form):
    """Until when answers are hoped for."""

    due_on = DayField(
        label=_("Answers by"), help_text=_("Late answers still count until you close it.")
    )

    def __init__(self, actor: Actor, said: QueryDict | None) -> None:
        super().__init__(said, initial={"due_on": actor.on + USUALLY})


class UnitForm(DueForm):
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        widget=PickedElsewhere,
        label=_("Unit"),
        error_messages={"required": _("Find the unit and choose it.")},
    )

    def __init__(self, actor: Actor, said: QueryDict | None) -> None:
        super().__init__(actor, said)
        self.fields["unit"].queryset = visible_units(actor)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"class": "short"})
    )


def said_in(post: QueryDict, part: AssessmentPart) -> dict[int, Said]:
    """What the form says of each competency it was asked about."""
    asked = part.assessment.competencies.values_list("pk", flat=True)
    return {pk: _said(post, pk) for pk in asked if f"level-{pk}" in post or f"example-{pk}" in post}


def revision_in(post: QueryDict) -> int:
    return key(post.get("revision", ""))


def _said(post: QueryDict, pk: int) -> Said:
    given = post.get(f"level-{pk}", "")
    return Said(
        level=key(given) if given not in {"", CANNOT_SAY} else None,
        cannot_say=given == CANNOT_SAY,
        example=post.get(f"example-{pk}", "")[:LONGEST_EXAMPLE],
    )
