"""What was found about raters: how strict each is, and who rates unlike the others."""

from dataclasses import dataclass
from enum import StrEnum

from evenhand.analytics.audit.ratings import Refused
from ratingstats.raters.alike import Alike


class Habit(StrEnum):
    """What a rater may do unlike the others."""

    NARROW = "narrow spread"
    MIDDLE = "midpoint"
    FEW_LEVELS = "few levels"
    HALO = "halo"
    CONTRAST = "contrast"
    SAME_FORMS = "identical forms"
    COPIED_TEXT = "copied text"
    RECENCY = "recency"


SEVERITY = "severity"
ALIKE = "people like oneself"


class WhyNot(StrEnum):
    """Why something is not said about raters."""

    NO_RATERS = "no column of raters"
    ONE_RATER = "a single rater"
    NO_MODEL = "no model could be fitted"
    TOO_FEW = "no rater with enough people"
    NO_MIDPOINT = "the scale has no middle level"
    NO_ITEMS = "fewer than three columns of single questions"
    NO_ORDER = "no column that says when a rating was given"
    SAME_TIME = "ratings of one rater have the same time"
    NO_TEXTS = "no column of written reasons"
    NO_NOTES = "no dates of notes"
    NOT_LINKED = "raters who share too few people with others"
    NOT_RATED = "too few raters are in the file as people rated"


@dataclass(frozen=True, slots=True)
class RaterRow:
    """One rater, as machines read it: points above (+, lenient) or below (-, strict) the average.

    `n` counts people. `q` is after Benjamini-Hochberg over all raters tested.
    """

    rater: str
    n: int
    severity: float
    low: float
    high: float
    q: float
    flag: bool


@dataclass(frozen=True, slots=True)
class HabitRow:
    """A rater with a habit: the number found, and that of the other raters."""

    rater: str
    n: int
    value: float
    others: float


@dataclass(frozen=True, slots=True)
class HabitAnswers:
    """One habit: how many raters could be looked at, and those who stand out, most first."""

    habit: Habit
    tested: int
    rows: tuple[HabitRow, ...]


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """Ratings between people of the same group against others, for one attribute as a whole."""

    attribute: str
    found: Alike


@dataclass(frozen=True, slots=True)
class RaterAnswers:
    """Everything about raters. `shown` begins with the most lenient; `tested` were compared.

    `confounded`: the people rated are not held equal, so a strict rater and a weaker team look the
    same; `one_rater_each`: because hardly anybody has two raters.
    `none_found`: the model found no variance between raters. `equal_units`: raters are compared
    with others at equal unit. `fewest`: people a rater needs to be shown. `hidden` raters have
    fewer; `elsewhere` are others who share too few people with the rest to be compared.
    """

    raters: int
    level: float
    matters: float
    fewest: int
    shown: tuple[RaterRow, ...] = ()
    tested: int = 0
    hidden: int = 0
    elsewhere: int = 0
    confounded: bool = False
    one_rater_each: bool = False
    none_found: bool = False
    equal_units: bool = False
    habits: tuple[HabitAnswers, ...] = ()
    alike: tuple[AlikeRow, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def flagged(self) -> tuple[RaterRow, ...]:
        return tuple(row for row in self.shown if row.flag)
