from datetime import UTC, date, datetime

import pytest

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.periods import FOREVER
from evenhand.kernel.verdict import Refused
from evenhand.people.applying import Applied, apply_people
from evenhand.people.changes import (
    Away,
    Employed,
    Left,
    NewUnit,
    PeopleChanges,
    PersonDetails,
    Placed,
    Reports,
)
from evenhand.people.models import (
    Employment,
    ManagementChain,
    Person,
    Position,
    ReportingLine,
    Unit,
)
from evenhand.people.queries import find_people, manager_of
from tests.factories.access import acting, with_role
from tests.factories.people import SINCE, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 6, 1)
BEFORE = date(2026, 5, 31)

COMPANY = PeopleChanges(
    units=(NewUnit("C", "Company"), NewUnit("L", "Laboratory", "C")),
    added=(
        PersonDetails("1", "Ada", "Lovelace", "Ada@example.org"),
        PersonDetails("2", "Grace", "Hopper"),
        PersonDetails("3", "Mary", "Jackson"),
    ),
    employed=(Employed("1", SINCE), Employed("2", SINCE), Employed("3", SINCE)),
    placed=(
        Placed("1", "C", SINCE, title="Head"),
        Placed("2", "L", SINCE, date(2024, 1, 1), title="Engineer"),
        Placed("2", "L", date(2024, 1, 1), title="Lead"),
    ),
    reports=(Reports("2", "1", SINCE), Reports("3", "2", SINCE)),
)


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST, family_name="Specialist")


def apply(by, **changes):
    return apply_people(PeopleChanges(**changes), by=by, at=AT)


def person(number):
    return Person.objects.get(number=number)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def test_a_whole_organization_comes_in_at_once(by):
    assert apply_people(COMPANY, by=by, at=AT) == Applied(units=2, added=3, changed=0)

    above = ManagementChain.objects.filter(descendant=person("3"), depth__gte=1)
    assert list(above.order_by("depth").values_list("ancestor__number", flat=True)) == ["2", "1"]
    assert [p.title for p in person("2").positions.order_by("starts_on")] == ["Engineer", "Lead"]
    assert Unit.objects.get(code="L").tree_above.count() == 2
    assert [row.email for row in find_people(by, "lovelace")] == ["ada@example.org"]


def test_the_trail_keeps_one_entry_for_all_and_one_for_each(by):
    apply_people(COMPANY, by=by, at=AT)

    summary = Entry.objects.get(code="people.applied")
    assert summary.details == {"units": 2, "added": 3, "changed": 0}
    added = Entry.objects.get(code="person.added", about_id=person("2").pk)
    assert added.details == {"facts": ["employment", "position", "manager"]}
    assert added.about_name == "Grace Hopper"


def test_what_is_already_so_changes_nothing(by):
    apply_people(COMPANY, by=by, at=AT)
    before = set(Position.objects.values_list()) | set(ReportingLine.objects.values_list())

    applied = apply(
        by,
        employed=COMPANY.employed,
        placed=COMPANY.placed[1:],
        reports=(Reports("2", "1", DAY),),
    )

    assert applied == Applied(0, 0, 0)
    assert set(Position.objects.values_list()) | set(ReportingLine.objects.values_list()) == before


def test_a_new_manager_begins_on_the_day(by):
    apply_people(COMPANY, by=by, at=AT)

    applied = apply(by, reports=(Reports("3", "1", DAY), Reports("2", "", DAY)))

    assert applied.changed == 2
    assert manager_of(person("3").pk, BEFORE).number == "2"
    assert manager_of(person("3").pk, DAY).number == "1"
    assert manager_of(person("2").pk, DAY) is None
    assert ManagementChain.objects.on(DAY).filter(descendant=person("3")).count() == 2


def test_reports_of_those_who_leave_go_to_the_next_manager_who_stays(by):
    apply_people(COMPANY, by=by, at=AT)
    head = PersonFactory(number="0")

    apply(by, reports=(Reports("1", "0", SINCE),), left=(Left("1", DAY), Left("2", DAY)))

    assert manager_of(person("3").pk, DAY) == head
    assert set(Employment.objects.filter(ends_on=DAY).values_list("person__number", flat=True)) == {
        "1",
        "2",
    }


def test_a_file_that_names_the_new_manager_of_a_leaver_is_followed(by):
    apply_people(COMPANY, by=by, at=AT)
    PersonFactory(number="0")

    apply(by, reports=(Reports("3", "0", DAY),), left=(Left("2", DAY),))

    assert manager_of(person("3").pk, DAY).number == "0"


def test_a_corrected_first_day_takes_the_place_of_the_wrong_one(by):
    apply_people(COMPANY, by=by, at=AT)

    apply(by, employed=(Employed("1", date(2021, 1, 1)),))

    assert person("1").employments.get().starts_on == date(2021, 1, 1)


def test_leaves_begin_and_end(by):
    apply_people(COMPANY, by=by, at=AT)

    apply(by, away=(Away("1", DAY), Away("2", DAY)))
    apply(by, away=(Away("1", date(2026, 7, 1), is_back=True),))

    assert person("1").leaves.get().ends_on == date(2026, 7, 1)
    assert person("2").leaves.get().ends_on == FOREVER


def test_a_matrix_manager_stands_beside_the_manager(by):
    apply_people(COMPANY, by=by, at=AT)

    apply(by, reports=(Reports("3", "1", DAY, is_matrix=True),))

    assert manager_of(person("3").pk, DAY).number == "2"
    assert person("3").lines_to_managers.get(kind="matrix").manager.number == "1"


def test_two_people_can_exchange_their_addresses(by):
    PersonFactory(number="8", email="a@example.org")
    PersonFactory(number="9", email="b@example.org")
    swapped = (
        PersonDetails("8", "A", "Eight", "b@example.org"),
        PersonDetails("9", "B", "Nine", "a@example.org"),
    )

    apply(by, renamed=swapped)

    assert [person("8").email, person("9").email] == ["b@example.org", "a@example.org"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"added": (PersonDetails("0", "A", "B"),)}, "number_taken"),
        ({"added": (PersonDetails("5", "A", "B", "ZERO@example.org"),)}, "email_taken"),
        ({"renamed": (PersonDetails("1", "A", "B", "zero@example.org"),)}, "email_taken"),
        ({"units": (NewUnit("here", "Here"),)}, "not_as_planned"),
        ({"units": (NewUnit("new", "New", "gone"),)}, "not_as_planned"),
        ({"placed": (Placed("1", "gone", DAY),)}, "not_as_planned"),
        ({"reports": (Reports("1", "gone", DAY),)}, "not_as_planned"),
        ({"reports": (Reports("1", "3", DAY),)}, "reporting_cycle"),
        ({"left": (Left("gone", DAY),)}, "not_as_planned"),
    ],
)
def test_when_one_thing_cannot_be_nothing_is_changed(by, changes, code):
    apply_people(COMPANY, by=by, at=AT)
    PersonFactory(number="0", email="zero@example.org")
    UnitFactory(code="here")
    before = Entry.objects.count(), Person.objects.count(), Unit.objects.count()
    also = {"reports": (Reports("3", "1", DAY), *changes.get("reports", ()))}

    with refused(code):
        apply(by, **{**changes, **also})

    assert (Entry.objects.count(), Person.objects.count(), Unit.objects.count()) == before
    assert manager_of(person("3").pk, DAY).number == "2"


def test_only_the_specialist_applies_changes():
    with refused("not_the_specialist"):
        apply_people(COMPANY, by=acting(PersonFactory()), at=AT)


def test_three_people_cost_as_many_statements_as_one(by, django_assert_max_num_queries):
    def arrive(*numbers):
        apply(
            by,
            added=tuple(PersonDetails(n, "A", "B") for n in numbers),
            employed=tuple(Employed(n, SINCE) for n in numbers),
            reports=tuple(Reports(n, "0", SINCE) for n in numbers),
        )

    PersonFactory(number="0")
    with django_assert_max_num_queries(60) as one:
        arrive("1")
    with django_assert_max_num_queries(60) as three:
        arrive("2", "3", "4")

    assert len(three) == len(one)
