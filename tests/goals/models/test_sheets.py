import pytest
from django.db import connection

from evenhand.goals.models import GoalSheet
from tests.factories.goals import NOW
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_the_rows_of_a_sheet_lie_sealed():
    sheet = GoalSheet.objects.create(name="goals.xlsx", rows="words", by=PersonFactory(), at=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT rows FROM goals_goalsheet")
        stored = cursor.fetchone()[0]

    assert "words" not in stored
    assert GoalSheet.objects.get() == sheet
    assert GoalSheet.objects.get().rows == "words"
