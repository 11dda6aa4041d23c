from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    TEXT = "text", _("Text")
    RATING = "rating", _("Rating")
    COMPETENCY = "competency", _("Competency rating")
    CHOICE = "choice", _("Choice")
    OVERALL = "overall", _("Overall rating, as a whole")


RATED_KINDS = frozenset({QuestionKind.RATING, QuestionKind.COMPETENCY})


class AnsweredBy(models.TextChoices):
    SELF = "self", _("The person")
    MANAGER = "manager", _("The manager")
    BOTH = "both", _("Both")


class ShownToSubject(models.TextChoices):
    """When the person reviewed sees what the manager answered."""

    AFTER_RELEASE = "after_release", _("After release")
    NEVER = "never", _("Never")


class SelfShownToManager(models.TextChoices):
    """When the manager sees the self review."""

    WHEN_SUBMITTED = "when_submitted", _("As soon as it is submitted")
    WHEN_BOTH_SUBMITTED = "when_both_submitted", _("When both reviews are submitted")


class GoalsNeeded(models.TextChoices):
    """What waits until people have agreed on goals for the period."""

    NOTHING_WAITS = "nothing_waits", _("Nothing waits for goals")
    LAUNCH_WAITS = "launch_waits", _("The launch waits until everybody has agreed goals")
    REVIEW_WAITS = "review_waits", _("Each review waits until its person has agreed goals")


class CycleState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    LAUNCHING = "launching", _("Being launched")
    OPEN = "open", _("Running")
    CLOSED = "closed", _("Closed")


CYCLE_TRANSITIONS: dict[CycleState, frozenset[CycleState]] = {
    CycleState.DRAFT: frozenset({CycleState.LAUNCHING}),
    CycleState.LAUNCHING: frozenset({CycleState.OPEN, CycleState.DRAFT}),
    CycleState.OPEN: frozenset({CycleState.CLOSED}),
    CycleState.CLOSED: frozenset({CycleState.OPEN}),
}


class StageKind(models.TextChoices):
    """The stages of an annual review, in their order."""

    SELF_REVIEW = "self_review", _("Self review")
    MANAGER_REVIEW = "manager_review", _("Manager review")
    RELEASE = "release", _("Release")
    SIGN_OFF = "sign_off", _("Sign-off")


class LeftOut(models.TextChoices):
    """Why somebody who could be in a cycle is not, in the order in which it is asked."""

    BY_NAME = "by_name", _("Left out by name")
    NOT_EMPLOYED = "not_employed", _("Does not work here on that day")
    NO_POSITION = "no_position", _("Has no position in a unit on that day")
    OTHER_UNIT = "other_unit", _("Works in a unit that is not in this cycle")
    OTHER_COUNTRY = "other_country", _("Works in a country that is not in this cycle")
    HIRED_LATER = "hired_later", _("Was hired too late for this period")
