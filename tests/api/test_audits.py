import pytest

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from tests.factories.access import RoleGrantFactory
from tests.factories.analytics import NUMBERS, RatingAuditFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def holder(role):
    return RoleGrantFactory(role=role).person


def test_the_specialist_reads_all_numbers_of_an_audit(machine):
    audit = RatingAuditFactory(cycle__name="2026")

    said = machine(holder(Role.SPECIALIST), Role.SPECIALIST).get(f"/api/v1/audits/{audit.pk}")

    assert said.json()["numbers"] == NUMBERS
    assert (said.json()["cycle_name"], said.json()["is_summary"]) == ("2026", False)


def test_whoever_takes_the_numbers_of_an_audit_is_on_record(machine):
    audit, reader = RatingAuditFactory(), holder(Role.SPECIALIST)
    client = machine(reader, Role.SPECIALIST)

    client.get(f"/api/v1/audits/{audit.pk}")
    machine(holder(Role.EXECUTIVE), Role.EXECUTIVE).get(f"/api/v1/audits/{audit.pk}")

    (entry,) = Entry.objects.filter(code="rating_audit.taken")
    assert entry.by_id == reader.pk


def test_an_executive_reads_the_published_summary_without_raters(machine):
    audit = RatingAuditFactory(audience="leaders")
    hidden = RatingAuditFactory()
    client = machine(holder(Role.EXECUTIVE), Role.EXECUTIVE)

    said = client.get(f"/api/v1/audits/{audit.pk}").json()

    assert said["is_summary"]
    assert said["numbers"]["raters_detail"] == []
    assert said["numbers"]["groups"] == NUMBERS["groups"]
    assert client.get(f"/api/v1/audits/{hidden.pk}").status_code == 404


def test_a_program_in_no_role_reads_what_everybody_reads(machine):
    RatingAuditFactory()
    RatingAuditFactory(audience="leaders")
    opened = RatingAuditFactory(audience="everybody")

    said = machine(holder(Role.SPECIALIST)).get("/api/v1/audits/").json()

    assert [(one["id"], one["audience"]) for one in said["items"]] == [(opened.pk, "everybody")]


def test_a_list_comes_in_pages_without_the_texts(machine, django_assert_max_num_queries):
    audits = [RatingAuditFactory(audience="everybody") for _ in range(3)]
    client = machine(PersonFactory())

    first = client.get("/api/v1/audits/?limit=2").json()
    with django_assert_max_num_queries(12):
        rest = client.get(f"/api/v1/audits/?limit=2&cursor={first['next_cursor']}").json()

    found = [one["id"] for one in (*first["items"], *rest["items"])]
    assert found == [audit.pk for audit in audits]
    assert "numbers" not in first["items"][0]
