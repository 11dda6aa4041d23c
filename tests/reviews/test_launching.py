from datetime import UTC, date, datetime
from threading import Event
from time import sleep

import pytest
from django.db import transaction

from evenhand.audit.models import Entry
from evenhand.cycles.actions import choose_reviewer, include_person
from evenhand.cycles.kinds import AnsweredBy, CycleState
from evenhand.cycles.models import Participation, Question
from evenhand.cycles.templates import remove_section
from evenhand.jobs.actions import cancel_job, retry_job
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.performing import claim, perform_claimed, perform_job
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.people.models import Employment
from evenhand.reviews import launching
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.launching import ask_for_launch, dry_run, take_back_launch
from evenhand.reviews.models import Review
from tests.factories.access import with_role
from tests.factories.cycles import CycleFactory, SectionFactory
from tests.factories.people import PersonFactory
from tests.reviews.test_answering_at_once import at_once

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
ON = date(2026, 11, 22)


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


def clock():
    return AT


def launch(cycle, by):
    job = ask_for_launch(cycle, by=by, at=AT)
    perform_job(job.pk, clock)
    cycle.refresh_from_db()
    return job


def made(cycle):
    reviews = Review.objects.filter(cycle=cycle)
    return {
        "people": Participation.objects.filter(cycle=cycle).count(),
        "self": reviews.filter(kind=ReviewKind.SELF).count(),
        "manager": reviews.filter(kind=ReviewKind.MANAGER).count(),
    }


def promised(plan):
    return {"people": plan.people, "self": plan.self_reviews, "manager": plan.manager_reviews}


@pytest.mark.parametrize("rules", [{}, {"countries": ["Kenya"]}, {"hired_before": ON}])
def test_a_launch_makes_exactly_what_the_dry_run_said(specialist, rules):
    cycle = CycleFactory(draft=True, **rules)
    boss = PersonFactory(country="Kenya")
    PersonFactory.create_batch(3, manager=boss, country="Kenya")
    PersonFactory(manager=boss, country="Peru", hired_on=ON)
    PersonFactory(manager=PersonFactory(left_on=date(2026, 1, 1)), country="Kenya")
    choose_reviewer(cycle, boss, PersonFactory(), by=specialist, at=AT)

    plan = dry_run(cycle, ON)
    launch(cycle, specialist)

    assert cycle.state == CycleState.OPEN
    assert made(cycle) == promised(plan)


def test_a_launch_freezes_the_template_and_is_recorded(specialist):
    cycle = CycleFactory(draft=True)

    launch(cycle, specialist)

    cycle.version.refresh_from_db()
    assert cycle.version.is_frozen
    entry = Entry.objects.get(code="cycle.launched")
    assert entry.by_id == specialist.person_id
    assert entry.details == {"people": 1, "reviews": 1}


def test_the_manager_of_the_day_writes_the_manager_review(specialist):
    boss = PersonFactory()
    person = PersonFactory(manager=boss)
    cycle = CycleFactory(draft=True)

    launch(cycle, specialist)

    review = Review.objects.get(cycle=cycle, kind=ReviewKind.MANAGER)
    assert (review.subject, review.author) == (person, boss)
    assert review.unit_id == review.participation.unit_id


def test_the_chosen_reviewer_writes_in_place_of_the_manager(specialist):
    person, other = PersonFactory(manager=PersonFactory()), PersonFactory()
    cycle = CycleFactory(draft=True)
    choose_reviewer(cycle, person, other, by=specialist, at=AT)

    launch(cycle, specialist)

    assert Review.objects.get(subject=person, kind=ReviewKind.MANAGER).author == other


def test_in_place_of_a_chosen_reviewer_who_has_left_the_manager_writes(specialist):
    boss, other = PersonFactory(), PersonFactory()
    person = PersonFactory(manager=boss)
    cycle = CycleFactory(draft=True)
    choose_reviewer(cycle, person, other, by=specialist, at=AT)
    Employment.objects.filter(person=other).update(ends_on=ON)

    plan = dry_run(cycle, ON)
    launch(cycle, specialist)

    assert Review.objects.get(subject=person, kind=ReviewKind.MANAGER).author == boss
    assert made(cycle) == promised(plan)


def test_without_a_manager_there_is_only_a_self_review(specialist):
    cycle = CycleFactory(draft=True)

    launch(cycle, specialist)

    assert made(cycle) == {"people": 1, "self": 1, "manager": 0}


def test_what_the_template_does_not_ask_is_not_made(specialist):
    cycle = CycleFactory(draft=True)
    PersonFactory(manager=PersonFactory())
    Question.objects.filter(answered_by=AnsweredBy.SELF).delete()
    Question.objects.update(answered_by=AnsweredBy.MANAGER)

    plan = dry_run(cycle, ON)
    launch(cycle, specialist)

    assert made(cycle) == promised(plan) == {"people": 3, "self": 0, "manager": 1}


def test_an_unfinished_template_is_not_launched(specialist):
    cycle = CycleFactory(draft=True)
    SectionFactory(version=cycle.version, weight=5)

    with pytest.raises(Refused, match="not_ready"):
        ask_for_launch(cycle, by=specialist, at=AT)

    assert "The weights of the sections sum to 105" in dry_run(cycle, ON).problems[0]


def test_an_empty_cycle_is_not_launched(specialist):
    cycle = CycleFactory(draft=True, countries=["Nowhere"])

    with pytest.raises(Refused) as refusal:
        ask_for_launch(cycle, by=specialist, at=AT)

    assert refusal.value.verdict.reason == "Nobody is in this cycle yet."


@pytest.mark.parametrize("role", [Role.HR_PARTNER, Role.EXECUTIVE, Role.AUDITOR])
def test_only_the_specialist_launches(role):
    with pytest.raises(Refused, match="not_the_specialist"):
        ask_for_launch(CycleFactory(draft=True), by=with_role(role), at=AT)


def test_a_cycle_is_launched_once(specialist):
    cycle = CycleFactory(draft=True)
    ask_for_launch(cycle, by=specialist, at=AT)

    with pytest.raises(Refused, match="cycle_launched"):
        ask_for_launch(cycle, by=specialist, at=AT)


class Killed(BaseException):
    """Ends a process without a word, as a power cut does."""


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(launching, "BATCH", 2)


def killed_after(running, steps):
    """The job, whose process dies when it says for the so manieth time how far it is."""
    said = []

    class Doomed(type(running)):
        __slots__ = ()

        def advance(self, *args, **kwargs):
            said.append(args)
            if len(said) > steps:
                raise Killed
            super().advance(*args, **kwargs)

    names = running.__dataclass_fields__
    return Doomed(**{name: getattr(running, name) for name in names})


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 4])
def test_a_launch_that_was_killed_goes_on_without_doubles(specialist, small_batches, steps):
    cycle = CycleFactory(draft=True)
    PersonFactory.create_batch(6, manager=PersonFactory())
    plan = dry_run(cycle, ON)
    job = ask_for_launch(cycle, by=specialist, at=AT)
    running = claim(job.pk, clock)

    with pytest.raises(Killed):
        perform_claimed(killed_after(running, steps))
    cycle.refresh_from_db()
    assert cycle.state == CycleState.LAUNCHING
    Job.objects.update(state=JobState.WAITING)
    perform_job(job.pk, clock)

    cycle.refresh_from_db()
    assert cycle.state == CycleState.OPEN
    assert made(cycle) == promised(plan)
    assert Entry.objects.filter(code="cycle.launched").count() == 1


def test_a_launch_that_is_stopped_removes_what_it_made(specialist, small_batches):
    cycle = CycleFactory(draft=True)
    PersonFactory.create_batch(6, manager=PersonFactory())
    job = ask_for_launch(cycle, by=specialist, at=AT)
    running = claim(job.pk, clock)
    with pytest.raises(Killed):
        perform_claimed(killed_after(running, 2))
    assert made(cycle)["people"] > 0

    take_back_launch(cycle, by=specialist, at=AT)
    perform_claimed(running)

    cycle.refresh_from_db()
    job.refresh_from_db()
    assert (cycle.state, job.state) == (CycleState.DRAFT, JobState.CANCELLED)
    assert made(cycle) == {"people": 0, "self": 0, "manager": 0}


def test_a_launch_that_has_not_begun_is_taken_back_at_once(specialist):
    cycle = CycleFactory(draft=True)
    ask_for_launch(cycle, by=specialist, at=AT)

    take_back_launch(cycle, by=specialist, at=AT)

    cycle.refresh_from_db()
    assert cycle.is_draft


def test_a_launch_taken_back_can_be_asked_for_again(specialist):
    cycle = CycleFactory(draft=True)
    job = ask_for_launch(cycle, by=specialist, at=AT)
    cancel_job(job, by=specialist, at=AT)
    take_back_launch(cycle, by=specialist, at=AT)
    include_person(cycle, PersonFactory(), reason="Asked to be", by=specialist, at=AT)

    launch(cycle, specialist)

    assert made(cycle)["people"] == 2


def test_a_stale_launch_does_nothing_to_a_cycle_in_preparation(specialist):
    cycle = CycleFactory(draft=True)
    job = ask_for_launch(cycle, by=specialist, at=AT)
    cancel_job(job, by=specialist, at=AT)
    take_back_launch(cycle, by=specialist, at=AT)

    retry_job(job, by=specialist, at=AT)
    perform_job(job.pk, clock)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert made(cycle)["people"] == 0


@pytest.mark.django_db(transaction=True)
def test_a_template_that_is_just_being_changed_is_waited_for(specialist):
    cycle = CycleFactory(draft=True)
    PersonFactory()
    weighty = cycle.version.sections.exclude(weight=0).first()
    is_changed = Event()

    def change():
        with transaction.atomic():
            remove_section(weighty, by=specialist, at=AT)
            is_changed.set()
            sleep(0.5)
        return "changed"

    def ask():
        is_changed.wait()
        try:
            ask_for_launch(cycle, by=specialist, at=AT)
        except Refused as refusal:
            return refusal.verdict.code
        return "asked"

    assert at_once(change, ask) == ["changed", "not_ready"]
