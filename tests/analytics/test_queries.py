import pytest

from evenhand.analytics.kinds import Audience
from evenhand.analytics.queries import audit_under_way, audits_for, open_audit
from evenhand.analytics.storing import report_to_text
from evenhand.jobs.kinds import JobState
from evenhand.kernel.acting import Role
from tests.factories.access import acting, with_role
from tests.factories.analytics import NUMBERS, RatingAuditFactory
from tests.factories.cycles import CycleFactory
from tests.factories.jobs import JobFactory
from tests.factories.people import PersonFactory
from tests.factories.reports import RATERS, make_report

pytestmark = pytest.mark.django_db


def test_a_specialist_reads_the_whole_audit():
    stored = open_audit(with_role(Role.SPECIALIST), RatingAuditFactory())

    assert stored.report == make_report()
    assert stored.numbers == NUMBERS
    assert stored.row.is_whole


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.AUDITOR, Role.HR_PARTNER])
def test_a_leader_reads_the_summary_in_which_no_rater_is_named(role):
    stored = open_audit(with_role(role), RatingAuditFactory(audience="leaders"))

    said = report_to_text(stored.report)
    assert not any(name in said for name, *_ in RATERS)
    assert stored.numbers["raters_detail"] == []
    assert not stored.row.is_whole


def test_a_list_names_the_newest_first_and_takes_one_query(django_assert_num_queries):
    first, second = RatingAuditFactory(audience="everybody"), RatingAuditFactory()
    reader, specialist = acting(PersonFactory()), with_role(Role.SPECIALIST)

    with django_assert_num_queries(1):
        rows = audits_for(specialist)

    assert [row.pk for row in rows] == [second.pk, first.pk]
    assert [row.audience for row in rows] == [Audience.SPECIALISTS, Audience.EVERYBODY]
    assert [row.pk for row in audits_for(reader)] == [first.pk]


def test_an_audit_is_under_way_until_it_ends():
    cycle = CycleFactory()
    asked = {"kind": "analytics.audit", "arguments": {"cycle_id": cycle.pk}}
    JobFactory(state=JobState.DONE, **asked)
    assert audit_under_way(cycle) is None

    job = JobFactory(**asked)

    assert audit_under_way(cycle) == job
    assert audit_under_way(CycleFactory()) is None
