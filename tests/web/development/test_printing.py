import pytest

from evenhand.development.actions import write_note
from evenhand.web.development.printing import printed
from tests.factories.access import TODAY, acting
from tests.factories.development import MENTORING, NOW, agreed, begun
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_what_stands_is_printed_with_what_was_said():
    mia = PersonFactory()
    ben = PersonFactory(manager=mia)
    plan = agreed(ben, mia)
    write_note(plan, "It goes well.", on=TODAY, by=acting(mia), at=NOW)
    page = printed(acting(ben), plan)

    for words in (
        MENTORING.what,
        "Listens well.",
        "I want this.",
        "It goes well.",
        "Confidential.",
    ):
        assert words in page


def test_a_draft_is_printed_for_its_author():
    ben = PersonFactory()

    assert MENTORING.what in printed(acting(ben), begun(ben, by=ben))
