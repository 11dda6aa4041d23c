from datetime import UTC, datetime, timedelta

import pytest

from evenhand.audit.models import Entry
from evenhand.cycles.models import Participation
from evenhand.kernel.acting import Role
from evenhand.kernel.events import listen
from evenhand.kernel.verdict import Refused
from evenhand.reviews.events import ReviewsReleased
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.models import Review
from evenhand.reviews.releasing import (
    not_ready_for_release,
    ready_for_release,
    release_results,
)
from tests.factories.access import TODAY, with_role
from tests.factories.cycles import CycleFactory, ParticipationFactory
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


@pytest.fixture
def cycle():
    return CycleFactory(today=TODAY - timedelta(days=27))


def takes_part(cycle, *, submitted=True, **kwargs):
    part = ParticipationFactory(cycle=cycle, **kwargs)
    state = ReviewState.SUBMITTED if submitted else ReviewState.DRAFT
    Review.objects.create(
        participation=part,
        cycle=cycle,
        subject=part.person,
        unit=part.unit,
        kind=ReviewKind.MANAGER,
        author=PersonFactory(),
        state=state,
        submitted_at=AT if submitted else None,
    )
    return part


def test_only_submitted_reviews_of_those_who_take_part_are_released(by, cycle):
    ready = takes_part(cycle)
    takes_part(cycle, submitted=False)
    takes_part(cycle, withdrawn=True)
    unreviewed = ParticipationFactory(cycle=cycle)
    takes_part(CycleFactory())

    assert release_results(cycle, by=by, at=AT) == 1

    assert list(Participation.objects.filter(released_at=AT)) == [ready]
    assert unreviewed in not_ready_for_release(cycle)


def test_a_unit_is_released_with_all_below_it(by, cycle):
    sales = UnitFactory()
    inside = takes_part(cycle, unit=UnitFactory(parent=sales))
    outside = takes_part(cycle, unit=UnitFactory())

    release_results(cycle, units=[sales], by=by, at=AT)

    assert list(ready_for_release(cycle)) == [outside]
    inside.refresh_from_db()
    assert inside.is_released


def test_no_unit_at_all_is_nobody(by, cycle):
    takes_part(cycle)

    assert release_results(cycle, units=[], by=by, at=AT) == 0


def test_releasing_again_only_adds_the_latecomers(by, cycle):
    first = takes_part(cycle)
    release_results(cycle, by=by, at=AT)
    takes_part(cycle)

    later = AT + timedelta(days=1)
    assert release_results(cycle, by=by, at=later) == 1

    first.refresh_from_db()
    assert first.released_at == AT


def test_a_release_is_on_record_with_its_counts(by, cycle):
    takes_part(cycle)
    takes_part(cycle, submitted=False)

    release_results(cycle, by=by, at=AT)

    entry = Entry.objects.get(code="cycle.results_released")
    assert entry.details == {"units": None, "released": 1, "not_ready": 1}


def test_those_who_listen_hear_of_a_release_only_when_there_is_one(
    by, cycle, django_capture_on_commit_callbacks
):
    heard = []
    listen(ReviewsReleased, heard.append)
    takes_part(cycle)

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            release_results(cycle, by=by, at=AT)

    assert heard == [ReviewsReleased(cycle.pk, AT.isoformat())]


def test_nothing_goes_out_before_its_day(by):
    cycle = CycleFactory(today=TODAY)
    takes_part(cycle)

    with pytest.raises(Refused, match="release_not_open"):
        release_results(cycle, by=by, at=AT)


@pytest.mark.parametrize("role", [Role.HR_PARTNER, Role.EXECUTIVE, Role.AUDITOR])
def test_only_the_specialist_releases(role, cycle):
    with pytest.raises(Refused, match="not_the_specialist"):
        release_results(cycle, by=with_role(role), at=AT)
