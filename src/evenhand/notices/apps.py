from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "evenhand.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can only be imported once all apps are there.
        from evenhand.assessments import events as assessments
        from evenhand.goals import events as goals
        from evenhand.jobs.performing import register
        from evenhand.kernel.events import listen
        from evenhand.notices import assessing, kinds, listening, moves, telling, workshops
        from evenhand.reviews import events
        from evenhand.workshops.events import RoundClosed, WorkshopTaskGiven

        listen(events.CycleLaunched, listening.hear_of_launch)
        listen(events.ReviewsReleased, listening.hear_of_release)
        listen(events.RemindersAsked, listening.hear_of_reminders)
        listen(events.GoalsAskedFor, listening.hear_of_asking_for_goals)
        listen(events.PersonJoined, listening.hear_of_joining)
        listen(events.ReviewSubmitted, listening.hear_of_submission)
        listen(events.ReviewReopened, listening.hear_of_reopening)
        listen(events.ReviewHandedOver, listening.hear_of_handover)
        listen(events.ReviewAssigned, listening.hear_of_handover)
        listen(assessments.AssessmentOpened, assessing.hear_of_opening)
        listen(assessments.OtherAsked, assessing.hear_of_other_asked)
        listen(assessments.OtherProposed, assessing.hear_of_proposal)
        listen(assessments.AssessmentClosed, assessing.hear_of_closing)
        listen(goals.GoalsMoved, moves.hear_of_goals_moved)
        listen(WorkshopTaskGiven, workshops.hear_of_workshop_task)
        listen(RoundClosed, workshops.hear_of_round_closed)
        register(kinds.TELL_OF_LAUNCH, telling.tell_of_launch)
        register(kinds.TELL_OF_RELEASE, telling.tell_of_release)
        register(kinds.REMIND, telling.remind_authors)
        register(kinds.ASK_FOR_GOALS, telling.ask_for_goals)
