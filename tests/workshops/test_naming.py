import pytest
from django.utils import timezone

from evenhand.workshops.naming import competencies_of, offered
from tests.factories.competencies import CompetencyFactory, CompetencyVersionFactory
from tests.factories.workshops import WorkshopFactory

pytestmark = pytest.mark.django_db


def test_competencies_are_named_as_last_published_or_else_as_being_written():
    published = CompetencyFactory(name="Listening")
    CompetencyVersionFactory(competency=published, in_writing=True, number=2, name="Hearing")
    in_writing = CompetencyVersionFactory(in_writing=True, name="Asking").competency
    workshop = WorkshopFactory(competencies=[published, in_writing])

    assert [row.name for row in competencies_of(workshop)] == ["Asking", "Listening"]


def test_retired_competencies_are_not_offered():
    CompetencyFactory(name="Old", retired_at=timezone.now())
    CompetencyFactory(name="New")

    assert [row.name for row in offered()] == ["New"]
