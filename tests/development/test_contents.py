from datetime import date

from evenhand.development.contents import ActionPart, actions_of, keyed, text_of
from evenhand.development.models import PlanVersion
from tests.factories.development import MENTORING, PRACTICE


def test_each_new_action_gets_a_key_no_other_has():
    first = keyed([MENTORING, PRACTICE], 1)
    assert [part.key for part in first] == ["1-1", "1-2"]

    again = keyed([first[1], MENTORING], 1)
    assert [part.key for part in again] == ["1-2", "1-1"]
    later = keyed([first[1], MENTORING], 2)
    assert [part.key for part in later] == ["1-2", "2-1"]


def test_actions_come_back_as_they_were_kept():
    parts = keyed([MENTORING, PRACTICE], 1)

    assert actions_of(PlanVersion(actions=text_of(parts))) == parts
    assert actions_of(PlanVersion()) == ()
    assert text_of(()) == ""


def test_what_supports_an_action_has_its_words():
    assert ActionPart("Read", "time", due_on=date(2027, 1, 1)).support_label == "Time"
