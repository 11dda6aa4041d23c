import pytest

from evenhand.development import policies
from evenhand.development.kinds import Side
from evenhand.kernel.acting import Role
from tests.factories.access import acting, standing_in, with_role
from tests.factories.development import agreed, begun, proposed
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia():
    return PersonFactory(manager=PersonFactory())


@pytest.fixture
def ben(mia):
    return PersonFactory(manager=mia)


def test_there_are_two_sides(ben, mia):
    above = acting(mia.lines_to_managers.get().manager)

    assert policies.side_of(acting(ben), ben.pk) == Side.PERSON
    assert policies.side_of(acting(mia), ben.pk) == Side.MANAGER
    assert policies.side_of(above, ben.pk) == Side.MANAGER
    assert policies.side_of(standing_in(mia, PersonFactory()), ben.pk) == Side.MANAGER
    for nobody in (standing_in(mia, ben), standing_in(ben, mia), with_role(Role.SPECIALIST)):
        assert policies.side_of(nobody, ben.pk) is None


def test_specialists_and_hr_partners_read_and_change_nothing(ben, mia):
    plan = agreed(ben, mia)
    for role in (Role.SPECIALIST, Role.HR_PARTNER):
        actor = with_role(role)
        assert policies.visible_plans(actor).exists()
        for ask in (
            policies.may_write,
            policies.may_propose,
            policies.may_agree,
            policies.may_send_back,
            policies.may_close,
            policies.may_follow,
        ):
            assert ask(actor, plan).code == "not_a_side"


def test_what_can_be_done_follows_the_state(ben, mia):
    draft, other = begun(ben, by=ben), PersonFactory(manager=mia)
    waiting = proposed(other, by=mia)

    assert policies.may_propose(acting(ben), draft)
    assert policies.may_propose(acting(mia), draft).code == "not_the_author"
    assert policies.may_follow(acting(ben), draft).code == "not_agreed"
    assert policies.may_agree(acting(other), waiting)
    assert policies.may_agree(acting(mia), waiting).code == "you_proposed"
    assert policies.may_send_back(acting(mia), waiting)
    assert policies.may_propose(acting(mia), waiting).code == "being_decided"


def test_of_an_agreed_plan_nothing_is_proposed_before_it_is_written(ben, mia):
    plan = agreed(ben, mia)

    assert policies.may_write(acting(ben), plan)
    assert policies.may_propose(acting(ben), plan).code == "nothing_written"
    assert policies.may_agree(acting(ben), plan).code == "nothing_proposed"
