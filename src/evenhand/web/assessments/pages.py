"""What the pages of assessments show: rows of a profile as drawn, and who will read what."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.assessments.gaps import HIGHEST_SAID, LOWEST_SAID, Group
from evenhand.assessments.kinds import Source
from evenhand.assessments.models import AssessedCompetency, AssessmentPart, Observation
from evenhand.assessments.queries import Example, Line, Standing
from evenhand.competencies.parts import LevelPart
from evenhand.competencies.reading import levels_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MARGIN, WIDTH, STEPS = 5, 90, 4
MUCH = Decimal(1)

READERS: dict[Source, tuple["StrOrPromise", ...]] = {
    Source.SELF: (
        gettext_lazy(
            "Your manager, the managers above, the HR partner of your unit and specialists read it "
            "once your manager has submitted too, or the assessment is closed."
        ),
        gettext_lazy("Until you submit it, nobody reads it."),
    ),
    Source.MANAGER: (
        gettext_lazy(
            "The person reads your levels and examples, with your name, once you and they have "
            "submitted, or the assessment is closed."
        ),
        gettext_lazy(
            "So do the managers above, the HR partner of the unit and specialists. Nobody reads it "
            "until you submit it."
        ),
    ),
    Source.OTHER: (
        gettext_lazy("Nobody but you ever reads what you answer as yours, neither here nor later."),
        gettext_lazy(
            "When the assessment is closed, and only for competencies that at least three others "
            "rated, the person, the managers above, the HR partner of the unit and specialists see "
            "the mean of those others, rounded to half levels, and how many they are."
        ),
        gettext_lazy(
            "Examples of others are shown from three on, in alphabetical order and without names. "
            "Leave out what only you can have seen, if that matters to you."
        ),
        gettext_lazy(
            "The person and the manager know who was asked; they are not told who answered."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A line of a profile with the places of its dots, as shares of the picture's width."""

    line: Line
    expected_at: str
    own_at: str | None
    manager_at: str | None
    others_at: str | None
    others: str
    gap: str
    tone: str
    examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class LevelChoice:
    value: int
    label: str
    words: str
    is_given: bool
    is_expected: bool


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A competency on the form of an assessor."""

    asked: AssessedCompetency
    levels: tuple[LevelChoice, ...]
    cannot_say: bool
    example: str

    @property
    def is_answered(self) -> bool:
        return self.cannot_say or any(level.is_given for level in self.levels)


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class TeamRow:
    standing: Standing
    cells: tuple[Cell, ...]


def profile_row(line: Line, examples: Sequence[Example]) -> ProfileRow:
    return ProfileRow(
        line=line,
        expected_at=place(Decimal(line.asked.expected_level)),
        own_at=None if line.own is None else place(Decimal(line.own)),
        manager_at=None if line.manager is None else place(Decimal(line.manager)),
        others_at=None if line.others is None else place(line.others.level),
        others=group_words(line.others),
        gap=gap_words(line.gap.gap),
        tone=tone_of(line.gap.gap),
        examples=examples,
    )


def place(level: Decimal) -> str:
    """Where a level from 1 to 5 stands in the picture."""
    return f"{MARGIN + WIDTH * (level - 1) / STEPS:.2f}%"


def ticks() -> list[tuple[int, str]]:
    return [(level, place(Decimal(level))) for level in range(1, STEPS + 2)]


def group_words(group: Group | None) -> str:
    if group is None:
        return ""
    if group.level >= HIGHEST_SAID:
        return _("%(level)s or more") % {"level": group.level}
    if group.level <= LOWEST_SAID:
        return _("%(level)s or less") % {"level": group.level}
    return str(group.level)


def gap_words(gap: Decimal | None) -> str:
    if gap is None:
        return ""
    size = abs(gap).quantize(Decimal("0.1"))
    if not size:
        return _("none")
    return _("%(n)s below") % {"n": size} if gap > 0 else _("%(n)s above") % {"n": size}


def tone_of(gap: Decimal | None) -> str:
    """A name for how a gap is shown; words stand beside, so that colour is not the only sign."""
    if gap is None:
        return ""
    if gap >= MUCH:
        return "bad"
    return "warn" if gap > 0 else "good"


def question_rows(part: AssessmentPart) -> list[QuestionRow]:
    said = {one.asked_id: one for one in part.observations.all()}
    asked = part.assessment.competencies.select_related("version").prefetch_related(
        "version__levels__anchors"
    )
    return [_question(one, said.get(one.pk) or Observation()) for one in asked]


def team_columns(rows: Sequence[Standing]) -> dict[int, str]:
    """The competencies of a team's models by name, those of most people first."""
    found: dict[int, list[str]] = {}
    for row in rows:
        for key, asked in row.gaps.items():
            found.setdefault(key, []).append(asked.version.name)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[1][0]))
    return {key: names[0] for key, names in ordered}


def team_row(standing: Standing, columns: Sequence[int]) -> TeamRow:
    return TeamRow(standing, tuple(_cell(standing.gaps.get(key)) for key in columns))


def crumbs(part_of: str = "") -> list[dict[str, str]]:
    found = [{"label": _("Assessments"), "url": reverse("assessments")}]
    return [*found, {"label": _("My team"), "url": part_of}] if part_of else found


def _cell(asked: AssessedCompetency | None) -> Cell:
    if asked is None:
        return Cell(_("not asked"), "")
    if asked.observed is None:
        return Cell(_("not rated"), "")
    gap = asked.expected_level - asked.observed
    return Cell(gap_words(gap), tone_of(gap))


def _question(asked: AssessedCompetency, said: Observation) -> QuestionRow:
    return QuestionRow(
        asked=asked,
        levels=tuple(_choice(level, asked, said) for level in levels_of(asked.version)),
        cannot_say=said.cannot_say,
        example=said.example,
    )


def _choice(level: LevelPart, asked: AssessedCompetency, said: Observation) -> LevelChoice:
    return LevelChoice(
        value=level.value,
        label=level.label,
        words=level.words,
        is_given=said.level == level.value,
        is_expected=asked.expected_level == level.value,
    )
