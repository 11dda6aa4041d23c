"""Who reads whose words when, cell by cell; in every cell there is something that could leak."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.cycles.kinds import SelfShownToManager
from evenhand.kernel.acting import Role
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.policies import visible_reviews
from evenhand.reviews.visibility import READS, Moment, Reader
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.reviews import ManagerReviewFactory, SelfReviewFactory, acting

SELF, MANAGER = ReviewKind.SELF, ReviewKind.MANAGER
AT_ONCE, BOTH = SelfShownToManager.WHEN_SUBMITTED, SelfShownToManager.WHEN_BOTH_SUBMITTED

# Which reviews are submitted, and whether they are released.
NOTHING, OWN, OTHER, ALL, RELEASED = "nothing", "own", "other", "both", "released"
MOMENTS = (NOTHING, OWN, OTHER, ALL, RELEASED)
COMES_WITH = {
    Moment.ALWAYS: set(MOMENTS),
    Moment.SUBMITTED: {OWN, ALL, RELEASED},
    Moment.BOTH_SUBMITTED: {ALL, RELEASED},
    Moment.RELEASED: {RELEASED},
    Moment.NEVER: set(),
}


def comes_with(moment, setting):
    if moment == Moment.AS_THE_TEMPLATE_SAYS:
        moment = Moment.SUBMITTED if setting == AT_ONCE else Moment.BOTH_SUBMITTED
    return COMES_WITH[moment]


class Place:
    """A unit in a division; Cy reports to Bo, Bo to Al, and Bo reviews Cy."""

    def __init__(self, setting=AT_ONCE):
        self.division = UnitFactory()
        self.unit = UnitFactory(parent=self.division)
        self.elsewhere = UnitFactory()
        self.al = PersonFactory(unit=self.division)
        self.bo = PersonFactory(unit=self.unit, manager=self.al)
        self.cy = PersonFactory(unit=self.unit, manager=self.bo)
        self.other = PersonFactory(unit=self.elsewhere)
        cycle = CycleFactory()
        cycle.version.self_shown_to_manager = setting
        cycle.version.save()
        self.manager = ManagerReviewFactory(
            participation__person=self.cy,
            participation__unit=self.unit,
            participation__cycle=cycle,
            author=self.bo,
        )
        self.own = SelfReviewFactory(participation=self.manager.participation)

    def review(self, kind):
        return self.own if kind == SELF else self.manager

    def come_to(self, moment, kind):
        own, other = self.review(kind), self.review(MANAGER if kind == SELF else SELF)
        for review, when in ((own, {OWN, ALL, RELEASED}), (other, {OTHER, ALL, RELEASED})):
            if moment in when:
                submit(review)
        if moment == RELEASED:
            release(self.manager)

    def reader(self, reader, kind):
        return {
            Reader.AUTHOR: acting(self.cy if kind == SELF else self.bo),
            Reader.SUBJECT: acting(self.cy),
            Reader.COUNTERPART: acting(self.bo),
            Reader.LINE_ABOVE: acting(self.al),
            Reader.HR_PARTNER: acting(self.other, Role.HR_PARTNER, units=(self.division,)),
            Reader.SPECIALIST: acting(self.other, Role.SPECIALIST),
        }[reader]


def submit(review):
    review.state, review.submitted_at = ReviewState.SUBMITTED, timezone.now()
    review.save()


def release(review):
    review.participation.released_at = timezone.now()
    review.participation.save()


def reads(actor, review):
    return visible_reviews(actor).filter(pk=review.pk).exists()


def test_the_table_has_a_cell_for_every_kind_and_reader():
    assert set(READS) == {(kind, reader) for kind in ReviewKind for reader in Reader}


@pytest.mark.parametrize("setting", [AT_ONCE, BOTH])
@pytest.mark.parametrize("moment", MOMENTS)
def test_every_cell_of_the_table(db, moment, setting):
    wrong = []
    for kind in ReviewKind:
        place = Place(setting)
        place.come_to(moment, kind)
        for reader in Reader:
            expected = moment in comes_with(READS[kind, reader], setting)
            if reads(place.reader(reader, kind), place.review(kind)) != expected:
                wrong.append((kind, reader, moment, setting))

    assert wrong == []


@pytest.fixture
def place(db):
    place = Place()
    place.come_to(RELEASED, MANAGER)
    return place


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.AUDITOR, Role.IT_ADMINISTRATOR])
def test_other_roles_read_no_review(place, role):
    actor = acting(place.other, role)

    assert not visible_reviews(actor).exists()


def test_nobody_else_reads_anything(place):
    beside = PersonFactory(unit=place.unit, manager=place.bo)

    assert not visible_reviews(acting(beside)).exists()


@pytest.mark.parametrize("role", [Role.HR_PARTNER, Role.SPECIALIST])
def test_a_role_elsewhere_opens_nothing_here(place, role):
    actor = acting(place.other, role, units=(place.elsewhere,))

    assert not visible_reviews(actor).exists()


@pytest.mark.parametrize("role", [Role.HR_PARTNER, Role.SPECIALIST])
def test_nobody_reads_by_role_what_is_about_themself(db, role):
    place = Place()
    place.come_to(ALL, MANAGER)

    assert not reads(acting(place.cy, role), place.manager)
    assert reads(acting(place.other, role), place.manager)


@pytest.mark.parametrize("role", [Role.HR_PARTNER, Role.SPECIALIST])
def test_a_role_does_not_open_early_what_the_template_hides_from_the_other_author(db, role):
    place = Place(BOTH)
    place.come_to(OWN, SELF)

    assert not reads(acting(place.bo, role), place.own)
    assert reads(acting(place.other, role), place.own)


def test_a_delegate_reads_what_the_manager_would(place):
    delegate = acting(place.bo, delegate=place.other)

    assert reads(delegate, place.manager)
    assert reads(delegate, place.own)


def test_a_delegate_reads_nothing_about_themself_or_the_manager(place):
    about_bo = ManagerReviewFactory(
        participation__cycle=place.manager.cycle,
        participation__person=place.bo,
        participation__released=True,
        author=place.al,
        submitted=True,
    )
    by_bo = SelfReviewFactory(participation=about_bo.participation, submitted=True)

    assert not visible_reviews(acting(place.bo, delegate=place.cy)).exists()
    delegate = acting(place.bo, delegate=place.other)
    assert not visible_reviews(delegate).filter(pk__in=[about_bo.pk, by_bo.pk]).exists()
    assert reads(acting(place.bo), about_bo)


def test_whoever_handed_a_review_over_does_not_read_it_any_more(db):
    place = Place()
    place.come_to(ALL, MANAGER)
    place.manager.author = place.other
    place.manager.save()
    former = PersonFactory(unit=place.elsewhere)

    assert reads(acting(place.other), place.manager)
    assert not reads(acting(former), place.manager)
    # Bo is still above Cy in the line, and reads as such what is submitted.
    assert reads(acting(place.bo), place.manager)


def test_a_manager_of_another_time_does_not_read(place):
    line = place.cy.lines_to_managers.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    for chain in place.cy.chains_above.filter(ancestor=place.al):
        chain.ends_on = yesterday
        chain.save()
    line.ends_on = yesterday
    line.save()

    assert not reads(acting(place.al), place.manager)
