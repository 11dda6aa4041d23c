"""Whatever is done to reporting lines, the woven chains say what the lines say, on every day."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from evenhand.kernel.acting import Actor, Grant, Role
from evenhand.kernel.verdict import Refused
from evenhand.people.actions import change_manager, end_employment, return_person
from evenhand.people.applying import apply_people
from evenhand.people.changes import Beginning, Left, PeopleChanges, Reports
from evenhand.people.models import Employment, ManagementChain, Person, ReportingLine
from evenhand.people.weaving import reweave_chains

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(8)]
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
BY = Actor(0, "Test", date(2026, 11, 22), frozenset({Grant(Role.SPECIALIST)}))
PEOPLE = 6

numbers = st.integers(0, PEOPLE - 1)
days = st.sampled_from(DAYS)
changes = st.one_of(
    st.tuples(st.just("manager"), numbers, st.one_of(st.none(), numbers), days),
    st.tuples(st.just("end"), numbers, st.none(), days),
    st.tuples(st.just("return"), numbers, st.none(), days),
    st.tuples(
        st.just("apply"),
        st.lists(st.tuples(numbers, numbers, days), max_size=4),
        st.lists(st.tuples(numbers, days), max_size=1),
        st.none(),
    ),
)


def do(people, change):
    kind, who, other, day = change
    if kind == "manager":
        manager = None if other is None else people[other]
        change_manager(people[who], manager, on=day, by=BY, at=AT)
    elif kind == "end":
        end_employment(people[who], on=day, by=BY, at=AT)
    elif kind == "return":
        return_person(people[who], Beginning(day), by=BY, at=AT)
    else:
        reports = tuple(Reports(str(a), str(b), on) for a, b, on in who if a != b)
        left = tuple(Left(str(a), on) for a, on in other)
        apply_people(PeopleChanges(reports=reports, left=left), by=BY, at=AT)


def naive(day):
    """Everyone above everyone on a day, found by walking the lines up one by one."""
    manager_of = dict(
        ReportingLine.objects.on(day).filter(kind="primary").values_list("person", "manager")
    )
    chains = set()
    for person in Person.objects.values_list("pk", flat=True):
        above, depth = person, 0
        while above is not None:
            chains.add((above, person, depth))
            above, depth = manager_of.get(above), depth + 1
    return chains


def woven(day):
    rows = list(
        ManagementChain.objects.on(day).values_list("ancestor_id", "descendant_id", "depth")
    )
    assert len(rows) == len(set(rows))
    return set(rows)


class TestChains(TestCase):
    @settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.lists(changes, max_size=8))
    def test_chains_always_say_what_the_lines_say(self, sequence):
        people = [Person(number=str(n), family_name=str(n)) for n in range(PEOPLE)]
        for person in people:
            person.make_searchable()
            person.save()
            Employment.objects.create(person=person, starts_on=date(2020, 1, 1))
        reweave_chains(None)

        for change in sequence:
            try:
                do(people, change)
            except Refused:
                continue

        for day in [*DAYS, date(2025, 1, 1), date(2030, 1, 1)]:
            assert woven(day) == naive(day)
