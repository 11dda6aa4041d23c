"""Reviews as they stand in the database.

ManagerReviewFactory()                       not begun, in a running cycle, by somebody above nobody
ManagerReviewFactory(subject=ben, author=ada, submitted=True)
SelfReviewFactory(participation=review.participation, draft=True)
answer(review, "What was achieved", text="Much")     an answer, by a part of its question
"""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from evenhand.cycles.models import Question
from evenhand.kernel.acting import Actor, Grant
from evenhand.reviews.kinds import KeptBecause, RatingOrigin, ReviewKind, ReviewState
from evenhand.reviews.models import Answer, AnswerVersion, Rating, Review
from tests.factories.cycles import ParticipationFactory
from tests.factories.people import PersonFactory, company


class ReviewFactory(DjangoModelFactory):
    class Meta:
        model = Review
        abstract = True
        exclude = ("person",)

    class Params:
        draft = factory.Trait(state=ReviewState.DRAFT)
        submitted = factory.Trait(
            state=ReviewState.SUBMITTED, submitted_at=factory.LazyFunction(timezone.now)
        )

    participation = factory.SubFactory(
        ParticipationFactory,
        person=factory.SubFactory(PersonFactory),
        unit=factory.LazyFunction(company),
    )
    cycle = factory.SelfAttribute("participation.cycle")
    subject = factory.SelfAttribute("participation.person")
    unit = factory.SelfAttribute("participation.unit")


class SelfReviewFactory(ReviewFactory):
    kind = ReviewKind.SELF
    author = factory.SelfAttribute("subject")


class ManagerReviewFactory(ReviewFactory):
    kind = ReviewKind.MANAGER
    author = factory.SubFactory(PersonFactory)


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    review = factory.SubFactory(ManagerReviewFactory, draft=True)
    question = factory.LazyAttribute(
        lambda answer: Question.objects.filter(
            section__version__cycles=answer.review.cycle
        ).earliest("section__place", "place")
    )
    author = factory.SelfAttribute("review.author")
    length = factory.LazyAttribute(lambda answer: len(answer.text.strip()))
    text = ""
    saved_at = factory.LazyFunction(timezone.now)


class AnswerVersionFactory(DjangoModelFactory):
    class Meta:
        model = AnswerVersion

    review = factory.SubFactory(ManagerReviewFactory, draft=True)
    revision = 1
    kept_because = KeptBecause.REPLACED
    author = factory.SelfAttribute("review.author")
    saved_at = factory.LazyFunction(timezone.now)


class RatingFactory(DjangoModelFactory):
    """The overall rating of a review; with `question=` that of a question."""

    class Meta:
        model = Rating

    review = factory.SubFactory(ManagerReviewFactory, submitted=True)
    origin = RatingOrigin.GIVEN
    number = 1
    value = 3
    author = factory.SelfAttribute("review.author")
    given_at = factory.LazyFunction(timezone.now)


def question(review, part):
    """The question of the review's template in whose text this part stands."""
    return Question.objects.get(section__version__cycles=review.cycle_id, text__icontains=part)


def answer(review, part, **words):
    return AnswerFactory(review=review, question=question(review, part), **words)


def fill_in(review, *, rating=4, text="Closed the books in three days."):
    """Answer everything the review requires, every rating the same."""
    for asked in Question.objects.filter(
        section__version__cycles=review.cycle_id, is_required=True
    ).filter(answered_by__in=["both", review.kind]):
        words = {"text": text} if asked.kind == "text" else {"rating": rating}
        AnswerFactory(review=review, question=asked, **words)
    return review


def acting(person, *roles, units=(None,), delegate=None):
    """Somebody acting today, with roles everywhere or in units, or through a delegate."""
    return Actor(
        person_id=person.pk,
        name=person.name,
        on=timezone.localdate(),
        grants=frozenset(Grant(role, unit and unit.pk) for role in roles for unit in units),
        delegate_id=delegate and delegate.pk,
        delegate_name=delegate.name if delegate else "",
    )
