from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """What a message is about; its words are in the templates of that name."""

    CYCLE_LAUNCHED = "cycle_launched", _("A self review can be written")
    SELF_REVIEW_SUBMITTED = "self_review_submitted", _("A self review is in")
    RESULTS_RELEASED = "results_released", _("Results can be read")
    REVIEW_HANDED_OVER = "review_handed_over", _("A review is now yours to write")
    REVIEW_REOPENED = "review_reopened", _("A review was reopened")
    GOAL_PROPOSED = "goal_proposed", _("A goal is proposed")
    GOAL_CHANGE_PROPOSED = "goal_change_proposed", _("A change of a goal is proposed")
    GOAL_AGREED = "goal_agreed", _("A goal is agreed")
    GOAL_SENT_BACK = "goal_sent_back", _("The proposal of a goal was sent back")
    GOAL_CLOSED = "goal_closed", _("A goal was closed")
    GOAL_DROPPED = "goal_dropped", _("A goal was dropped, which waits to be approved")
    GOAL_DROP_APPROVED = "goal_drop_approved", _("A dropped goal no longer counts")
    GOAL_TAKEN_UP = "goal_taken_up", _("A goal is in force again")
    GOALS_WEIGHED = "goals_weighed", _("Goals were weighed")
    GOALS_MOVED = "goals_moved", _("Somebody comes to a team with goals")
    GOALS_ASKED_FOR = "goals_asked_for", _("Goals for a cycle are asked for")
    CHECK_INS_DUE = "check_ins_due", _("Goals wait for a check-in")
    CHECK_INS_LATE = "check_ins_late", _("Goals of people you lead wait for a check-in")
    REMINDER = "reminder", _("Reviews still to be written")
    ASSESSMENT_ASKED = "assessment_asked", _("An assessment asks for your part")
    ASSESSMENT_PROPOSED = "assessment_proposed", _("Somebody was proposed for an assessment")
    ASSESSMENT_CLOSED = "assessment_closed", _("An assessment is closed")
    PLAN_PROPOSED = "plan_proposed", _("A development plan is proposed")
    PLAN_AGREED = "plan_agreed", _("A development plan is agreed")
    PLAN_SENT_BACK = "plan_sent_back", _("The proposal of a development plan was sent back")
    WORKSHOP_COLLECTING = "workshop_collecting", _("A workshop collects incidents")
    WORKSHOP_SORTING = "workshop_sorting", _("A workshop has incidents to sort")
    WORKSHOP_SCALING = "workshop_scaling", _("A workshop has incidents to scale")
    WORKSHOP_ROUND_CLOSED = "workshop_round_closed", _("The votes of a workshop are in")


# Kinds of the jobs that write messages to very many people.
TELL_OF_LAUNCH = "notices.launch"
TELL_OF_RELEASE = "notices.release"
REMIND = "notices.reminders"
ASK_FOR_GOALS = "notices.goals_asked_for"
TELL_OF_CHECK_INS = "notices.check_ins"
