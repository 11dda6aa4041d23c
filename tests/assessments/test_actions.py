from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from evenhand.assessments import actions
from evenhand.assessments.actions import Said
from evenhand.assessments.kinds import PartState, Source
from evenhand.assessments.models import Assessment, AssessmentPart
from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import TODAY, acting, standing_in, with_role
from tests.factories.assessments import AssessmentFactory, PartFactory, answer
from tests.factories.competencies import ModelFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=14)


@pytest.fixture
def mia():
    return PersonFactory(given_name="Mia")


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", manager=mia)


@pytest.fixture
def assessment(ben, mia):
    return AssessmentFactory(subject=ben, manager=mia)


def do(action, *args, by, **kwargs):
    return action(*args, by=by, at=timezone.now(), **kwargs)


def refusal(action, *args, by, **kwargs):
    with pytest.raises(Refused) as caught:
        do(action, *args, by=by, **kwargs)
    return caught.value.verdict.code


def everything(part, level=3, example=""):
    return {asked.pk: Said(level, example=example) for asked in part.assessment.competencies.all()}


def part_of(assessment, source):
    return assessment.parts.get(source=source)


def test_opening_asks_the_person_and_the_manager_for_what_the_model_expects(ben, mia):
    version = ModelFactory()
    opened = do(actions.open_assessment, ben, DUE, by=acting(mia))

    assert opened.model_version == version
    assert (opened.opened_on, opened.due_on) == (TODAY, DUE)
    assert set(opened.parts.values_list("source", "assessor")) == {
        ("self", ben.pk),
        ("manager", mia.pk),
    }
    expected = list(opened.competencies.values_list("version__name", "expected_level", "weight"))
    assert expected == [("Listening", 3, 40), ("Writing", 2, 30), ("Planning", 4, 30)]
    assert Entry.objects.get().code == "assessment.opened"


def test_one_who_reports_to_nobody_is_asked_alone():
    ModelFactory()
    opened = do(actions.open_assessment, PersonFactory(), DUE, by=with_role(Role.SPECIALIST))

    assert list(opened.parts.values_list("source", flat=True)) == ["self"]


def test_nothing_is_opened_twice_or_without_a_model_or_in_the_past(ben, mia, assessment):
    other = PersonFactory(manager=mia, job_family="Sales")
    assessment.model_version.job_family = "Engineering"
    assessment.model_version.save()

    assert refusal(actions.open_assessment, ben, DUE, by=acting(mia)) == "already_open"
    assert refusal(actions.open_assessment, other, DUE, by=acting(mia)) == "no_model"
    early = TODAY - timedelta(days=1)
    assert refusal(actions.open_assessment, other, early, by=acting(mia)) == "due_before_today"
    assert refusal(actions.open_assessment, ben, DUE, by=acting(ben)) == "not_yours_to_lead"


def test_a_manager_opens_for_the_whole_team_as_far_as_possible(ben, mia, assessment):
    PersonFactory.create_batch(2, manager=mia)
    below = PersonFactory(manager=PersonFactory(manager=mia))
    told = do(actions.open_for_team, DUE, by=acting(mia))
    again = do(actions.open_for_team, DUE, by=acting(mia))

    assert (told.opened, told.open_before, told.without_model) == (3, 1, 0)
    assert (again.opened, again.open_before) == (0, 4)
    assert not Assessment.objects.filter(subject=below).exists()


def test_a_manager_asks_others_by_name_and_nobody_twice(assessment, mia):
    other = PersonFactory()
    part = do(actions.ask_other, assessment, other, by=acting(mia))

    assert (part.source, part.state) == (Source.OTHER, PartState.ASKED)
    assert refusal(actions.ask_other, assessment, other, by=acting(mia)) == "already_asked"


def test_those_who_read_the_result_from_above_and_the_person_are_not_others(assessment, ben, mia):
    manager = acting(mia)
    gone = PersonFactory(left_on=TODAY - timedelta(days=9))

    assert refusal(actions.ask_other, assessment, ben, by=manager) == "other_is_subject"
    assert refusal(actions.ask_other, assessment, gone, by=manager) == "not_employed"
    AssessmentPart.objects.filter(assessor=mia).delete()
    assert refusal(actions.ask_other, assessment, mia, by=manager) == "other_reads_result"


def test_the_person_proposes_and_the_manager_decides(assessment, ben, mia):
    first, second = PersonFactory.create_batch(2)
    wanted = do(actions.propose_other, assessment, first, by=acting(ben))
    unwanted = do(actions.propose_other, assessment, second, by=acting(ben))
    assert wanted.state == PartState.PROPOSED
    assert refusal(actions.accept_proposal, wanted, by=acting(ben)) == "not_yours_to_lead"

    do(actions.accept_proposal, wanted, by=acting(mia))
    do(actions.leave_out_proposal, unwanted, by=acting(mia))

    states = (
        assessment.parts.filter(source=Source.OTHER).order_by("pk").values_list("state", flat=True)
    )
    assert list(states) == [PartState.ASKED, PartState.LEFT_OUT]
    assert refusal(actions.accept_proposal, wanted, by=acting(mia)) == "not_proposed"
    assert refusal(actions.propose_other, assessment, second, by=acting(ben)) == "left_out_before"
    assert do(actions.ask_other, assessment, second, by=acting(mia)).state == PartState.ASKED


def test_what_is_said_is_saved_as_one_goes(assessment, ben):
    part = part_of(assessment, Source.SELF)
    first, second, _third = assessment.competencies.all()
    said = {first.pk: Said(4, example="  Led it. "), second.pk: Said(cannot_say=True)}
    saved = do(actions.save_observations, part, said, seen=0, by=acting(ben))

    assert (saved.state, saved.revision) == (PartState.BEGUN, 1)
    kept = set(part.observations.values_list("asked", "level", "cannot_say", "example"))
    assert {row[:3] for row in kept} == {(first.pk, 4, False), (second.pk, None, True)}
    assert part.observations.get(asked=first).example == "Led it."
    assert actions.missing_in(saved) == 1

    do(actions.save_observations, part, {first.pk: Said(2)}, seen=1, by=acting(ben))
    assert part.observations.get(asked=first).level == 2
    assert part.observations.count() == 2


def test_a_save_never_undoes_another(assessment, ben):
    part, me = part_of(assessment, Source.SELF), acting(ben)
    do(actions.save_observations, part, everything(part, 4), seen=0, by=me)

    late = refusal(actions.save_observations, part, everything(part, 1), seen=0, by=me)
    assert late == "changed_elsewhere"
    assert set(part.observations.values_list("level", flat=True)) == {4}


def test_the_same_save_sent_twice_is_no_conflict(assessment, ben):
    part, me = part_of(assessment, Source.SELF), acting(ben)
    do(actions.save_observations, part, everything(part, 4, "Led it."), seen=0, by=me)
    again = do(actions.save_observations, part, everything(part, 4, "Led it."), seen=0, by=me)

    assert again.revision == 1


def test_only_levels_the_competency_has_can_be_given(assessment, ben):
    part = part_of(assessment, Source.SELF)
    said = everything(part, 6)

    assert refusal(actions.save_observations, part, said, seen=0, by=acting(ben)) == "no_such_level"


def test_what_others_asked_for_is_left_alone(assessment, ben):
    part = part_of(assessment, Source.SELF)
    elsewhere = AssessmentFactory(model_version=assessment.model_version).competencies.first()
    do(actions.save_observations, part, {elsewhere.pk: Said(3)}, seen=0, by=acting(ben))

    assert not part.observations.exists()


def test_only_the_assessor_writes(assessment, mia):
    part = part_of(assessment, Source.SELF)

    assert refusal(actions.save_observations, part, {}, seen=0, by=acting(mia)) == "not_your_part"
    assert refusal(actions.submit_part, part, by=acting(mia)) == "not_your_part"


def test_a_delegate_writes_for_the_manager_and_both_names_are_kept(assessment, mia):
    part, dora = part_of(assessment, Source.MANAGER), PersonFactory()
    delegate = standing_in(mia, dora)
    do(actions.save_observations, part, everything(part), seen=0, by=delegate)
    do(actions.submit_part, part, by=delegate)

    assert {(v.author, v.delegate) for v in part.versions.all()} == {(mia, dora)}


def test_submitting_keeps_each_level_as_a_version(assessment, ben):
    part, me = part_of(assessment, Source.SELF), acting(ben)
    assert refusal(actions.submit_part, part, by=me) == "unanswered"

    do(actions.save_observations, part, everything(part, 4, "Led it."), seen=0, by=me)
    submitted = do(actions.submit_part, part, by=me)

    assert submitted.is_submitted
    assert submitted.submitted_at
    kept = {(v.number, v.level, v.example, v.reason, v.author) for v in part.versions.all()}
    assert kept == {(1, 4, "Led it.", "", ben)}
    assert part.versions.count() == 3
    assert refusal(actions.submit_part, part, by=me) == "already_submitted"
    assert refusal(actions.save_observations, part, {}, seen=1, by=me) == "already_submitted"


def test_what_was_submitted_changes_only_by_reopening_with_a_reason(assessment, ben):
    part, me = part_of(assessment, Source.SELF), acting(ben)
    do(actions.save_observations, part, everything(part, 4), seen=0, by=me)
    assert refusal(actions.reopen_part, part, "Why not", by=me) == "not_submitted"
    do(actions.submit_part, part, by=me)
    assert refusal(actions.reopen_part, part, "  ", by=me) == "reason_missing"

    reopened = do(actions.reopen_part, part, "I mixed two up.", by=me)
    assert (reopened.state, reopened.submitted_at) == (PartState.BEGUN, None)
    do(actions.save_observations, part, everything(part, 3), seen=1, by=me)
    do(actions.submit_part, part, by=me)

    versions = {(v.number, v.level, v.reason) for v in part.versions.all()}
    assert versions == {(1, 4, ""), (2, 3, "I mixed two up.")}


def test_others_may_decline_and_take_it_up_again(assessment, ben):
    other = PersonFactory()
    part = PartFactory(assessment=assessment, assessor=other)
    do(actions.decline_part, part, by=acting(other))
    saving = refusal(actions.save_observations, part, {}, seen=0, by=acting(other))
    assert saving == "you_declined"

    assert do(actions.reopen_part, part, "I do after all.", by=acting(other)).state == "begun"
    own = part_of(assessment, Source.SELF)
    assert refusal(actions.decline_part, own, by=acting(ben)) == "only_others_decline"


def test_closing_works_out_the_result_once(assessment, ben, mia):
    answer(assessment, ben, [3, 3, 3])
    answer(assessment, mia, [2, 3, None])
    for levels in ([2, 5, 4], [2, 5, None], [3, 5, 4]):
        answer(assessment, PersonFactory(), levels)
    PartFactory(assessment=assessment, state=PartState.BEGUN)
    found = do(actions.close_assessment, assessment, by=acting(mia))

    rows = list(found.competencies.values_list("observed", "sources", "others", "others_count"))
    assert rows == [
        (Decimal("2.5"), 3, Decimal("2.5"), 3),
        (Decimal("3.5"), 3, Decimal("4.5"), 3),
        (Decimal(3), 1, None, None),
    ]
    # Expected 3, 2, 4 with weights 40, 30, 30: (40 x 0.5 + 30 x 1) / (120 + 60 + 120).
    assert (found.shortfall, found.coverage) == (Decimal("0.166667"), 1)
    assert found.closed_by == mia


def test_what_comes_after_closing_is_refused_kindly(assessment, ben, mia):
    part = part_of(assessment, Source.SELF)
    do(actions.close_assessment, assessment, by=acting(mia))

    assert refusal(actions.close_assessment, assessment, by=acting(mia)) == "closed"
    assert refusal(actions.save_observations, part, {}, seen=0, by=acting(ben)) == "closed"
    assert refusal(actions.submit_part, part, by=acting(ben)) == "closed"
    assert refusal(actions.ask_other, assessment, PersonFactory(), by=acting(mia)) == "closed"
    assert refusal(actions.propose_other, assessment, PersonFactory(), by=acting(ben)) == "closed"


def test_the_person_and_hr_partners_do_not_close(assessment, ben):
    for actor in (acting(ben), with_role(Role.HR_PARTNER)):
        assert refusal(actions.close_assessment, assessment, by=actor) == "not_yours_to_lead"


def test_the_record_holds_no_level_and_no_word(assessment, ben):
    part, me = part_of(assessment, Source.SELF), acting(ben)
    do(actions.save_observations, part, everything(part, 4, "Led it."), seen=0, by=me)
    do(actions.submit_part, part, by=me)

    details = list(Entry.objects.order_by("pk").values_list("code", "details"))
    assert details == [("assessment.part_begun", {}), ("assessment.part_submitted", {"version": 1})]
