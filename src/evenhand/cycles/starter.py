"""An annual review to begin with: five levels in words, results, ways of working, what is next."""

from evenhand.cycles.kinds import AnsweredBy, QuestionKind, ShownToSubject
from evenhand.cycles.parts import LevelPart, QuestionPart, SectionPart, VersionPart

LEVELS = (
    LevelPart(1, "Below", "Key duties were not met, although there was support."),
    LevelPart(2, "Partly", "Some duties were met. The gap is named, and there is a plan for it."),
    LevelPart(3, "Meets", "The full job, done dependably. A good result."),
    LevelPart(4, "Above", "Often beyond the standard, with visible effect beyond the own tasks."),
    LevelPart(5, "Outstanding", "Rare and sustained: it changed the results of others."),
)

RESULTS = SectionPart(
    title="Results",
    weight=60,
    guidance="What was agreed, and what came of it. Think of the whole period, not only its end.",
    questions=(
        QuestionPart(
            "What was achieved, and what did it change?",
            guidance="Two or three examples, each with a date and its effect.",
        ),
        QuestionPart("How far were the agreed results reached?", kind=QuestionKind.RATING),
        QuestionPart("How dependable was the daily work?", kind=QuestionKind.RATING),
    ),
)

WAYS_OF_WORKING = SectionPart(
    title="Ways of working",
    weight=40,
    guidance="What others could see, rather than what somebody is like.",
    questions=(
        QuestionPart(
            "Works with others",
            kind=QuestionKind.COMPETENCY,
            anchors={
                "1": "Keeps back what others need, and is hard to reach.",
                "3": "Shares what others need in time, and asks for what is missing.",
                "5": "Brings people together who would not have met, and the work gains by it.",
            },
        ),
        QuestionPart(
            "Solves problems",
            kind=QuestionKind.COMPETENCY,
            anchors={
                "1": "Passes problems on without looking into them.",
                "3": "Finds the cause, tries a remedy, and says when it is not enough.",
                "5": "Removes causes for good, also where nobody had asked.",
            },
        ),
        QuestionPart(
            "Learns and helps others learn",
            kind=QuestionKind.COMPETENCY,
            anchors={
                "1": "Repeats mistakes that were talked about.",
                "3": "Takes up what feedback says and shows new colleagues the way.",
                "5": "Others do their work better because of what they learned from this person.",
            },
        ),
        QuestionPart(
            "Which example shows these best?",
            guidance="What happened, what the person did, and what came of it.",
        ),
    ),
)

LOOKING_AHEAD = SectionPart(
    title="Looking ahead",
    weight=0,
    guidance="This part is not rated.",
    questions=(
        QuestionPart(
            "What would you like to learn or do next?",
            answered_by=AnsweredBy.SELF,
            is_required=False,
        ),
        QuestionPart(
            "What can your manager do to help?", answered_by=AnsweredBy.SELF, is_required=False
        ),
        QuestionPart("What should come next for this person?", answered_by=AnsweredBy.MANAGER),
        QuestionPart(
            "When should the next step come?",
            kind=QuestionKind.CHOICE,
            answered_by=AnsweredBy.BOTH,
            is_required=False,
            choices=["Within six months", "Within a year", "Later", "The present job is right"],
        ),
        QuestionPart(
            "Is there anything HR should know?",
            answered_by=AnsweredBy.MANAGER,
            is_required=False,
            shown_to_subject=ShownToSubject.NEVER,
            guidance="The person does not see this answer.",
        ),
    ),
)

ANNUAL_REVIEW = VersionPart(
    levels=LEVELS,
    sections=(RESULTS, WAYS_OF_WORKING, LOOKING_AHEAD),
    guidance=(
        "Level 3 is a good result. Rate what you saw, against the words of the level, and give "
        "an example for every rating far from it."
    ),
)
