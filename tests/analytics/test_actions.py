from datetime import UTC, datetime

import pytest

from evenhand.analytics.actions import ask_for_audit, publish_audit
from evenhand.analytics.audit.ratings import Choices
from evenhand.analytics.kinds import Audience
from evenhand.analytics.models import AuditPublication
from evenhand.analytics.policies import AUDIT_UNDER_WAY, NOT_THE_SPECIALIST, TOO_FEW_HIDDEN
from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import with_role
from tests.factories.analytics import RatingAuditFactory
from tests.factories.cycles import CycleFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


def refusal_of(action, *things, **how):
    with pytest.raises(Refused) as refused:
        action(*things, at=AT, **how)
    return refused.value.verdict


def test_an_audit_is_asked_for_as_a_job_and_on_record(specialist):
    cycle = CycleFactory(name="2026")

    job = ask_for_audit(cycle, by=specialist, at=AT, choices=Choices(k=10))

    assert job.title == "Audit of the ratings of 2026"
    assert job.arguments["choices"]["k"] == 10
    assert Entry.objects.filter(code="rating_audit.asked", about_id=cycle.pk).exists()


def test_one_audit_of_a_cycle_at_a_time(specialist):
    cycle = CycleFactory()
    ask_for_audit(cycle, by=specialist, at=AT)

    assert refusal_of(ask_for_audit, cycle, by=specialist) == AUDIT_UNDER_WAY
    ask_for_audit(CycleFactory(), by=specialist, at=AT)


def test_groups_of_fewer_than_five_cannot_be_asked_for(specialist):
    asked = {"by": specialist, "choices": Choices(k=4)}

    assert refusal_of(ask_for_audit, CycleFactory(), **asked) == TOO_FEW_HIDDEN


def test_others_neither_ask_nor_publish():
    executive = with_role(Role.EXECUTIVE)
    audit = RatingAuditFactory()

    assert refusal_of(ask_for_audit, audit.cycle, by=executive) == NOT_THE_SPECIALIST
    publish = {"by": executive, "audience": Audience.EVERYBODY}
    assert refusal_of(publish_audit, audit, **publish) == NOT_THE_SPECIALIST


def test_publishing_is_kept_and_can_be_taken_back(specialist):
    audit = RatingAuditFactory()

    for audience in (Audience.EVERYBODY, Audience.EVERYBODY, Audience.SPECIALISTS):
        publish_audit(audit, audience, by=specialist, at=AT)

    kept = AuditPublication.objects.order_by("pk").values_list("audience", flat=True)
    assert list(kept) == [Audience.EVERYBODY, Audience.SPECIALISTS]
    assert Entry.objects.filter(code="rating_audit.published").count() == 2


def test_what_is_for_specialists_already_need_not_be_closed(specialist):
    publish_audit(RatingAuditFactory(), Audience.SPECIALISTS, by=specialist, at=AT)

    assert not AuditPublication.objects.exists()
