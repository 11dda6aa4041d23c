"""Of which news whom one is told: every event with its listener, every job with its work."""

from collections.abc import Callable
from typing import Any

from evenhand.assessments import events as assessments
from evenhand.development import events as development
from evenhand.goals import events as goals
from evenhand.jobs.performing import Running
from evenhand.notices import (
    assessing,
    checking_in,
    developing,
    kinds,
    listening,
    moves,
    telling,
    workshops,
)
from evenhand.notices import goals as of_goals
from evenhand.reviews import events as reviews
from evenhand.workshops.events import RoundClosed, WorkshopTaskGiven

HEARD: tuple[tuple[type[Any], Callable[[Any], None]], ...] = (
    (reviews.CycleLaunched, listening.hear_of_launch),
    (reviews.ReviewsReleased, listening.hear_of_release),
    (reviews.RemindersAsked, listening.hear_of_reminders),
    (reviews.GoalsAskedFor, listening.hear_of_asking_for_goals),
    (reviews.PersonJoined, listening.hear_of_joining),
    (reviews.ReviewSubmitted, listening.hear_of_submission),
    (reviews.ReviewReopened, listening.hear_of_reopening),
    (reviews.ReviewHandedOver, listening.hear_of_handover),
    (reviews.ReviewAssigned, listening.hear_of_handover),
    (assessments.AssessmentOpened, assessing.hear_of_opening),
    (assessments.OtherAsked, assessing.hear_of_other_asked),
    (assessments.OtherProposed, assessing.hear_of_proposal),
    (assessments.AssessmentClosed, assessing.hear_of_closing),
    (development.PlanProposed, developing.hear_of_plan),
    (development.PlanAgreed, developing.hear_of_plan),
    (development.PlanSentBack, developing.hear_of_plan),
    (WorkshopTaskGiven, workshops.hear_of_workshop_task),
    (RoundClosed, workshops.hear_of_round_closed),
    (goals.GoalProposed, of_goals.hear_of_proposal),
    (goals.GoalAgreed, of_goals.hear_of_agreement),
    (goals.GoalSentBack, of_goals.hear_of_sending_back),
    (goals.GoalClosed, of_goals.hear_of_ending),
    (goals.GoalDropped, of_goals.hear_of_ending),
    (goals.GoalDropApproved, of_goals.hear_of_ending),
    (goals.GoalTakenUp, of_goals.hear_of_ending),
    (goals.GoalsWeighed, of_goals.hear_of_weighing),
    (goals.GoalsMoved, moves.hear_of_goals_moved),
    (goals.CheckInsDue, checking_in.hear_of_check_ins_due),
)

PERFORMED: tuple[tuple[str, Callable[[Running], None]], ...] = (
    (kinds.TELL_OF_LAUNCH, telling.tell_of_launch),
    (kinds.TELL_OF_RELEASE, telling.tell_of_release),
    (kinds.REMIND, telling.remind_authors),
    (kinds.ASK_FOR_GOALS, telling.ask_for_goals),
    (kinds.TELL_OF_CHECK_INS, checking_in.tell_of_check_ins),
)
