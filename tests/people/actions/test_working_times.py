from datetime import date

import pytest
from django.utils import timezone

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.people.actions import change_working_time
from tests.factories.access import TODAY, with_role
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

AT = timezone.now()


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


def spans(person):
    times = person.working_times.order_by("starts_on")
    return [(time.percent, time.starts_on, time.last_day) for time in times]


def test_it_holds_from_a_day_on_and_what_was_before_stays_known(by):
    person = PersonFactory()
    first, second = date(2026, 3, 1), date(2026, 9, 1)

    change_working_time(person, 80, on=first, by=by, at=AT)
    change_working_time(person, 50, on=second, by=by, at=AT)

    assert spans(person) == [(80, first, date(2026, 8, 31)), (50, second, None)]
    assert Entry.objects.filter(code="person.working_time_changed").count() == 2


def test_said_anew_for_the_same_day_the_newer_one_holds(by):
    person = PersonFactory()

    change_working_time(person, 80, on=TODAY, by=by, at=AT)
    change_working_time(person, 60, on=TODAY, by=by, at=AT)

    assert spans(person) == [(60, TODAY, None)]


@pytest.mark.parametrize("percent", [0, 101, -5])
def test_it_lies_between_one_and_a_hundred_percent(by, percent):
    with pytest.raises(Refused, match="not_a_working_time"):
        change_working_time(PersonFactory(), percent, on=TODAY, by=by, at=AT)


def test_full_time_is_what_holds_where_nothing_is_said(by):
    with pytest.raises(Refused, match="nothing_new"):
        change_working_time(PersonFactory(), 100, on=TODAY, by=by, at=AT)


def test_a_later_change_is_not_run_over(by):
    person = PersonFactory()
    change_working_time(person, 80, on=date(2026, 12, 1), by=by, at=AT)

    with pytest.raises(Refused, match="later_change"):
        change_working_time(person, 50, on=TODAY, by=by, at=AT)


def test_who_does_not_work_here_has_none(by):
    with pytest.raises(Refused, match="not_employed"):
        change_working_time(PersonFactory(left_on=TODAY), 50, on=TODAY, by=by, at=AT)


def test_only_the_specialist_notes_it():
    with pytest.raises(Refused, match="not_the_specialist"):
        change_working_time(PersonFactory(), 50, on=TODAY, by=with_role(Role.HR_PARTNER), at=AT)
