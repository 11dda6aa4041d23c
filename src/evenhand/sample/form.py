"""The review form the sample company uses: three weighted sections and a look ahead."""

from enum import StrEnum

from evenhand.cycles.kinds import AnsweredBy, QuestionKind, ShownToSubject
from evenhand.cycles.parts import LevelPart, QuestionPart, SectionPart, VersionPart

NAME = "Annual review"
PURPOSE = "Once a year: what was achieved, how we worked together, what comes next."


class Ask(StrEnum):
    """The questions of the form, in their order."""

    RESULTS = "results"
    RESULTS_RATING = "results rating"
    WORKING_RATING = "working rating"
    WORKING = "working"
    CRAFT_RATING = "craft rating"
    CRAFT = "craft"
    AHEAD = "ahead"
    NEXT_STEP = "next step"
    SUPPORT = "support"
    WHOLE = "whole"
    PRIVATE = "private"


RATED = {Ask.RESULTS_RATING: 50, Ask.WORKING_RATING: 30, Ask.CRAFT_RATING: 20}
NEXT_STEPS = [
    "Grow in the present role",
    "Take on a larger task",
    "Move to another area",
    "Lead people",
    "Too early to say",
]

LEVELS = (
    LevelPart(1, "Below", "Main duties were not done, even with support."),
    LevelPart(2, "Partly", "Some duties were done. The gap has a name and a plan."),
    LevelPart(3, "Meets", "The whole job, done so that others can rely on it. A good result."),
    LevelPart(4, "Above", "Often more than was asked, and others outside the task notice it."),
    LevelPart(5, "Outstanding", "Rare. All year long, and it changed what others could achieve."),
)

_RESULTS = SectionPart(
    title="Results",
    weight=RATED[Ask.RESULTS_RATING],
    shows_goals=True,
    guidance="What was agreed for the year, and what became of it. Think of all twelve months.",
    questions=(
        QuestionPart(
            "What was achieved, and what did it lead to?",
            guidance="Two or three examples with a date. What changed because of them?",
        ),
        QuestionPart("How far were the agreed results reached?", kind=QuestionKind.RATING),
    ),
)
_WORKING = SectionPart(
    title="Working with others",
    weight=RATED[Ask.WORKING_RATING],
    guidance="What others could see and hear. Not what somebody is like.",
    questions=(
        QuestionPart(
            "Working with others",
            kind=QuestionKind.COMPETENCY,
            expected_level=3,
            anchors={
                "1": "Others learn of changes by accident, or too late.",
                "2": "Answers when asked. Others have to come and ask too often.",
                "3": "Shares what others need in time, and asks for what is missing.",
                "4": "Sees what another group will need, and settles it before it hurts.",
                "5": "Work between groups goes better because of this person, and stays so.",
            },
        ),
        QuestionPart("Which situation shows it?", guidance="Who was there, and what came of it?"),
    ),
)
_CRAFT = SectionPart(
    title="Craft and growth",
    weight=RATED[Ask.CRAFT_RATING],
    guidance="Knowing the job, and getting better at it.",
    questions=(
        QuestionPart(
            "Craft and growth",
            kind=QuestionKind.COMPETENCY,
            expected_level=3,
            anchors={
                "1": "Needs help with the usual cases of the job.",
                "2": "Does the usual cases with some help. Learning has begun.",
                "3": "Does the usual cases alone, and added something new this year.",
                "4": "Solves hard cases, too, and shows one or two others how.",
                "5": "Others learn the craft from this person.",
            },
        ),
        QuestionPart("What was learned, and where was it used?"),
    ),
)
_AHEAD = SectionPart(
    title="Looking ahead",
    guidance="What next year should bring, and what it takes.",
    questions=(
        QuestionPart("What should next year be about?"),
        QuestionPart(
            "Which next step fits?",
            kind=QuestionKind.CHOICE,
            choices=NEXT_STEPS,
            is_required=False,
        ),
        QuestionPart("What would help you most?", answered_by=AnsweredBy.SELF, is_required=False),
        QuestionPart(
            "Seen as a whole, which level was the year?",
            kind=QuestionKind.OVERALL,
            answered_by=AnsweredBy.MANAGER,
            is_required=False,
            guidance="Only if the weighted rating misses it. Half a level apart needs a reason.",
        ),
        QuestionPart(
            "A note for HR and your own manager",
            answered_by=AnsweredBy.MANAGER,
            is_required=False,
            shown_to_subject=ShownToSubject.NEVER,
            guidance="The person reviewed never sees this note.",
        ),
    ),
)

ANNUAL_REVIEW = VersionPart(
    levels=LEVELS,
    sections=(_RESULTS, _WORKING, _CRAFT, _AHEAD),
    guidance=(
        "Most people do their whole job well, and level 3 says so. Rate what you saw against the "
        "words of the level. For 1, 2 and 5 give two examples from different months."
    ),
)
