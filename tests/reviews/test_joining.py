from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from evenhand.cycles.models import ChosenReviewer, Participation
from evenhand.kernel.acting import Role
from evenhand.kernel.periods import FOREVER
from evenhand.kernel.verdict import Refused
from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from evenhand.people.models import Person, ReportingLine
from evenhand.reviews.joining import (
    add_person_late,
    assign_reviewer,
    of_former_managers,
    unreviewed,
)
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.models import Review
from tests.factories.access import TODAY, with_role
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


@pytest.fixture
def cycle():
    return CycleFactory(today=TODAY, launched_at=AT - timedelta(days=10))


def manager_review(person):
    return Review.objects.get(subject=person, kind=ReviewKind.MANAGER)


def new_manager(person, manager, on):
    ReportingLine.objects.filter(person=person, ends_on=FOREVER).update(ends_on=on)
    ReportingLine.objects.create(person=person, manager=manager, starts_on=on)


def test_a_late_joiner_gets_both_reviews_with_the_manager_of_today(by, cycle):
    boss = PersonFactory()
    person = PersonFactory(manager=boss)

    part = add_person_late(cycle, person, by=by, at=AT)

    assert part.joined_at == AT
    assert {review.kind for review in part.reviews.all()} == {"self", "manager"}
    assert manager_review(person).author == boss


def test_nobody_joins_twice(by, cycle):
    person = PersonFactory()
    add_person_late(cycle, person, by=by, at=AT)

    with pytest.raises(Refused, match="already_in"):
        add_person_late(cycle, person, by=by, at=AT)


@pytest.mark.parametrize("away", [{"unit": None}, {"left_on": date(2026, 1, 1)}])
def test_who_does_not_work_here_does_not_join(by, cycle, away):
    with pytest.raises(Refused, match="not_here"):
        add_person_late(cycle, PersonFactory(**away), by=by, at=AT)

    assert not Participation.objects.exists()


def test_nobody_joins_a_closed_cycle(by):
    with pytest.raises(Refused, match="not_running"):
        add_person_late(CycleFactory(state="closed"), PersonFactory(), by=by, at=AT)


def test_who_has_no_manager_is_given_a_reviewer_once(by, cycle):
    part = add_person_late(cycle, PersonFactory(), by=by, at=AT)
    assert list(unreviewed(cycle)) == [part]
    with pytest.raises(Refused, match="not_to_the_subject"):
        assign_reviewer(part, part.person, by=by, at=AT)
    with pytest.raises(Refused, match="not_employed"):
        assign_reviewer(part, PersonFactory(left_on=date(2026, 1, 1)), by=by, at=AT)

    assign_reviewer(part, PersonFactory(), by=by, at=AT)

    assert not unreviewed(cycle).exists()
    with pytest.raises(Refused, match="has_reviewer"):
        assign_reviewer(part, PersonFactory(), by=by, at=AT)


def test_nobody_picks_who_reviews_them(cycle):
    one = with_role(Role.SPECIALIST)
    self_part = add_person_late(
        cycle, Person.objects.get(pk=one.person_id), by=with_role(Role.SPECIALIST), at=AT
    )

    with pytest.raises(Refused, match="not_about_yourself"):
        assign_reviewer(self_part, PersonFactory(), by=one, at=AT)


def test_who_is_given_a_review_is_told(by, cycle, django_capture_on_commit_callbacks):
    part, reviewer = add_person_late(cycle, PersonFactory(), by=by, at=AT), PersonFactory()

    with django_capture_on_commit_callbacks(execute=True):
        review = assign_reviewer(part, reviewer, by=by, at=AT)

    message = Message.objects.get(person=reviewer)
    assert (message.kind, message.about_id) == (NoticeKind.REVIEW_HANDED_OVER, review.pk)


def test_a_review_whose_person_has_another_manager_is_found(by, cycle):
    person = PersonFactory(manager=PersonFactory())
    stays = PersonFactory(manager=PersonFactory())
    for joins in (person, stays):
        add_person_late(cycle, joins, by=by, at=AT)
    successor = PersonFactory()
    new_manager(person, successor, TODAY)

    found = of_former_managers(cycle, TODAY)

    assert [(review.subject, review.manager_id) for review in found] == [(person, successor.pk)]


def test_a_manager_to_come_does_not_write_yet(by, cycle):
    person = PersonFactory(manager=PersonFactory())
    add_person_late(cycle, person, by=by, at=AT)
    new_manager(person, PersonFactory(), TODAY + timedelta(days=3))

    assert not of_former_managers(cycle, TODAY).exists()


def test_a_reviewer_chosen_on_purpose_is_left_alone(by, cycle):
    person = PersonFactory(manager=PersonFactory())
    ChosenReviewer.objects.create(cycle=cycle, person=person, reviewer=PersonFactory())

    add_person_late(cycle, person, by=by, at=AT)

    assert manager_review(person).author != person.lines_to_managers.get().manager
    assert not of_former_managers(cycle, TODAY).exists()


def test_what_is_submitted_or_out_of_the_cycle_is_left_alone(by, cycle):
    for _ in range(2):
        person = PersonFactory(manager=PersonFactory())
        add_person_late(cycle, person, by=by, at=AT)
        new_manager(person, PersonFactory(), TODAY)
    first, second = Review.objects.filter(kind=ReviewKind.MANAGER)
    Review.objects.filter(pk=first.pk).update(state="submitted", submitted_at=timezone.now())
    Participation.objects.filter(pk=second.participation_id).update(
        withdrawn_at=AT, withdrawn_because="Left"
    )

    assert not of_former_managers(cycle, TODAY).exists()
