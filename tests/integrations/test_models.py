from django.utils import timezone

from evenhand.integrations.kinds import ImportState
from evenhand.integrations.models import PeopleImport, PlannedChange, PlannedProblem, SavedMapping


def test_an_import_is_open_until_it_is_applied_or_discarded():
    brought = PeopleImport(name="people.csv", uploaded_at=timezone.now())

    states = {state: PeopleImport(state=state).is_open for state in ImportState}

    assert str(brought) == "people.csv"
    assert [state for state, is_open in states.items() if not is_open] == ["applied", "discarded"]


def test_errors_are_what_its_counts_say():
    assert not PeopleImport().has_errors
    assert PeopleImport(counts={"errors": 1}).has_errors


def test_things_are_called_by_what_people_call_them():
    assert str(SavedMapping(name="Monthly")) == "Monthly"
    assert str(PlannedChange(name="Ada Lund", kind="added")) == "Ada Lund added"
    assert str(PlannedProblem(message="Please look.")) == "Please look."
