from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evenhand.assessments.kinds import PartState, Source
from evenhand.assessments.models import Assessment
from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.assessments import AssessmentFactory, PartFactory, answer, closed
from tests.factories.competencies import ModelFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia():
    return PersonFactory(given_name="Mia")


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", family_name="Subject", manager=mia)


@pytest.fixture
def assessment(ben, mia):
    return AssessmentFactory(subject=ben, manager=mia)


@pytest.fixture
def sign_in(client):
    def sign_in(person):
        client.force_login(AccountFactory(person=person))
        return client

    return sign_in


def specialist():
    person = PersonFactory()
    RoleGrantFactory(person=person, role=Role.SPECIALIST)
    return person


def address(name, *args):
    return reverse(f"assessments:{name}", args=args)


def text(answered):
    return " ".join(answered.content.decode().split())


def due():
    return str(timezone.localdate() + timedelta(days=14))


def said(part, level="3"):
    return {f"level-{asked.pk}": level for asked in part.assessment.competencies.all()}


def test_an_empty_page_says_what_would_fill_it(sign_in):
    page = text(sign_in(PersonFactory()).get(reverse("assessments")))

    assert "Nothing waits for you" in page
    assert "You have not been assessed yet" in page
    assert "Open an assessment" not in page


def test_what_waits_and_where_one_stands_are_listed(sign_in, assessment, ben):
    page = text(sign_in(ben).get(reverse("assessments")))

    assert "How you see yourself" in page
    assert address("assessment", assessment.pk) in page


def test_a_manager_opens_an_assessment_of_somebody_found_by_name(sign_in, ben, mia):
    ModelFactory()
    client = sign_in(mia)
    assert "Ben Subject" in text(client.get(address("new"), {"q": "ben"}))
    client.post(address("new"), {"person": ben.pk, "due_on": due()})

    assert Assessment.objects.get().subject == ben


def test_without_a_day_the_form_says_what_is_missing(sign_in, ben, mia):
    answered = sign_in(mia).post(address("new"), {"person": ben.pk, "due_on": ""})

    assert answered.status_code == 422
    assert not Assessment.objects.exists()


def test_a_manager_opens_for_the_team_and_hears_what_could_not_be(sign_in, assessment, mia):
    PersonFactory(manager=mia)
    answered = sign_in(mia).post(address("team_opening"), {"due_on": due()}, follow=True)

    assert "One person is asked now. An assessment was open already: 1." in text(answered)


def test_the_specialist_opens_for_a_unit_as_a_job(sign_in, ben):
    unit = ben.positions.get().unit
    answered = sign_in(specialist()).post(
        address("unit_opening"), {"unit": unit.pk, "due_on": due()}
    )

    assert answered.status_code == 302
    assert answered.url.startswith("/jobs/")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source.SELF, "Until you submit it, nobody reads it."),
        (Source.MANAGER, "The person reads your levels and examples, with your name"),
        (Source.OTHER, "Nobody but you ever reads what you answer as yours"),
    ],
)
def test_before_writing_one_is_told_who_will_see_what(sign_in, assessment, source, words):
    PartFactory(assessment=assessment)
    part = assessment.parts.get(source=source)
    page = text(sign_in(part.assessor).get(address("part", part.pk)))

    assert words in page
    assert "level expected: 3" in page
    assert ("I would rather not answer" in page) == (source == Source.OTHER)


def test_what_is_typed_is_saved_and_the_next_save_goes_on_from_there(sign_in, assessment, ben):
    part = assessment.parts.get(source=Source.SELF)
    first = assessment.competencies.first()
    client, htmx = sign_in(ben), {"HX-Request": "true"}
    words = {f"level-{first.pk}": "x", f"example-{first.pk}": "Hm.", "revision": "0"}
    answered = client.post(address("observations", part.pk), words, headers=htmx)

    assert 'name="revision" value="1"' in text(answered)
    assert "2 competencies have no answer yet." in text(answered)
    kept = part.observations.get(asked=first)
    assert (kept.level, kept.cannot_say, kept.example) == (None, True, "Hm.")
    late = client.post(address("observations", part.pk), said(part) | {"revision": "0"})
    assert late.status_code == 409


def test_a_part_is_handed_in_with_what_the_form_says(sign_in, assessment, ben):
    part = assessment.parts.get(source=Source.SELF)
    answered = sign_in(ben).post(
        address("submission", part.pk), said(part) | {"revision": "0"}, follow=True
    )

    part.refresh_from_db()
    assert part.is_submitted
    assert "Submitted. Thank you." in text(answered)


def test_a_part_with_gaps_comes_back_with_its_form_and_all_that_was_said(sign_in, assessment, ben):
    part = assessment.parts.get(source=Source.SELF)
    first = assessment.competencies.first()
    words = {f"level-{first.pk}": "4", "revision": "0"}
    answered = sign_in(ben).post(address("submission", part.pk), words)

    assert answered.status_code == 422
    assert "2 competencies have no answer yet. Choose a level" in text(answered)
    assert part.observations.get(asked=first).level == 4


def test_a_submitted_part_is_reopened_with_a_reason(sign_in, assessment, ben):
    part = answer(assessment, ben, [3, 3, 3])
    client = sign_in(ben)
    assert client.post(address("reopening", part.pk), {"reason": ""}).status_code == 422
    client.post(address("reopening", part.pk), {"reason": "I mixed two up."})

    part.refresh_from_db()
    assert (part.state, part.reopened_because) == (PartState.BEGUN, "I mixed two up.")


def test_one_of_the_others_may_rather_not_answer(sign_in, assessment):
    part = PartFactory(assessment=assessment)
    answered = sign_in(part.assessor).post(address("refusal", part.pk), follow=True)

    part.refresh_from_db()
    assert part.state == PartState.DECLINED
    assert "Nobody will ask you why." in text(answered)


def test_a_part_after_closing_is_refused_kindly_and_can_still_be_read(sign_in, assessment, ben):
    part = assessment.parts.get(source=Source.SELF)
    closed(assessment)
    client = sign_in(ben)
    answered = client.post(address("observations", part.pk), said(part) | {"revision": "0"})

    assert answered.status_code == 409
    assert "your words are kept for you" in text(client.get(address("part", part.pk)))


def test_others_are_asked_by_the_manager_and_proposed_by_the_person(sign_in, assessment, ben, mia):
    first, second = PersonFactory.create_batch(2)
    sign_in(ben).post(address("others", assessment.pk), {"person": first.pk})
    proposed = assessment.parts.get(assessor=first)
    assert proposed.state == PartState.PROPOSED

    client = sign_in(mia)
    client.post(address("others", assessment.pk), {"person": second.pk})
    client.post(address("proposal", assessment.pk, proposed.pk), {"decision": "ask"})
    page = text(client.get(address("others", assessment.pk)))
    assert first.name in page
    assert second.name in page
    assert set(assessment.parts.values_list("state", flat=True)) == {PartState.ASKED}


def test_a_proposal_can_be_left_out(sign_in, assessment, mia):
    proposed = PartFactory(assessment=assessment, state=PartState.PROPOSED)
    decision = {"decision": "leave_out"}
    sign_in(mia).post(address("proposal", assessment.pk, proposed.pk), decision)

    proposed.refresh_from_db()
    assert proposed.state == PartState.LEFT_OUT


def test_the_result_shows_each_source_beside_what_is_expected(sign_in, assessment, ben, mia):
    answer(assessment, ben, [3, 3, None], examples=["I led it."])
    answer(assessment, mia, [2, 3, None])
    for _ in range(3):
        answer(assessment, PersonFactory(), [5, 3, 4])
    sign_in(mia).post(address("closing", assessment.pk))
    page = text(sign_in(ben).get(address("assessment", assessment.pk)))

    assert "4.5 or more" in page
    assert "I led it." in page
    assert "hypothesis" in page
    assert "How this is worked out" in page


def test_while_it_is_open_nothing_of_others_is_shown(sign_in, assessment, ben):
    for _ in range(3):
        answer(assessment, PersonFactory(), [5, 5, 5])
    page = text(sign_in(ben).get(address("assessment", assessment.pk)))

    assert "This assessment is open." in page
    assert "or more" not in page
    assert "Nothing has been rated that you can read yet." in page


def test_who_reads_by_role_is_put_on_record(sign_in, assessment, ben):
    sign_in(ben).get(address("assessment", assessment.pk))
    assert not Entry.objects.exists()

    sign_in(specialist()).get(address("assessment", assessment.pk))
    assert Entry.objects.get().code == "assessment.read"


def test_a_team_is_seen_by_competency(sign_in, assessment, ben, mia):
    answer(assessment, ben, [2, 3, None])
    closed(assessment)
    page = text(sign_in(mia).get(address("team")))

    assert "1.0 below" in page
    assert "1.0 above" in page
    assert "not rated" in page


def test_a_kind_of_job_tells_nothing_of_too_few(sign_in, assessment, ben):
    answer(assessment, ben, [2, 3, None])
    closed(assessment)
    client = sign_in(specialist())

    assert "Engineer" in text(client.get(address("jobs")))
    page = text(client.get(address("job", assessment.model_version.model_id)))
    assert "too few people (fewer than 5)" in page
