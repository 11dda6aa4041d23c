from datetime import date

import pytest

from evenhand.kernel.periods import ALWAYS, FOREVER
from evenhand.kernel.verdict import Refused
from evenhand.people.models import ManagementChain, ReportingLine, Unit, UnitPlacement, UnitTree
from evenhand.people.weaving import reweave_chains, reweave_units
from tests.factories.people import PersonFactory, ReportingLineFactory, UnitFactory

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 1)


def above(person, day=DAY):
    chains = ManagementChain.objects.on(day).filter(descendant=person, depth__gte=1)
    return list(chains.order_by("depth").values_list("ancestor_id", "depth"))


def test_everyone_stands_above_themself_always():
    person = PersonFactory()

    chain = ManagementChain.objects.get(descendant=person)

    assert (chain.ancestor, chain.depth) == (person, 0)
    assert (chain.starts_on, chain.ends_on) == (ALWAYS, FOREVER)


def test_the_line_above_runs_to_the_top():
    head = PersonFactory()
    lead = PersonFactory(manager=head)
    person = PersonFactory(manager=lead)

    assert above(person) == [(lead.pk, 1), (head.pk, 2)]


def test_a_step_holds_only_while_all_its_lines_hold():
    head = PersonFactory()
    lead = PersonFactory()
    person = PersonFactory(manager=lead, hired_on=date(2021, 1, 1))
    ReportingLineFactory(
        person=lead, manager=head, starts_on=date(2020, 1, 1), ends_on=date(2023, 1, 1)
    )

    chain = ManagementChain.objects.get(descendant=person, ancestor=head)

    assert (chain.starts_on, chain.ends_on) == (date(2021, 1, 1), date(2023, 1, 1))


def test_a_matrix_manager_stands_above_nobody():
    person = PersonFactory()
    ReportingLineFactory(person=person, kind="matrix")

    assert above(person) == []


def test_weaving_everyone_gives_the_same_as_weaving_one_by_one():
    head = PersonFactory()
    for lead in PersonFactory.create_batch(2, manager=head):
        PersonFactory.create_batch(2, manager=lead)
    columns = ("ancestor", "descendant", "depth", "starts_on", "ends_on")
    one_by_one = set(ManagementChain.objects.values_list(*columns))

    reweave_chains(None)

    assert set(ManagementChain.objects.values_list(*columns)) == one_by_one


@pytest.mark.parametrize("everyone", [True, False])
def test_a_circle_is_refused(everyone):
    head = PersonFactory()
    lead = PersonFactory(manager=head)
    PersonFactory(manager=lead)
    ReportingLine.objects.create(person=head, manager=lead, starts_on=DAY)

    with pytest.raises(Refused) as refusal:
        reweave_chains(None if everyone else [head.pk])

    assert refusal.value.verdict.code == "reporting_cycle"


def test_lines_in_opposite_directions_on_different_days_are_no_circle():
    first, second = PersonFactory.create_batch(2)
    ReportingLineFactory(person=first, manager=second, ends_on=DAY)

    ReportingLineFactory(person=second, manager=first, starts_on=DAY)

    assert above(first, date(2025, 5, 31)) == [(second.pk, 1)]
    assert above(second, DAY) == [(first.pk, 1)]


def test_units_stand_below_all_units_above_them():
    company = UnitFactory()
    division = UnitFactory(parent=company)
    team = UnitFactory(parent=division)

    found = UnitTree.objects.filter(descendant=team).order_by("depth")

    assert [tree.ancestor for tree in found] == [team, division, company]


def test_a_closed_unit_stays_where_it_last_stood():
    company = UnitFactory()
    team = UnitFactory(parent=company)
    UnitPlacement.objects.update(ends_on=DAY)
    Unit.objects.filter(pk=team.pk).update(ends_on=DAY)

    reweave_units()

    assert UnitTree.objects.filter(ancestor=company, descendant=team).exists()


def test_units_in_a_circle_are_refused():
    company = UnitFactory()
    team = UnitFactory(parent=company)
    UnitPlacement.objects.create(unit=company, parent=team, starts_on=DAY)

    with pytest.raises(Refused) as refusal:
        reweave_units()

    assert refusal.value.verdict.code == "unit_cycle"
