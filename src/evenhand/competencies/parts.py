"""What the library and its models consist of, as it is handed to the actions that write it."""

from dataclasses import dataclass

from evenhand.competencies.kinds import Category, Nature


@dataclass(frozen=True, slots=True)
class LevelPart:
    """One level of a competency, with what one sees people do at it."""

    value: int
    label: str
    descriptor: str = ""
    anchors: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The level in one text: its anchors, or what it means where there are none."""
        return " ".join(self.anchors) or self.descriptor


@dataclass(frozen=True, slots=True)
class CompetencyPart:
    """Everything in a version of a competency."""

    name: str
    category: str = Category.CORE
    nature: str = Nature.SKILL
    definition: str = ""
    questions: tuple[str, ...] = ()
    look_for: tuple[str, ...] = ()
    levels: tuple[LevelPart, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementPart:
    """A competency (by its code), the level expected, and its weight in whole percents."""

    code: str
    level: int
    weight: int


@dataclass(frozen=True, slots=True)
class ModelPart:
    """Everything in a version of a model. What is left empty fits every job."""

    name: str
    job_family: str = ""
    title: str = ""
    grades: tuple[str, ...] = ()
    requirements: tuple[RequirementPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of job, as positions name it."""

    job_family: str = ""
    title: str = ""
    grade: str = ""
