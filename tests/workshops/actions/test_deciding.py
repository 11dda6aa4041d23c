import pytest

from evenhand.competencies.actions import publish_version
from evenhand.competencies.models import Anchor, CompetencyVersion
from evenhand.competencies.publishing import Beginning
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.workshops.actions import deciding
from evenhand.workshops.kinds import Stage
from evenhand.workshops.models import AnchorSource, Decision
from evenhand.workshops.results import result_of
from tests.factories.access import TODAY, with_role
from tests.factories.workshops import WorkshopFactory, grade, place
from tests.workshops.actions import AT

pytestmark = pytest.mark.django_db
TEXT = "Reads the order back line by line before it is sent."


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


def scaled(values=(4, 4, 4), votes="AAA"):
    workshop = WorkshopFactory(stage=Stage.SCALED, sorters=len(values), incidents=1)
    incident = workshop.incidents.get()
    place(incident, votes)
    grade(incident, values)
    return incident


def in_writing(incident):
    return CompetencyVersion.objects.get(competency=incident.competency, published_at=None)


def test_an_incident_is_kept_against_the_rule_with_a_reason(by):
    incident = scaled((1, 3, 5))
    assert not result_of(incident).is_kept
    for _time in range(2):
        deciding.decide_incident(incident, is_kept=True, reason=" All agree now. ", by=by, at=AT)

    result = result_of(incident)
    assert result.is_kept
    assert result.is_against_rule
    assert Decision.objects.get().reason == "All agree now."


def test_a_decision_is_replaced_by_a_later_one_and_stays_on_record(by):
    incident = scaled()
    for is_kept in (False, True):
        deciding.decide_incident(incident, is_kept=is_kept, reason="Looked again.", by=by, at=AT)

    assert result_of(incident).is_kept
    assert [made.is_kept for made in result_of(incident).decisions] == [False, True]


def test_a_decision_needs_a_reason(by):
    with pytest.raises(Refused, match="reason_missing"):
        deciding.decide_incident(scaled(), is_kept=True, reason=" ", by=by, at=AT)


def test_nothing_is_decided_while_votes_are_hidden(by):
    workshop = WorkshopFactory(stage=Stage.SORTING, incidents=1)
    with pytest.raises(Refused, match="not_now"):
        deciding.decide_incident(workshop.incidents.get(), is_kept=True, reason="x", by=by, at=AT)


def test_what_was_kept_after_sorting_is_asked_again_about_its_levels(by):
    workshop = WorkshopFactory(stage=Stage.SORTED, sorters=4, incidents=1)
    incident = workshop.incidents.get()
    place(incident, "AABB")
    deciding.decide_incident(incident, is_kept=True, reason="Both fit.", by=by, at=AT)
    workshop.incidents.update(is_scaled=True)
    type(workshop).objects.update(stage=Stage.SCALED, scaling_closed_at=AT, sorting_closed_at=AT)
    grade(incident, (1, 2, 4, 5))

    incident.refresh_from_db()
    assert not result_of(type(incident).objects.get()).is_kept


def test_an_anchor_goes_into_the_version_in_writing_and_knows_its_incident(by):
    incident = scaled()
    made = deciding.write_anchor(incident, 4, f"  {TEXT} ", by=by, at=AT)

    version = in_writing(incident)
    there = Anchor.objects.filter(level__version=version, level__value=4, text=TEXT)
    assert there.count() == 1
    assert (made.incident, made.version_number) == (incident, version.number)


def test_sent_twice_an_anchor_stands_once(by):
    incident = scaled()
    deciding.write_anchor(incident, 4, TEXT, by=by, at=AT)
    with pytest.raises(Refused, match="already_there"):
        deciding.write_anchor(incident, 4, TEXT, by=by, at=AT)

    assert AnchorSource.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [(" ", 3, "words_missing"), ("x" * 401, 3, "words_too_long"), (TEXT, 9, "no_such_level")],
)
def test_an_anchor_has_words_and_a_level(by, text, level, code):
    with pytest.raises(Refused, match=code):
        deciding.write_anchor(scaled(), level, text, by=by, at=AT)


def test_what_is_not_kept_makes_no_anchor(by):
    with pytest.raises(Refused, match="not_kept"):
        deciding.write_anchor(scaled((1, 3, 5)), 3, TEXT, by=by, at=AT)


def test_what_was_not_scaled_makes_no_anchor_and_is_not_kept(by):
    incident = scaled()
    type(incident).objects.update(is_scaled=False)
    with pytest.raises(Refused, match="not_scaled"):
        deciding.write_anchor(incident, 3, TEXT, by=by, at=AT)
    with pytest.raises(Refused, match="not_scaled"):
        deciding.decide_incident(incident, is_kept=True, reason="x", by=by, at=AT)


def test_an_anchor_is_taken_out_while_its_version_is_in_writing(by):
    incident = scaled()
    made = deciding.write_anchor(incident, 4, TEXT, by=by, at=AT)
    for _time in range(2):
        deciding.take_out_anchor(made, by=by, at=AT)

    assert not AnchorSource.objects.exists()
    assert not Anchor.objects.filter(level__version=in_writing(incident), text=TEXT).exists()


def test_a_published_anchor_stays(by):
    incident = scaled()
    made = deciding.write_anchor(incident, 4, TEXT, by=by, at=AT)
    publish_version(in_writing(incident), Beginning(TODAY, "New anchors."), by=by, at=AT)

    with pytest.raises(Refused, match="already_published"):
        deciding.take_out_anchor(made, by=by, at=AT)
