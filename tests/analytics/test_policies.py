import pytest

from evenhand.analytics.kinds import Audience
from evenhand.analytics.policies import (
    NOT_LAUNCHED,
    NOT_THE_SPECIALIST,
    TOO_FEW_PEOPLE,
    may_audit_ratings,
    may_publish_audit,
    reads_whole_audits,
    visible_audits,
)
from evenhand.cycles.kinds import CycleState
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import ALLOWED
from tests.factories.access import RoleGrantFactory, acting, standing_in, with_role
from tests.factories.analytics import AuditPublicationFactory, RatingAuditFactory
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db
OTHERS = [Role.HR_PARTNER, Role.EXECUTIVE, Role.AUDITOR, Role.IT_ADMINISTRATOR]


def seen_by(actor):
    return {audit.audience for audit in visible_audits(actor)}


@pytest.fixture
def audits():
    return [RatingAuditFactory(audience=audience) for audience in (None, "leaders", "everybody")]


@pytest.mark.usefixtures("audits")
class TestWhoSeesAudits:
    def test_specialists_see_all(self):
        assert seen_by(with_role(Role.SPECIALIST)) == set(Audience)

    @pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.AUDITOR, Role.HR_PARTNER])
    def test_leaders_see_what_is_published_for_them(self, role):
        assert seen_by(with_role(role)) == {Audience.LEADERS, Audience.EVERYBODY}

    def test_a_specialist_of_a_unit_is_a_leader(self):
        actor = with_role(Role.SPECIALIST, UnitFactory())
        assert seen_by(actor) == {Audience.LEADERS, Audience.EVERYBODY}
        assert not reads_whole_audits(actor)

    def test_everybody_else_sees_what_is_published_for_everybody(self):
        assert seen_by(acting(PersonFactory())) == {Audience.EVERYBODY}
        assert seen_by(with_role(Role.IT_ADMINISTRATOR)) == {Audience.EVERYBODY}

    def test_nobody_reads_more_by_standing_in(self):
        principal = RoleGrantFactory(role=Role.SPECIALIST).person
        assert seen_by(standing_in(principal, PersonFactory())) == {Audience.EVERYBODY}


def test_the_last_publication_counts():
    audit = RatingAuditFactory(audience="everybody")
    AuditPublicationFactory(audit=audit, audience=Audience.SPECIALISTS)

    assert seen_by(acting(PersonFactory())) == set()


@pytest.mark.parametrize("role", OTHERS)
def test_only_specialists_audit_and_publish(role):
    actor, audit = with_role(role), RatingAuditFactory()

    assert may_audit_ratings(actor, audit.cycle) == NOT_THE_SPECIALIST
    assert may_publish_audit(actor, audit) == NOT_THE_SPECIALIST


def test_a_specialist_audits_what_was_launched():
    actor = with_role(Role.SPECIALIST)

    assert may_audit_ratings(actor, CycleFactory()) == ALLOWED
    assert may_audit_ratings(actor, CycleFactory(state=CycleState.CLOSED)) == ALLOWED
    assert may_audit_ratings(actor, CycleFactory(draft=True)) == NOT_LAUNCHED
    assert may_publish_audit(actor, RatingAuditFactory()) == ALLOWED


@pytest.mark.parametrize(("persons", "verdict"), [(9, TOO_FEW_PEOPLE), (10, ALLOWED)])
def test_a_summary_of_a_handful_of_people_is_not_opened(persons, verdict):
    audit = RatingAuditFactory(persons=persons)

    assert may_publish_audit(with_role(Role.SPECIALIST), audit) == verdict
