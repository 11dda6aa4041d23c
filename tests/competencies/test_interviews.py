from datetime import date

import pytest

from evenhand.competencies.interviews import guide_of
from tests.factories.competencies import ModelFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def test_a_guide_names_the_jobs_and_asks_what_the_model_asks():
    version = ModelFactory(title="Welder", job_family="Manufacturing", grades=["2", "3"])

    guide = guide_of(version, TODAY)

    assert guide.jobs == "Welder · Manufacturing · grade 2, 3"
    assert [row.name for row in guide.rows] == ["Listening", "Writing", "Planning"]
    assert list(guide.cards) == [1, 2]


def test_a_guide_for_every_job_names_none():
    assert guide_of(ModelFactory(), TODAY).jobs == ""


@pytest.mark.parametrize(("asked", "cards"), [(0, 1), (1, 1), (6, 6), (99, 6)])
def test_there_is_a_card_for_each_of_one_to_six_interviewers(asked, cards):
    assert len(guide_of(ModelFactory(), TODAY, interviewers=asked).cards) == cards
