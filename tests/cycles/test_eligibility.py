from datetime import date

import pytest

from evenhand.cycles.eligibility import eligible, who_is_left_out, without_manager
from evenhand.cycles.kinds import LeftOut
from evenhand.cycles.models import ChosenReviewer
from tests.factories.cycles import CycleFactory, SelectionFactory
from tests.factories.people import PersonFactory, ReportingLineFactory, UnitFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


def why(cycle, person):
    return who_is_left_out(cycle, ON).get(pk=person.pk).why


def test_without_rules_everyone_employed_with_a_position_is_in():
    cycle, person = CycleFactory(draft=True), PersonFactory()

    assert set(eligible(cycle, ON)) == {person}
    assert not who_is_left_out(cycle, ON).exists()


def test_who_has_left_is_neither_in_nor_left_out():
    cycle = CycleFactory(draft=True)
    PersonFactory(left_on=date(2026, 11, 22))

    assert not eligible(cycle, ON).exists()
    assert not who_is_left_out(cycle, ON).exists()


def test_somebody_on_their_last_day_is_still_in():
    cycle, person = CycleFactory(draft=True), PersonFactory(left_on=date(2026, 11, 23))

    assert set(eligible(cycle, ON)) == {person}


def test_without_a_position_nobody_is_in():
    cycle, person = CycleFactory(draft=True), PersonFactory(unit=None)

    assert why(cycle, person) == LeftOut.NO_POSITION


def test_units_are_taken_with_all_below_them():
    sales, other = UnitFactory(), UnitFactory()
    team = UnitFactory(parent=sales)
    cycle = CycleFactory(draft=True)
    cycle.units.add(sales)
    inside, outside = PersonFactory(unit=team), PersonFactory(unit=other)

    assert set(eligible(cycle, ON)) == {inside}
    assert why(cycle, outside) == LeftOut.OTHER_UNIT


def test_countries_choose():
    cycle = CycleFactory(draft=True, countries=["Kenya"])
    inside, outside = PersonFactory(country="Kenya"), PersonFactory(country="Peru")

    assert set(eligible(cycle, ON)) == {inside}
    assert why(cycle, outside) == LeftOut.OTHER_COUNTRY


def test_who_was_hired_on_the_day_or_later_is_left_out():
    cycle = CycleFactory(draft=True, hired_before=date(2026, 7, 1))
    before = PersonFactory(hired_on=date(2026, 6, 30))
    later = PersonFactory(hired_on=date(2026, 7, 1))

    assert set(eligible(cycle, ON)) == {before}
    assert why(cycle, later) == LeftOut.HIRED_LATER


def test_a_selection_by_name_outweighs_the_rules():
    cycle = CycleFactory(draft=True, countries=["Kenya"])
    included, dropped = PersonFactory(country="Peru"), PersonFactory(country="Kenya")
    SelectionFactory(cycle=cycle, person=included, is_in=True)
    SelectionFactory(cycle=cycle, person=dropped, is_in=False, reason="On long leave")

    assert set(eligible(cycle, ON)) == {included}
    left_out = who_is_left_out(cycle, ON).get()
    assert (left_out.why, left_out.said_because) == (LeftOut.BY_NAME, "On long leave")


def test_a_selection_of_another_cycle_says_nothing():
    cycle, person = CycleFactory(draft=True), PersonFactory()
    SelectionFactory(cycle=CycleFactory(draft=True), person=person, is_in=False)

    assert set(eligible(cycle, ON)) == {person}


def test_nobody_is_chosen_by_name_who_does_not_work_here():
    cycle, former = CycleFactory(draft=True), PersonFactory(left_on=date(2025, 1, 1))
    SelectionFactory(cycle=cycle, person=former, is_in=True)

    assert not eligible(cycle, ON).exists()
    assert why(cycle, former) == LeftOut.NOT_EMPLOYED


def test_everyone_who_works_here_is_in_or_has_a_reason_not_to_be():
    cycle = CycleFactory(draft=True, countries=["Kenya"], hired_before=date(2026, 7, 1))
    cycle.units.add(unit := UnitFactory())
    for where in (unit, UnitFactory(), None):
        for country in ("Kenya", "Peru"):
            for hired_on in (date(2020, 1, 1), date(2026, 8, 1)):
                PersonFactory(unit=where, country=country, hired_on=hired_on)

    assert eligible(cycle, ON).count() == 1
    assert who_is_left_out(cycle, ON).count() == 11


def test_a_manager_who_has_left_is_no_manager():
    cycle = CycleFactory(draft=True)
    gone = PersonFactory(left_on=date(2026, 1, 1))
    top = PersonFactory(given_name="Top")
    orphan = PersonFactory(manager=gone)
    led = PersonFactory(manager=top)

    assert set(without_manager(cycle, ON)) == {top, orphan}
    assert led not in without_manager(cycle, ON)


def test_a_matrix_manager_does_not_review():
    cycle, lead, person = CycleFactory(draft=True), PersonFactory(), PersonFactory()
    ReportingLineFactory(person=person, manager=lead, kind="matrix")

    assert person in without_manager(cycle, ON)


def test_a_chosen_reviewer_settles_it():
    cycle, top, reviewer = CycleFactory(draft=True), PersonFactory(), PersonFactory()
    ChosenReviewer.objects.create(cycle=cycle, person=top, reviewer=reviewer)

    assert set(without_manager(cycle, ON)) == {reviewer}


def test_a_chosen_reviewer_who_has_left_settles_nothing():
    cycle, top = CycleFactory(draft=True), PersonFactory()
    gone = PersonFactory(left_on=date(2026, 1, 1))
    ChosenReviewer.objects.create(cycle=cycle, person=top, reviewer=gone)

    assert set(without_manager(cycle, ON)) == {top}
