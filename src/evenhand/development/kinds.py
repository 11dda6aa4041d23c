from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    """A plan that was agreed stays so while a change of it is written and proposed."""

    DRAFT = "draft", _("Being written")
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    CLOSED = "closed", _("Closed")


# A closed plan stays to be read; whoever wants to go on begins the next one.
TRANSITIONS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.PROPOSED, PlanState.CLOSED}),
    PlanState.PROPOSED: frozenset({PlanState.DRAFT, PlanState.AGREED}),
    PlanState.AGREED: frozenset({PlanState.CLOSED}),
    PlanState.CLOSED: frozenset(),
}


class Side(models.TextChoices):
    PERSON = "person", _("The person")
    MANAGER = "manager", _("The manager")


class Support(models.TextChoices):
    """What helps somebody to learn."""

    PRACTICE = "practice", _("Practice at work")
    MENTOR = "mentor", _("A mentor or coach")
    TRAINING = "training", _("Training")
    TOOLS = "tools", _("Tools or material")
    TIME = "time", _("Time")


class ActionState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")
