import pytest

from evenhand.assessments import policies
from evenhand.assessments.kinds import PartState
from evenhand.assessments.policies import parts_to_write, people_led, visible_assessments
from evenhand.kernel.acting import Role
from tests.factories.access import acting, standing_in, with_role
from tests.factories.assessments import AssessmentFactory, PartFactory, closed
from tests.factories.people import PersonFactory, UnitFactory, company

pytestmark = pytest.mark.django_db


@pytest.fixture
def sales():
    return UnitFactory(name="Sales", parent=company())


@pytest.fixture
def mia(sales):
    return PersonFactory(unit=sales, manager=PersonFactory(unit=sales))


@pytest.fixture
def ben(sales, mia):
    return PersonFactory(unit=sales, manager=mia)


@pytest.fixture
def assessment(ben, mia):
    return AssessmentFactory(subject=ben, manager=mia)


def actors(ben, mia, sales):
    return {
        "the person": acting(ben),
        "the manager": acting(mia),
        "a delegate": standing_in(mia, PersonFactory()),
        "the person as delegate": standing_in(mia, ben),
        "HR partner": with_role(Role.HR_PARTNER, sales),
        "HR partner elsewhere": with_role(Role.HR_PARTNER, UnitFactory(parent=company())),
        "specialist": with_role(Role.SPECIALIST),
        "specialist of the unit": with_role(Role.SPECIALIST, sales),
        "executive": with_role(Role.EXECUTIVE),
        "auditor": with_role(Role.AUDITOR),
        "IT": with_role(Role.IT_ADMINISTRATOR),
    }


def who(found, ben, mia, sales):
    return {name for name, actor in actors(ben, mia, sales).items() if found(actor)}


LEADERS = {"the manager", "a delegate", "specialist", "specialist of the unit"}


def test_the_result_is_read_by_the_person_the_line_hr_partner_and_specialist(
    assessment, ben, mia, sales
):
    found = who(lambda actor: visible_assessments(actor).exists(), ben, mia, sales)

    assert found == LEADERS | {"the person", "HR partner"}


def test_managers_above_and_specialists_lead(assessment, ben, mia, sales):
    found = who(lambda actor: policies.may_lead(actor, assessment), ben, mia, sales)

    assert found == LEADERS
    assert people_led(acting(mia)).get() == ben


def test_nobody_leads_their_own_assessment():
    specialist = with_role(Role.SPECIALIST)
    own = AssessmentFactory(subject_id=specialist.person_id)

    assert policies.may_lead(specialist, own).code == "not_yours_to_lead"


def test_one_opens_for_somebody_who_works_here_and_has_a_model(assessment, ben, mia):
    model = assessment.model_version
    someone = PersonFactory(manager=mia)

    assert policies.may_open(acting(mia), someone, model)
    assert policies.may_open(acting(mia), someone, None).code == "no_model"
    assert policies.may_open(acting(mia), ben, model).code == "already_open"
    assert policies.may_open(acting(ben), someone, model).code == "not_yours_to_lead"
    gone = PersonFactory(hired_on=None)
    assert policies.may_open(with_role(Role.SPECIALIST), gone, model).code == "not_employed"


def test_whole_units_are_opened_by_the_specialist_alone(ben, mia, sales):
    assert who(policies.may_open_units, ben, mia, sales) == {"specialist"}


def test_kinds_of_jobs_are_seen_by_specialists_and_hr_partners(ben, mia, sales):
    found = who(policies.may_see_models, ben, mia, sales)

    assert found == {
        "specialist",
        "specialist of the unit",
        "HR partner",
        "HR partner elsewhere",
    }


def test_only_the_person_proposes(assessment, ben, mia, sales):
    found = who(lambda actor: policies.may_propose(actor, assessment), ben, mia, sales)

    assert found == {"the person"}
    assert policies.may_propose(acting(ben), closed(assessment)).code == "closed"


def test_what_was_only_proposed_is_nobodys_to_write(assessment):
    part = PartFactory(assessment=assessment, state=PartState.PROPOSED)

    assert not parts_to_write(acting(part.assessor)).exists()
    part.state = PartState.ASKED
    part.save()
    assert parts_to_write(acting(part.assessor)).get() == part


def test_each_writes_reopens_and_declines_as_the_state_allows(assessment):
    part = PartFactory(assessment=assessment)
    actor = acting(part.assessor)

    assert policies.may_write(actor, part)
    assert policies.may_decline(actor, part)
    assert policies.may_submit(actor, part, 0)
    assert policies.may_submit(actor, part, 2).code == "unanswered"
    assert policies.may_reopen(actor, part).code == "not_submitted"
    part.state = PartState.DECLINED
    assert policies.may_reopen(actor, part)
    assert policies.may_write(actor, part).code == "you_declined"
    assert policies.may_decide(acting(assessment.subject), part).code == "not_yours_to_lead"


def test_a_reader_by_role_is_recorded_the_person_and_the_line_are_not(assessment, ben, mia):
    assert not policies.reads_by_role(acting(ben), assessment)
    assert not policies.reads_by_role(acting(mia), assessment)
    assert policies.reads_by_role(with_role(Role.SPECIALIST), assessment)
