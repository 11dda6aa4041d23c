from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.audit.models import Entry
from evenhand.cycles.kinds import QuestionKind
from evenhand.kernel.verdict import Refused
from evenhand.reviews.answering import NOT_RATED_HERE, Conflict, Saved, save_answer, save_answers
from evenhand.reviews.kinds import KeptBecause, ReviewState
from evenhand.reviews.models import Answer, AnswerVersion
from evenhand.reviews.words import Words
from tests.factories.cycles import QuestionFactory
from tests.factories.reviews import (
    ManagerReviewFactory,
    SelfReviewFactory,
    acting,
    answer,
    question,
)

NOW = timezone.now()


@pytest.fixture
def review(db):
    return ManagerReviewFactory()


@pytest.fixture
def achieved(review):
    return question(review, "What was achieved")


def save(review, asked, *words, base=0, by=None, at=NOW, **more):
    return save_answer(
        review,
        asked,
        words=Words(*words, **more),
        base=base,
        tab="tab",
        by=by or acting(review.author),
        at=at,
    )


def kept(because=None):
    versions = AnswerVersion.objects.filter(**({"kept_because": because} if because else {}))
    return [version.text for version in versions.order_by("pk")]


def test_the_first_words_begin_the_review(review, achieved):
    assert save(review, achieved, "Much") == Saved(1, NOW)

    review.refresh_from_db()
    assert review.state == ReviewState.DRAFT
    assert Answer.objects.get().text == "Much"


def test_an_empty_field_is_not_yet_an_answer(review, achieved):
    assert save(review, achieved, "").revision == 0

    review.refresh_from_db()
    assert review.state == ReviewState.NOT_STARTED
    assert not Answer.objects.exists()


def test_every_save_raises_the_revision_by_one(review, achieved):
    save(review, achieved, "Much")

    assert save(review, achieved, "Much was done", base=1).revision == 2
    assert save(review, achieved, "Much was done well", base=2).revision == 3
    assert Answer.objects.get().revision == 3


def test_the_same_words_again_change_nothing(review, achieved):
    save(review, achieved, "Much")

    again = save(review, achieved, "Much", base=0, at=NOW + timedelta(seconds=5))

    assert again == Saved(1, NOW)
    assert kept() == []


def test_words_based_on_something_older_do_not_overwrite(review, achieved):
    save(review, achieved, "Much")

    outcome = save(review, achieved, "Little", base=0)

    assert outcome == Conflict(1, Words("Much"), review.author.name, NOW)
    assert Answer.objects.get().text == "Much"
    assert kept(KeptBecause.CONFLICT) == ["Little"]


def test_words_that_lost_twice_are_kept_once(review, achieved):
    save(review, achieved, "Much")
    save(review, achieved, "Little")
    save(review, achieved, "Little")

    assert kept() == ["Little"]


def test_words_added_need_no_version(review, achieved):
    save(review, achieved, "Much done")
    save(review, achieved, "Much well done", base=1)

    assert kept() == []


def test_words_taken_out_are_kept(review, achieved):
    save(review, achieved, "Much well done")
    save(review, achieved, "Much done", base=1)

    assert kept(KeptBecause.REPLACED) == ["Much well done"]


def test_a_changed_rating_is_kept(review):
    results = question(review, "How well")
    save(review, results, rating=3)
    save(review, results, rating=4, base=1)

    assert AnswerVersion.objects.get().rating == 3


def test_a_first_rating_beside_words_needs_no_version(review):
    results = question(review, "How well")
    save(review, results, "Because")
    save(review, results, "Because", rating=4, base=1)

    assert kept() == []


def test_saves_are_not_in_the_audit_trail(review, achieved):
    save(review, achieved, "Much")

    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("part", "words", "code"),
    [
        ("What was achieved", {"text": "x" * 20_001}, "too_long"),
        ("What was achieved", {"rating": 3}, "not_rated_here"),
        ("What was achieved", {"not_rated": True}, "not_rated_here"),
        ("How well", {"rating": 9}, "not_a_level"),
        ("How well", {"rating": 10**30}, "not_a_level"),
        ("How well", {"rating": -1}, "not_a_level"),
        ("How well", {"rating": 3, "not_rated": True}, "not_both"),
        ("How well", {"choice": "Yes"}, "not_a_choice"),
        ("learn next", {"text": "Dutch"}, "not_asked"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(review, part, words, code):
    with pytest.raises(Refused) as refusal:
        save(review, question(review, part), **words)

    assert refusal.value.verdict.code == code
    assert not Answer.objects.exists()
    assert not AnswerVersion.objects.exists()


def test_the_longest_answer_comes_back_whole(review, achieved):
    save(review, achieved, "ä" * 20_000)

    assert Answer.objects.get().text == "ä" * 20_000


def test_a_question_of_another_template_is_refused(review):
    with pytest.raises(Refused, match="not_asked"):
        save(review, QuestionFactory(kind=QuestionKind.TEXT), "Much")


def test_one_of_the_choices_is_taken(review, achieved):
    asked = QuestionFactory(section=achieved.section, kind=QuestionKind.CHOICE, choices=["Yes"])

    save(review, asked, choice="Yes")

    assert Answer.objects.get().choice == "Yes"


def test_only_the_author_saves(review, achieved):
    with pytest.raises(Refused, match="not_your_review"):
        save(review, achieved, "Mine", by=acting(review.subject))


def test_a_submitted_review_takes_no_more_words(achieved, review):
    submitted = ManagerReviewFactory(participation__cycle=review.cycle, submitted=True)

    with pytest.raises(Refused, match="already_submitted"):
        save(submitted, achieved, "More")


def test_before_writing_opens_nothing_is_saved(review, achieved):
    review.cycle.stages.update(opens_on=timezone.localdate() + timedelta(days=1))

    with pytest.raises(Refused, match="stage_not_open"):
        save(review, achieved, "Early")


def test_what_was_begun_stays_open_when_the_first_day_is_moved(review, achieved):
    save(review, achieved, "Much")
    review.cycle.stages.update(opens_on=timezone.localdate() + timedelta(days=1))

    assert save(review, achieved, "Much more", base=1).revision == 2


def test_a_late_review_is_still_saved(review, achieved):
    review.cycle.stages.update(
        opens_on=timezone.localdate() - timedelta(days=9),
        due_on=timezone.localdate() - timedelta(days=1),
    )

    assert save(review, achieved, "Late").revision == 1


def test_a_save_in_the_middle_of_writing_takes_two_statements(
    review, achieved, django_assert_num_queries
):
    save(review, achieved, "Much")
    by = acting(review.author)

    with django_assert_num_queries(4):  # two of them begin and end a savepoint
        save(review, achieved, "Much more", base=1, by=by)


def test_a_self_review_does_not_touch_the_manager_review(review):
    own = SelfReviewFactory(participation=review.participation)
    answer(review, "What was achieved", text="Theirs")

    save(own, question(own, "What was achieved"), "Mine")

    assert sorted(Answer.objects.values_list("text", flat=True)) != []
    assert {a.text for a in Answer.objects.all()} == {"Theirs", "Mine"}


def test_of_many_answers_a_refused_one_keeps_no_other_from_being_saved(review, achieved):
    rated = question(review, "How well")
    said = [(achieved, Words("Much", rating=3), 0), (rated, Words(rating=4), 0)]

    came = save_answers(review, said, by=acting(review.author), at=NOW)

    assert came == {achieved.pk: NOT_RATED_HERE, rated.pk: Saved(1, NOW)}


def test_a_stranger_is_refused_whatever_they_say(review, achieved):
    with pytest.raises(Refused, match="not_your_review"):
        save_answers(review, [(achieved, Words("Much"), 0)], by=acting(review.subject), at=NOW)
