"""The rows of a cycle, written by the database: who takes part, and the reviews they need.

Every step leaves out what is there already, so that it can be repeated.
"""

from datetime import date, datetime

from django.db.models import DateTimeField, F, QuerySet, Value

from evenhand.cycles.eligibility import chosen_reviewers_on, managers_on, positions_of_eligible
from evenhand.cycles.kinds import AnsweredBy
from evenhand.cycles.models import Cycle, Participation, Question
from evenhand.kernel.bulk import insert_select
from evenhand.people.models import Position
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.models import Review

PARTICIPATION = (
    "cycle",
    "person",
    "unit",
    "title",
    "grade",
    "country",
    "joined_at",
    "withdrawn_because",
)
REVIEW = ("participation", "cycle", "subject", "unit", "kind", "author", "state")


def who_is_asked(cycle: Cycle) -> frozenset[ReviewKind]:
    """Which reviews the questions of a cycle ask for."""
    questions = Question.objects.filter(section__version=cycle.version_id)
    asked = set(questions.order_by().values_list("answered_by", flat=True).distinct())
    kinds = set()
    if asked & {AnsweredBy.SELF, AnsweredBy.BOTH}:
        kinds.add(ReviewKind.SELF)
    if asked & {AnsweredBy.MANAGER, AnsweredBy.BOTH}:
        kinds.add(ReviewKind.MANAGER)
    return frozenset(kinds)


def make_participations(cycle: Cycle, on: date, ids: tuple[int, int], at: datetime) -> int:
    """Let those in the cycle between two person ids take part, as they stand on the day."""
    return let_take_part(
        cycle, positions_of_eligible(cycle, on).filter(person__gte=ids[0], person__lte=ids[1]), at
    )


def let_take_part(cycle: Cycle, positions: QuerySet[Position], at: datetime) -> int:
    """Let the holders of these positions take part."""
    rows = positions.order_by().values_list(
        Value(cycle.pk),
        "person_id",
        "unit_id",
        "title",
        "grade",
        "country",
        Value(at, output_field=DateTimeField()),
        Value(""),
    )
    return insert_select(Participation, PARTICIPATION, rows, skip_existing=True)


def make_reviews(cycle: Cycle, on: date, ids: tuple[int, int]) -> int:
    """Make the reviews of those who take part between two person ids."""
    parts = Participation.objects.filter(
        cycle=cycle, person__gte=ids[0], person__lte=ids[1]
    ).order_by()
    asked = who_is_asked(cycle)
    made = 0
    if ReviewKind.SELF in asked:
        made += _make(parts, ReviewKind.SELF, "person_id")
    if ReviewKind.MANAGER in asked:
        # The chosen reviewer comes first and keeps the manager from becoming the author.
        made += _make_by_chosen_reviewers(cycle, parts, on)
        made += _make_by_managers(parts, on)
    return made


def _make_by_chosen_reviewers(cycle: Cycle, parts: QuerySet[Participation], on: date) -> int:
    chosen = chosen_reviewers_on(cycle, on).values("pk")
    by_choice = parts.filter(person__chosen_reviewers__in=chosen)
    return _make(by_choice, ReviewKind.MANAGER, "person__chosen_reviewers__reviewer_id")


def _make_by_managers(parts: QuerySet[Participation], on: date) -> int:
    lines = managers_on(on).values("pk")
    by_line = parts.filter(person__lines_to_managers__in=lines)
    return _make(by_line, ReviewKind.MANAGER, "person__lines_to_managers__manager_id")


def _make(parts: QuerySet[Participation], kind: ReviewKind, author: str) -> int:
    rows = parts.annotate(subject_id=F("person_id"), author_id=F(author)).values_list(
        "pk",
        "cycle_id",
        "subject_id",
        "unit_id",
        Value(kind.value),
        "author_id",
        Value(ReviewState.NOT_STARTED.value),
    )
    return insert_select(Review, REVIEW, rows, skip_existing=True)
