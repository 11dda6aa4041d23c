"""What a template consists of, as it is handed to the actions that write it."""

from dataclasses import dataclass, field

from evenhand.cycles.kinds import AnsweredBy, QuestionKind, SelfShownToManager, ShownToSubject


@dataclass(frozen=True, slots=True)
class LevelPart:
    """A level of the rating scale."""

    value: int
    label: str
    descriptor: str = ""


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """A question, all but its place."""

    text: str
    kind: str = QuestionKind.TEXT
    guidance: str = ""
    is_required: bool = True
    answered_by: str = AnsweredBy.BOTH
    shown_to_subject: str = ShownToSubject.AFTER_RELEASE
    choices: list[str] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)
    expected_level: int | None = None


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A section, all but its place; its questions when a whole template is written at once."""

    title: str
    weight: int = 0
    guidance: str = ""
    shows_goals: bool = False
    questions: tuple[QuestionPart, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionPart:
    """Everything in a version of a template."""

    levels: tuple[LevelPart, ...] = ()
    sections: tuple[SectionPart, ...] = ()
    guidance: str = ""
    self_shown_to_manager: str = SelfShownToManager.WHEN_SUBMITTED
