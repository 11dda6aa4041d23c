import json

import pytest
from django.utils import timezone

from evenhand.analytics.actions import ask_for_audit, publish_audit
from evenhand.analytics.kinds import Audience
from evenhand.analytics.models import RatingAudit, ReleasedSet
from evenhand.analytics.policies import TELLS_WITH_PUBLISHED
from evenhand.analytics.published import everybody_in
from evenhand.analytics.queries import open_audit
from evenhand.analytics.storing import report_to_text
from evenhand.audit.models import Entry
from evenhand.jobs.kinds import JobState
from evenhand.jobs.performing import perform_now
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.people.models import Person
from evenhand.reviews.kinds import RatingOrigin
from tests.factories.access import acting, with_role
from tests.factories.analytics import add_rated, rated_cycle
from tests.factories.cycles import CycleFactory
from tests.factories.people import UnitFactory
from tests.factories.reviews import RatingFactory

pytestmark = pytest.mark.django_db


def audited(cycle, by):
    job = ask_for_audit(cycle, by=by, at=timezone.now())
    return perform_now(job.pk, timezone.now)


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


def test_an_audit_is_made_kept_and_on_record(specialist):
    cycle = rated_cycle()

    job = audited(cycle, specialist)

    assert job.state == JobState.DONE, job.problem
    audit = RatingAudit.objects.get(pk=job.result["audit_id"])
    assert (audit.ratings, audit.persons, audit.job_id) == (48, 48, job.pk)
    stored = open_audit(specialist, audit)
    assert [section.key for section in stored.report.sections][:4] == [
        "dependence",
        "raters",
        "design",
        "gaps",
    ]
    assert stored.numbers["persons"] == 48
    assert {row["group"] for row in stored.numbers["groups"]} >= {"Man", "Woman"}
    codes = set(Entry.objects.values_list("code", flat=True))
    assert {"demographics.read", "rating_audit.made"} <= codes


def test_no_rater_is_named_in_the_summary_that_is_kept(specialist):
    audited(rated_cycle(), specialist)

    audit = RatingAudit.objects.get()

    assert "Manager Number" in audit.report
    assert "Manager Number" not in audit.summary_report + audit.summary_numbers
    assert json.loads(audit.summary_numbers)["persons"] == 48


def test_one_late_rating_cannot_be_subtracted_from_the_audit_before(specialist):
    cycle = rated_cycle()
    audited(cycle, specialist)
    told = ReleasedSet.objects.count()
    assert told > 0
    add_rated(cycle, Person.objects.get(family_name="Number 0"), 5, 1, unit=UnitFactory())

    audited(cycle, specialist)

    later = open_audit(specialist, RatingAudit.objects.latest("pk"))
    assert "Woman" not in {row["group"] for row in later.numbers["groups"]}
    assert "Woman" not in report_to_text(later.report)


def test_the_same_audit_again_says_the_same(specialist):
    cycle = rated_cycle()
    audited(cycle, specialist)
    audited(cycle, specialist)

    first, second = RatingAudit.objects.order_by("pk")

    assert json.loads(first.numbers) == json.loads(second.numbers)
    assert [row.measure for row in second.released_sets.all()] == [everybody_in(second)]


@pytest.mark.parametrize(("late", "is_told"), [(0, True), (1, False), (4, False), (5, True)])
def test_two_summaries_cannot_be_subtracted(specialist, late, is_told):
    cycle = rated_cycle()
    audited(cycle, specialist)
    manager = Person.objects.get(family_name="Number 0")
    for place in range(late):
        add_rated(cycle, manager, 5, place, unit=UnitFactory())
    audited(cycle, specialist)
    first, second = RatingAudit.objects.order_by("pk")
    publish_audit(first, Audience.EVERYBODY, by=specialist, at=timezone.now())
    publish_audit(first, Audience.SPECIALISTS, by=specialist, at=timezone.now())

    def publish_second():
        publish_audit(second, Audience.LEADERS, by=specialist, at=timezone.now())

    if is_told:
        publish_second()
    else:
        with pytest.raises(Refused) as refused:
            publish_second()
        assert refused.value.verdict == TELLS_WITH_PUBLISHED
    assert second.publications.exists() == is_told


def test_one_changed_rating_cannot_be_worked_out_from_two_summaries(specialist):
    cycle = rated_cycle()
    audited(cycle, specialist)
    review = cycle.reviews.order_by("pk").first()
    RatingFactory(review=review, value=2, origin=RatingOrigin.CALIBRATED, number=2)
    audited(cycle, specialist)
    first, second = RatingAudit.objects.order_by("pk")
    publish_audit(first, Audience.EVERYBODY, by=specialist, at=timezone.now())

    with pytest.raises(Refused) as refused:
        publish_audit(second, Audience.EVERYBODY, by=specialist, at=timezone.now())

    assert refused.value.verdict == TELLS_WITH_PUBLISHED


def test_a_cycle_without_ratings_is_refused_in_kind_words(specialist):
    job = audited(CycleFactory(), specialist)

    assert job.state == JobState.FAILED
    assert "No manager review of this cycle" in job.problem


def test_a_repeated_job_makes_no_second_audit(specialist):
    cycle = rated_cycle(managers=2, each=6)
    job = audited(cycle, specialist)
    job.state = JobState.WAITING
    job.save()

    again = perform_now(job.pk, timezone.now)

    assert again.state == JobState.DONE
    assert RatingAudit.objects.count() == 1
    assert acting(RatingAudit.objects.get().asked_by).person_id == specialist.person_id
