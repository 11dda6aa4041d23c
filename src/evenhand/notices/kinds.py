from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """What a message is about; its words are in the templates of that name."""

    CYCLE_LAUNCHED = "cycle_launched", _("A self review can be written")
    SELF_REVIEW_SUBMITTED = "self_review_submitted", _("A self review is in")
    RESULTS_RELEASED = "results_released", _("Results can be read")
    REVIEW_HANDED_OVER = "review_handed_over", _("A review is now yours to write")
    REVIEW_REOPENED = "review_reopened", _("A review was reopened")
    GOALS_MOVED = "goals_moved", _("Somebody comes to a team with goals")
    GOALS_ASKED_FOR = "goals_asked_for", _("Goals for a cycle are asked for")
    REMINDER = "reminder", _("Reviews still to be written")
    ASSESSMENT_ASKED = "assessment_asked", _("An assessment asks for your part")
    ASSESSMENT_PROPOSED = "assessment_proposed", _("Somebody was proposed for an assessment")
    ASSESSMENT_CLOSED = "assessment_closed", _("An assessment is closed")
    WORKSHOP_COLLECTING = "workshop_collecting", _("A workshop collects incidents")
    WORKSHOP_SORTING = "workshop_sorting", _("A workshop has incidents to sort")
    WORKSHOP_SCALING = "workshop_scaling", _("A workshop has incidents to scale")
    WORKSHOP_ROUND_CLOSED = "workshop_round_closed", _("The votes of a workshop are in")


# Kinds of the jobs that write messages to very many people.
TELL_OF_LAUNCH = "notices.launch"
TELL_OF_RELEASE = "notices.release"
REMIND = "notices.reminders"
ASK_FOR_GOALS = "notices.goals_asked_for"
