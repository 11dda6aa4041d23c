from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from evenhand.kernel.acting import Role
from evenhand.kernel.periods import FOREVER
from evenhand.sample.inventing import SMALLEST, invent
from evenhand.sample.organization import Storey
from tests.sample.seeds import seeded

TODAY = date(2026, 11, 22)


def invented(people, seed=2026, today=TODAY):
    return invent(people, rng=seeded(seed), today=today)


def spans(organization):
    reports = Counter(p.manager_on(organization.today) for p in organization.present())
    del reports[None]
    return reports


def test_the_same_seed_invents_the_same_organization():
    assert invented(60) == invented(60)
    assert invented(60) != invented(60, seed=7)


@pytest.mark.parametrize("size", [SMALLEST, 21, 33, 60, 150, 700])
def test_an_organization_has_exactly_as_many_people_as_asked_for(size):
    assert len(invented(size).people) == size


def test_too_small_an_organization_is_refused():
    with pytest.raises(ValueError, match="at least"):
        invented(SMALLEST - 1)


@pytest.mark.parametrize("size", [SMALLEST, 45, 300])
def test_units_stand_four_deep_and_three_countries_take_part(size):
    organization = invented(size)

    assert {unit.storey for unit in organization.units} == set(Storey)
    assert max(len(organization.path_of(unit.key)) for unit in organization.units) == 4
    assert len({p.posts[-1].country for p in organization.people}) == 3


def test_no_two_units_under_the_same_roof_share_a_name(organization):
    names = Counter((unit.parent, unit.name) for unit in organization.units)

    assert names.most_common(1)[0][1] == 1
    assert len({unit.code for unit in organization.units}) == len(organization.units)


def test_numbers_and_addresses_belong_to_one_person_each():
    people = invented(2_000).people

    assert len({p.number for p in people}) == len(people)
    assert len({p.email for p in people}) == len(people)
    assert all(p.email.isascii() and p.email.endswith("@lindenmoor.example") for p in people)


@pytest.mark.parametrize(("size", "seed"), [(SMALLEST, 1), (90, 2), (300, 3), (1_500, 4)])
def test_everybody_but_the_chief_has_one_manager_on_every_day_of_work(size, seed):
    organization = invented(size, seed)

    for person in organization.people[1:]:
        for employment in person.employments:
            lines = [x for x in person.managers if employment.starts_on <= x.starts_on]
            lines = [x for x in lines if x.starts_on < employment.ends_on]
            assert lines[0].starts_on == employment.starts_on
            assert lines[-1].ends_on == employment.ends_on
            assert all(one.ends_on == other.starts_on for one, other in pairwise(lines))
    assert organization.people[0].managers == ()


@pytest.mark.parametrize(("size", "seed"), [(SMALLEST, 1), (90, 2), (300, 3), (1_500, 4)])
def test_managers_work_here_while_they_manage_and_nobody_stands_above_themself(size, seed):
    organization = invented(size, seed)

    for person in organization.people:
        for line in person.managers + person.matrix_managers:
            manager = organization.people[line.manager]
            assert manager.works_on(line.starts_on)
            assert line.ends_on <= (manager.left_on or FOREVER)
    for day in (TODAY, TODAY - timedelta(days=400), TODAY - timedelta(days=2_000)):
        for person in organization.present():
            assert reaches_the_top(organization, person.key, day)


def reaches_the_top(organization, key, day):
    for _step in range(12):
        manager = organization.people[key].manager_on(day)
        if manager is None:
            return True
        key = manager
    return False


def test_posts_follow_one_another_and_grades_never_fall(organization):
    for person in organization.people:
        assert person.posts[0].starts_on == person.employments[0].starts_on
        assert person.posts[-1].ends_on == person.employments[-1].ends_on
        assert all(one.ends_on <= other.starts_on for one, other in pairwise(person.posts))
        assert all(one.grade <= other.grade for one, other in pairwise(person.posts))


def test_most_managers_have_four_to_twelve_reports_some_one_and_some_far_more():
    counts = Counter(spans(invented(1_000)).values())

    usual = sum(count for span, count in counts.items() if 4 <= span <= 12)
    assert usual > 0.8 * sum(counts.values())
    assert counts[1] > 0
    assert max(counts) >= 18


def test_the_usual_demonstration_has_a_crowded_and_a_tiny_team(organization):
    assert max(spans(organization).values()) >= 18
    assert min(spans(organization).values()) == 1


def test_people_leave_return_are_away_arrive_and_work_for_two(organization):
    people = organization.people
    present = list(organization.present())

    assert sum(p.left_on is not None for p in people) == 24
    assert any(len(p.employments) > 1 for p in people)
    assert any(p.is_away_on(TODAY) for p in present)
    assert any(TODAY - p.hired_on < timedelta(days=40) for p in present)
    assert any(p.matrix_managers for p in present)
    assert sum(len(p.managers) > 1 for p in present) > 50
    assert any(len(p.posts) > 2 for p in present)


def test_somebody_changed_managers_in_the_last_weeks(organization):
    weeks_ago = TODAY - timedelta(days=35)

    assert any(
        line.starts_on > weeks_ago and len(p.managers) > 1
        for p in organization.present()
        for line in p.managers[1:]
    )


def test_protected_facts_are_complete_and_believable(organization):
    for person in organization.people:
        facts = person.protected
        assert facts.sex in {"Female", "Male", "Diverse"}
        assert 16 <= (person.employments[0].starts_on - facts.born_on).days / 365.25 < 67
        assert not facts.race or person.posts[-1].country == "United States"


@pytest.mark.parametrize("size", [SMALLEST, 40, 300])
def test_eight_different_people_can_be_tried_and_all_have_been_here_for_years(size):
    organization = invented(size)
    cast = [organization.people[s.person] for s in organization.sign_ins]

    assert len({person.key for person in cast}) == 8
    assert all(TODAY - person.hired_on > timedelta(days=4 * 365) for person in cast)
    assert {s.role for s in organization.sign_ins} == {None, *Role}


@pytest.mark.parametrize("size", [SMALLEST, 40, 300])
def test_the_employee_reports_to_the_manager_who_reports_to_the_second_level(size):
    organization = invented(size)
    employee, manager, second, *_others = (s.person for s in organization.sign_ins)

    assert organization.people[employee].manager_on(TODAY) == manager
    assert organization.people[manager].manager_on(TODAY) == second
    assert organization.people[second].manager_on(TODAY) is not None
    assert len(organization.reports_of(manager, TODAY)) >= 3


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2028, 2, 29), date(2027, 12, 31)])
def test_any_day_will_do(day):
    assert len(invented(60, today=day).people) == 60
