from datetime import date

import pytest
from django.utils import timezone

from evenhand.cycles.kinds import GoalsNeeded
from evenhand.goals.kinds import GoalState
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.people.models import Person
from evenhand.reviews.awaiting_goals import (
    ask_people_for_goals,
    people_one_may_name,
    people_without_goals,
    waits_for_goals,
)
from evenhand.reviews.launching import ask_for_launch, dry_run
from evenhand.reviews.policies import may_write
from tests.factories.access import acting, with_role
from tests.factories.check_ins import agreed_goal
from tests.factories.cycles import CycleFactory, GoalsExcuseFactory, ParticipationFactory
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.reviews import SelfReviewFactory

pytestmark = pytest.mark.django_db

AT = timezone.now()
YEAR = {"period_starts_on": date(2026, 1, 1), "period_ends_on": date(2026, 12, 31)}


@pytest.fixture
def waiting():
    return CycleFactory(goals_needed=GoalsNeeded.REVIEW_WAITS, **YEAR)


def part(cycle, **given):
    return ParticipationFactory(cycle=cycle, **given)


class TestWhoHasNone:
    def test_those_who_take_part_without_an_agreed_goal_in_the_period(self, waiting):
        without, agreed = part(waiting).person, part(waiting).person
        agreed_goal(owner=agreed)

        assert list(people_without_goals(waiting, AT.date())) == [without]

    def test_a_goal_of_another_year_does_not_help(self, waiting):
        person = part(waiting).person
        agreed_goal(owner=person, starts_on=date(2024, 1, 1), due_on=date(2024, 12, 31))

        assert list(people_without_goals(waiting, AT.date())) == [person]

    def test_nor_does_one_that_is_only_proposed(self, waiting):
        person = part(waiting).person
        agreed_goal(owner=person, state=GoalState.PROPOSED, agreed_at=None)

        assert list(people_without_goals(waiting, AT.date())) == [person]

    def test_a_closed_goal_does(self, waiting):
        agreed_goal(owner=part(waiting).person, state=GoalState.CLOSED, ended_at=AT)

        assert not people_without_goals(waiting, AT.date()).exists()

    def test_the_excused_and_those_taken_out_are_left_alone(self, waiting):
        GoalsExcuseFactory(cycle=waiting, person=part(waiting).person)
        part(waiting, withdrawn_at=AT, withdrawn_because="Left.")
        again = GoalsExcuseFactory(cycle=waiting, person=part(waiting).person, ended_at=AT)

        assert list(people_without_goals(waiting, AT.date())) == [again.person]

    def test_an_hr_partner_names_those_of_the_units_in_care(self, waiting):
        unit = UnitFactory()
        inside = part(waiting, unit=unit).person
        part(waiting, unit=UnitFactory())

        partner = with_role(Role.HR_PARTNER, unit)
        assert list(people_one_may_name(partner, waiting)) == [inside]
        assert not people_one_may_name(with_role(Role.EXECUTIVE), waiting).exists()
        assert people_one_may_name(with_role(Role.SPECIALIST), waiting).count() == 2


class TestWhatWaits:
    def test_a_review_is_not_begun_before_there_are_goals(self, waiting):
        review = SelfReviewFactory(participation=part(waiting))
        writer = acting(review.subject)

        assert may_write(writer, review).code == "goals_not_agreed"
        agreed_goal(owner=review.subject)
        assert may_write(writer, review)

    def test_what_was_begun_stays_open(self, waiting):
        review = SelfReviewFactory(participation=part(waiting), draft=True)

        assert may_write(acting(review.subject), review)

    def test_an_excuse_opens_the_review(self, waiting):
        review = SelfReviewFactory(participation=part(waiting))
        GoalsExcuseFactory(cycle=waiting, person=review.subject)

        assert may_write(acting(review.subject), review)

    @pytest.mark.parametrize("needed", [GoalsNeeded.NOTHING_WAITS, GoalsNeeded.LAUNCH_WAITS])
    def test_otherwise_no_review_waits(self, needed):
        cycle = CycleFactory(goals_needed=needed, **YEAR)

        assert not waits_for_goals(cycle, part(cycle).person_id)

    def test_a_launch_waits_and_says_for_how_many(self):
        cycle = CycleFactory(draft=True, goals_needed=GoalsNeeded.LAUNCH_WAITS, **YEAR)
        specialist = with_role(Role.SPECIALIST)
        lacking = PersonFactory()
        agreed_goal(owner=PersonFactory())

        plan = dry_run(cycle, specialist.on)

        # The specialist has none either.
        assert plan.without_goals == 2
        assert plan.problems == ("2 people have no agreed goals for the period yet.",)
        with pytest.raises(Refused, match="not_ready"):
            ask_for_launch(cycle, by=specialist, at=AT)
        for person in (lacking, Person.objects.get(pk=specialist.person_id)):
            GoalsExcuseFactory(cycle=cycle, person=person, by=lacking)
        assert dry_run(cycle, specialist.on).problems == ()


class TestAsking:
    def test_those_who_have_none_are_asked_by_a_job(
        self, waiting, django_capture_on_commit_callbacks
    ):
        person = part(waiting).person
        with django_capture_on_commit_callbacks(execute=True):
            asked = ask_people_for_goals(waiting, by=with_role(Role.SPECIALIST), at=AT)

        job = Job.objects.get(kind="notices.goals_asked_for")
        assert asked == 1
        assert job.arguments == {"cycle": waiting.pk, "people": [person.pk]}

    def test_nobody_is_asked_where_nothing_waits(self):
        with pytest.raises(Refused, match="nothing_waits"):
            ask_people_for_goals(CycleFactory(), by=with_role(Role.SPECIALIST), at=AT)

    def test_an_executive_asks_nobody(self, waiting):
        with pytest.raises(Refused, match="not_yours_to_ask"):
            ask_people_for_goals(waiting, by=with_role(Role.EXECUTIVE), at=AT)
