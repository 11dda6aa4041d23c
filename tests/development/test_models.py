import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from evenhand.development.actions import write_note
from evenhand.development.models import DevelopmentAction, DevelopmentPlan, PlanNote
from tests.factories.access import TODAY, acting
from tests.factories.development import NOW, agreed, begun
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia():
    return PersonFactory()


@pytest.fixture
def ben(mia):
    return PersonFactory(manager=mia, given_name="Ben", family_name="Subject")


def refused(what):
    with pytest.raises(IntegrityError), transaction.atomic():
        what()


def test_one_plan_of_a_person_is_under_way(ben, mia):
    agreed(ben, mia)
    about = {"person": ben, "created_at": NOW}

    refused(lambda: DevelopmentPlan.objects.create(**about, state="proposed"))
    assert DevelopmentPlan.objects.create(**about).pk


def test_a_plan_has_a_date_exactly_when_it_is_closed(ben, mia):
    plan = agreed(ben, mia)
    plan.closed_at = NOW
    refused(plan.save)


def test_one_version_is_open_and_ends_after_it_starts(ben):
    version = begun(ben, by=ben).versions.get()
    version.pk, version.number = None, 2
    refused(version.save)
    version = begun_again(ben)
    version.due_on = version.starts_on.replace(year=2000)
    refused(version.save)


def begun_again(ben):
    return DevelopmentPlan.objects.get(person=ben).versions.get()


def test_a_dropped_action_has_a_reason(ben, mia):
    action = agreed(ben, mia).actions_agreed.get()
    action.state = "dropped"
    refused(action.save)


def test_words_are_sealed_and_what_was_said_is_never_changed(ben, mia):
    plan = agreed(ben, mia)
    note = write_note(plan, "It goes well.", on=TODAY, by=acting(ben), at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT strengths, needs, actions FROM development_planversion")
        kept = " ".join(cursor.fetchone())
    assert "Listens" not in kept
    assert "mentor" not in kept
    assert "Ada" not in kept

    for said, words in ((note, "text"), (plan.versions.get().agreements.first(), "sentence")):
        setattr(said, words, "Something else.")
        with pytest.raises(DatabaseError), transaction.atomic():
            said.save()


def test_they_say_what_they_are(ben, mia):
    plan = agreed(ben, mia)

    assert str(plan) == "Development plan of Ben Subject"
    assert str(plan.versions.get()) == "Development plan of Ben Subject, version 1"
    assert str(plan.versions.get().agreements.first()).startswith("Agreement ")
    assert str(DevelopmentAction.objects.get()).endswith(f"of plan {plan.pk}")
    assert str(PlanNote(pk=3, plan=plan)) == f"Note 3 of plan {plan.pk}"
