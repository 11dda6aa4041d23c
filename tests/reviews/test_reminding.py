from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from evenhand.kernel.acting import Role
from evenhand.kernel.events import listen
from evenhand.kernel.verdict import Refused
from evenhand.reviews.events import RemindersAsked
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.models import Reminder, Review
from evenhand.reviews.reminding import remind
from tests.factories.access import TODAY, with_role
from tests.factories.cycles import CycleFactory, ParticipationFactory
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def cycle():
    return CycleFactory(today=TODAY)


def open_review(cycle, *, submitted=False, kind=ReviewKind.MANAGER, **kwargs):
    part = ParticipationFactory(cycle=cycle, **kwargs)
    return Review.objects.create(
        participation=part,
        cycle=cycle,
        subject=part.person,
        unit=part.unit,
        kind=kind,
        author=part.person if kind == ReviewKind.SELF else PersonFactory(),
        state=ReviewState.SUBMITTED if submitted else ReviewState.DRAFT,
        submitted_at=AT if submitted else None,
    )


def everything(cycle):
    return Review.objects.filter(cycle=cycle)


def test_only_what_is_still_to_be_written_is_asked_for(cycle):
    waiting = open_review(cycle)
    open_review(cycle, submitted=True)
    open_review(cycle, withdrawn=True)
    open_review(cycle, kind=ReviewKind.SELF, released_at=AT)

    assert remind(cycle, everything(cycle), by=with_role(Role.SPECIALIST), at=AT) == 1

    assert Reminder.objects.get().review == waiting


def test_nobody_is_reminded_of_a_review_twice_a_day(cycle):
    open_review(cycle)
    by = with_role(Role.SPECIALIST)
    remind(cycle, everything(cycle), by=by, at=AT)

    again = remind(cycle, everything(cycle), by=by, at=AT + timedelta(hours=3))
    tomorrow = replace(by, on=TODAY + timedelta(days=1))
    next_day = remind(cycle, everything(cycle), by=tomorrow, at=AT + timedelta(days=1))

    assert (again, next_day) == (0, 1)


def test_nobody_is_reminded_before_writing_has_opened():
    cycle = CycleFactory(today=TODAY + timedelta(days=7))
    open_review(cycle)
    own = open_review(cycle, kind=ReviewKind.SELF)

    remind(cycle, everything(cycle), by=with_role(Role.SPECIALIST), at=AT)

    assert [reminder.review for reminder in Reminder.objects.all()] == [own]


def test_a_partner_reminds_within_their_units(cycle):
    sales = UnitFactory()
    inside = open_review(cycle, unit=UnitFactory(parent=sales))
    open_review(cycle)

    remind(cycle, everything(cycle), by=with_role(Role.HR_PARTNER, sales), at=AT)

    assert Reminder.objects.get().review == inside


def test_an_executive_reminds_nobody(cycle):
    open_review(cycle)

    with pytest.raises(Refused, match="not_yours_to_remind"):
        remind(cycle, everything(cycle), by=with_role(Role.EXECUTIVE), at=AT)


def test_a_closed_cycle_needs_no_reminder():
    cycle = CycleFactory(state="closed")

    with pytest.raises(Refused, match="not_running"):
        remind(cycle, everything(cycle), by=with_role(Role.SPECIALIST), at=AT)


def test_those_who_listen_hear_which_reviews(cycle, django_capture_on_commit_callbacks):
    heard = []
    listen(RemindersAsked, heard.append)
    first = open_review(cycle)
    by = with_role(Role.SPECIALIST)
    with django_capture_on_commit_callbacks(execute=True):
        remind(cycle, everything(cycle), by=by, at=AT)
    second = open_review(cycle)

    with django_capture_on_commit_callbacks(execute=True):
        remind(cycle, everything(cycle), by=by, at=AT + timedelta(hours=1))

    assert heard == [RemindersAsked((first.pk,)), RemindersAsked((second.pk,))]
