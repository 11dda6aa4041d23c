from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from evenhand.goals import sources
from evenhand.goals.kinds import Scope
from evenhand.goals.models import DataSource, UnitPart
from evenhand.goals.policies import may_check_in
from evenhand.goals.sources import (
    goals_to_feed,
    may_keep_source,
    may_make_source,
    may_revoke_source,
    own_sources,
    source_with_token,
    visible_sources,
)
from evenhand.kernel.acting import Role
from evenhand.people.models import Employment
from tests.factories.access import RoleGrantFactory, acting, standing_in, with_role
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.sources import DataSourceFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_one_sees_ones_own_sources_and_those_who_revoke_see_all():
    mine, other = DataSourceFactory(), DataSourceFactory()
    me = acting(mine.owner)

    assert list(visible_sources(me)) == [mine]
    for role in (Role.SPECIALIST, Role.IT_ADMINISTRATOR):
        assert set(visible_sources(with_role(role))) == {mine, other}
        assert not own_sources(with_role(role)).exists()
    assert not visible_sources(with_role(Role.AUDITOR)).exists()
    assert list(own_sources(me)) == [mine]


def test_a_delegate_sees_and_keeps_none():
    source = DataSourceFactory()
    delegate = standing_in(source.owner, PersonFactory())

    assert not visible_sources(delegate).exists()
    assert not goals_to_feed(delegate).exists()
    for verdict in (
        may_make_source(delegate),
        may_keep_source(delegate, source),
        may_revoke_source(delegate, source),
    ):
        assert verdict is sources.NOT_WHILE_ACTING_FOR_ANOTHER


def test_the_owner_keeps_a_source_until_it_is_revoked():
    source = DataSourceFactory()

    assert may_keep_source(acting(source.owner), source)
    assert may_keep_source(with_role(Role.SPECIALIST), source) is sources.NOT_YOUR_SOURCE
    source.revoked_at = NOW
    assert may_keep_source(acting(source.owner), source) is sources.SOURCE_ENDED


def test_a_source_is_revoked_by_its_owner_and_in_a_hurry_by_others():
    source = DataSourceFactory()

    assert may_revoke_source(acting(source.owner), source)
    assert may_revoke_source(with_role(Role.IT_ADMINISTRATOR), source)
    assert may_revoke_source(acting(PersonFactory()), source) is sources.NOT_YOUR_SOURCE


def test_one_feeds_the_goals_whose_progress_one_may_tell():
    sales = UnitFactory(name="Sales")
    above = PersonFactory(unit=sales)
    manager = PersonFactory(unit=sales, manager=above)
    owner = PersonFactory(unit=sales, manager=manager)
    helper, responsible = PersonFactory(), PersonFactory()
    goal = GoalFactory(owner=owner, co_owners=[helper], scope=Scope.SHARED)
    GoalFactory()
    UnitPart.objects.create(goal=goal, unit=sales, responsible=responsible)
    actors = [acting(p) for p in (owner, helper, manager, responsible, above, PersonFactory())]
    own_specialist = RoleGrantFactory(person=owner).person
    actors += [
        acting(own_specialist),
        with_role(Role.SPECIALIST),
        with_role(Role.HR_PARTNER, sales),
    ]

    for actor in actors:
        may = bool(may_check_in(actor, goal))
        assert goals_to_feed(actor).filter(pk=goal.pk).exists() == may, actor.name


def test_the_token_opens_for_its_owner_with_todays_roles():
    source = DataSourceFactory(secret="evs_right")
    RoleGrantFactory(person=source.owner)

    found, actor = source_with_token("evs_right", at=NOW)

    assert found == source
    assert actor.person_id == source.owner_id
    assert actor.holds(Role.SPECIALIST)


def test_a_token_that_is_wrong_revoked_too_old_or_of_somebody_who_left_opens_nothing():
    source = DataSourceFactory(secret="evs_right")

    assert source_with_token("evs_wrong", at=NOW) is None
    assert source_with_token("evs_right", at=source.expires_at) is None
    DataSource.objects.update(revoked_at=NOW)
    assert source_with_token("evs_right", at=NOW) is None
    DataSource.objects.update(revoked_at=None)
    Employment.objects.filter(person=source.owner).update(ends_on=date(2026, 11, 1))
    assert source_with_token("evs_right", at=NOW) is None
    Employment.objects.create(person=source.owner, starts_on=date(2026, 11, 15))
    assert source_with_token("evs_right", at=NOW) is None


def test_who_acts_for_another_is_told_so():
    actor = acting(PersonFactory())

    assert may_make_source(actor)
    assert not may_make_source(replace(actor, delegate_id=1, delegate_name="Dora"))
