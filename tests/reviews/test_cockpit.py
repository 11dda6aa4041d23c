from datetime import UTC, datetime, timedelta

import pytest

from evenhand.kernel.acting import Grant, Role
from evenhand.reviews import tallies
from evenhand.reviews.cockpit import (
    cockpit,
    open_reviews,
    page_of_reviews,
    participants,
    waited_for,
)
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.models import Review, SignOff
from evenhand.reviews.scope import way_down_to
from tests.factories.access import TODAY, with_role
from tests.factories.cycles import CycleFactory, ParticipationFactory
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
LONG_AGO = AT - timedelta(days=100)


@pytest.fixture
def tree():
    top = UnitFactory(name="Top")
    sales = UnitFactory(name="Sales", parent=top)
    return {
        "top": top,
        "sales": sales,
        "north": UnitFactory(name="North", parent=sales),
        "works": UnitFactory(name="Works", parent=top),
    }


@pytest.fixture
def cycle():
    """Both writing stages are over."""
    return CycleFactory(today=TODAY - timedelta(days=22))


def takes_part(cycle, unit, *, own=None, manager=None, author=None, **kwargs):
    """Somebody with both reviews; `own` and `manager` say when they were submitted."""
    part = ParticipationFactory(cycle=cycle, unit=unit, **kwargs)
    for kind, at in ((ReviewKind.SELF, own), (ReviewKind.MANAGER, manager)):
        Review.objects.create(
            participation=part,
            cycle=cycle,
            subject=part.person,
            unit=unit,
            kind=kind,
            author=part.person if kind == ReviewKind.SELF else author or PersonFactory(),
            state=ReviewState.SUBMITTED if at else ReviewState.NOT_STARTED,
            submitted_at=at,
        )
    return part


def seen_by(actor, cycle, unit=None):
    return cockpit(actor, cycle, way_down_to(unit.pk) if unit else (), AT)


def test_progress_is_counted_from_below_and_without_those_taken_out(cycle, tree):
    takes_part(cycle, tree["north"], own=LONG_AGO, manager=LONG_AGO)
    takes_part(cycle, tree["sales"], own=AT)
    takes_part(cycle, tree["works"], own=AT, withdrawn=True)
    takes_part(cycle, tree["works"])

    seen = seen_by(with_role(Role.SPECIALIST, unit=None), cycle)
    tally = seen.tally

    assert (tally.people, tally.self_in, tally.manager_in) == (3, 2, 1)
    assert (tally.on_time, tally.submitted) == (2, 3)
    assert seen.late == 3
    rows = {row.unit.name: (row.tally.people, row.late) for row in seen.rows}
    assert rows == {"Sales": (2, 1), "Works": (1, 2)}


def test_one_walks_down_and_meets_the_unit_itself(cycle, tree):
    takes_part(cycle, tree["north"])
    takes_part(cycle, tree["sales"])

    seen = seen_by(with_role(Role.SPECIALIST), cycle, tree["sales"])

    assert [unit.name for unit in seen.way] == ["Top", "Sales"]
    assert {(row.unit.name, row.is_itself) for row in seen.rows} == {
        ("North", False),
        ("Sales", True),
    }


def test_nothing_is_late_on_the_last_day(tree):
    cycle = CycleFactory(today=TODAY - timedelta(days=10))
    takes_part(cycle, tree["sales"])

    assert seen_by(with_role(Role.SPECIALIST), cycle).late == 0


def test_who_is_waited_for_most_comes_first(cycle, tree):
    busy, other = PersonFactory(), PersonFactory()
    for author in (busy, busy, other):
        takes_part(cycle, tree["sales"], author=author)
    takes_part(cycle, tree["works"], author=other, manager=AT)

    takes_part(cycle, tree["works"], author=other, withdrawn=True)

    found = waited_for(with_role(Role.SPECIALIST), cycle, None, TODAY)

    assert [(w.author_id, w.late) for w in found] == [(busy.pk, 2), (other.pk, 1)]


def test_those_released_and_signed_are_counted(cycle, tree):
    part = takes_part(cycle, tree["sales"], own=AT, manager=AT, released=True)
    takes_part(cycle, tree["sales"], own=AT, manager=AT)
    SignOff.objects.create(participation=part, decision="signed", by=part.person, at=AT)

    seen = seen_by(with_role(Role.SPECIALIST), cycle)

    assert (seen.tally.released, seen.signed, seen.tally.ready) == (1, 1, 1)


def test_nobody_waits_for_a_review_that_can_no_longer_be_written(cycle, tree):
    takes_part(cycle, tree["sales"], manager=AT, released=True)
    takes_part(cycle, tree["sales"], own=AT, manager=AT, released=True)
    waited = takes_part(cycle, tree["works"], manager=AT)
    by = with_role(Role.SPECIALIST)

    seen = seen_by(by, cycle)

    assert seen.late == 1
    assert {row.unit.name: row.late for row in seen.rows} == {"Sales": 0, "Works": 1}
    assert [r.subject for r in open_reviews(by, cycle, "", unit=None, kind="")] == [waited.person]


def test_a_partner_begins_at_their_units(cycle, tree):
    takes_part(cycle, tree["north"])
    takes_part(cycle, tree["works"])

    seen = seen_by(with_role(Role.HR_PARTNER, tree["sales"]), cycle)

    assert seen.tally.people == 1
    assert not seen.only_counts


def test_an_executive_sees_no_names_and_nothing_of_few_people(cycle, tree):
    for _ in range(5):
        takes_part(cycle, tree["sales"])
    takes_part(cycle, tree["works"])
    executive = with_role(Role.EXECUTIVE, tree["top"])

    top, few = seen_by(executive, cycle), seen_by(executive, cycle, tree["works"])

    assert top.only_counts
    assert waited_for(executive, cycle, None, TODAY) == []
    assert {row.unit.name: row.is_hidden for row in top.rows} == {"Sales": False, "Works": True}
    assert few.too_few
    assert few.tally.people == 0


def test_who_is_both_knows_names_only_where_they_are_partner(cycle, tree):
    takes_part(cycle, tree["sales"])
    partner = with_role(Role.HR_PARTNER, tree["sales"])
    both = type(partner)(
        person_id=partner.person_id,
        name=partner.name,
        on=TODAY,
        grants=partner.grants | {Grant(Role.EXECUTIVE, None)},
    )

    assert seen_by(both, cycle).only_counts
    assert not seen_by(both, cycle, tree["sales"]).only_counts
    assert not seen_by(both, cycle, tree["north"]).only_counts
    assert seen_by(both, cycle, tree["works"]).only_counts


def test_open_reviews_are_found_by_either_name(cycle, tree):
    author = PersonFactory(given_name="Zoë", family_name="Quill")
    part = takes_part(cycle, tree["sales"], own=AT, author=author)
    takes_part(cycle, tree["works"])
    by = with_role(Role.SPECIALIST)

    found = open_reviews(by, cycle, "zoe qui", unit=None, kind="")

    assert [review.subject for review in page_of_reviews(found, "").rows] == [part.person]
    assert open_reviews(by, cycle, "", unit=tree["works"], kind="self").count() == 1


def test_lists_of_names_end_where_the_actor_knows_nobody(cycle, tree):
    takes_part(cycle, tree["sales"])
    takes_part(cycle, tree["works"])
    partner = with_role(Role.HR_PARTNER, tree["sales"])

    assert participants(partner, cycle, "", unit=None).count() == 1
    assert open_reviews(partner, cycle, "", unit=tree["works"], kind="").count() == 0
    executive = with_role(Role.EXECUTIVE)
    assert not participants(executive, cycle, "", unit=None).exists()
    assert not open_reviews(executive, cycle, "", unit=None, kind="").exists()


def test_only_the_counts_of_very_many_people_are_kept_for_some_seconds(cycle, tree, monkeypatch):
    by = with_role(Role.SPECIALIST)
    takes_part(cycle, tree["sales"])
    seen_by(by, cycle)
    takes_part(cycle, tree["sales"])
    assert seen_by(by, cycle).tally.people == 2

    monkeypatch.setattr(tallies, "WORTH_KEEPING", 2)
    monkeypatch.setattr(tallies, "_kept", {})
    seen_by(by, cycle)
    takes_part(cycle, tree["sales"])
    soon, later = (cockpit(by, cycle, (), AT + timedelta(seconds=s)) for s in (9, 10))

    assert (soon.tally.people, soon.counted_at) == (2, AT)
    assert later.tally.people == 3
