"""The furnished sample is what the product itself would have left behind, and nobody is told."""

from collections import Counter, defaultdict
from itertools import groupby

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection, transaction
from django.db.models import F, Q

from evenhand.access.models import Account, Delegation
from evenhand.access.queries import actor_for
from evenhand.analytics.kinds import Audience
from evenhand.analytics.models import RatingAudit
from evenhand.audit.models import Entry
from evenhand.audit.sealing import seal_entries
from evenhand.audit.verifying import verify_chain
from evenhand.compliance.models import NoticeReceipt, PrivacyNotice
from evenhand.cycles.eligibility import eligible, managers_on, who_is_left_out
from evenhand.cycles.kinds import CycleState, LeftOut
from evenhand.cycles.models import Cycle, Participation, Question
from evenhand.cycles.problems import problems_of, problems_of_dates
from evenhand.demographics.models import ProtectedFacts
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Role
from evenhand.notices.models import Message
from evenhand.people.models import Employment, Leave, Person, Position, ReportingLine
from evenhand.reviews.contents import contents_of_each
from evenhand.reviews.kinds import KeptBecause, ReviewKind, ReviewState
from evenhand.reviews.models import (
    Answer,
    AnswerVersion,
    Handover,
    Rating,
    Reminder,
    Reopening,
    Review,
    SignOff,
)
from evenhand.reviews.overall import formula_of, needs_a_reason
from evenhand.reviews.queries import waiting_for
from evenhand.reviews.releasing import ready_for_release
from evenhand.sample.form import NAME, Ask
from evenhand.sample.furnishing import furnish
from evenhand.sample.guests import PASSWORD
from evenhand.sample.inventing import invent
from evenhand.sample.standing_in import send_one_manager_away
from tests.sample.seeds import seeded

PEOPLE, SEED = 150, 7
SUBMITTED = ReviewState.SUBMITTED


@pytest.fixture(scope="module")
def guests(django_db_setup, django_db_blocker, today):
    """Furnished once for all these tests, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnish(people=PEOPLE, seed=SEED, today=today, progress=lambda line: None)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def invented(today):
    organization, _stand_in = send_one_manager_away(invent(PEOPLE, rng=seeded(SEED), today=today))
    return organization


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("guests")]


def joined(rows):
    """Dated rows as (who, facts, from, to), the same facts on either side of a day as one."""
    found = set()
    for (who, facts), stretch in groupby(sorted(rows), key=lambda row: row[:2]):
        spans = []
        for _who, _facts, start, end in stretch:
            if spans and spans[-1][1] == start:
                spans[-1][1] = end
            else:
                spans.append([start, end])
        found |= {(who, facts, *span) for span in spans}
    return found


def dated(rows, *facts):
    columns = ("person__number", *facts, "starts_on", "ends_on")
    return joined(
        (who, tuple(map(str, values)), start, end)
        for who, *values, start, end in rows.values_list(*columns)
    )


def wanted(people, of, *facts):
    return joined(
        (
            person.number,
            tuple(str(fact(thing)) for fact in facts),
            thing.starts_on,
            thing.ends_on,
        )
        for person in people
        for thing in getattr(person, of)
    )


def person_of(guest):
    return Person.objects.get(number=guest.number)


def actor_as(guest, today):
    return actor_for(Account.objects.get(person__number=guest.number), on=today)


def submitted():
    return Review.objects.filter(state=SUBMITTED).select_related("cycle")


def contents_of_all(reviews):
    for cycle in Cycle.objects.all():
        some = [review for review in reviews if review.cycle_id == cycle.pk]
        found = contents_of_each(some)
        yield from ((review, found[review.pk]) for review in some)


def test_everything_invented_about_people_is_there_however_many_files_it_took(invented):
    people, numbers = invented.people, [person.number for person in invented.people]
    codes = [unit.code for unit in invented.units]
    primary, matrix = (ReportingLine.objects.filter(kind=kind) for kind in ("primary", "matrix"))

    assert dated(Employment.objects.all()) == wanted(people, "employments")
    assert dated(Leave.objects.all()) == wanted(people, "leaves")
    assert dated(Position.objects.all(), "unit__code", "title", "grade", "location") == wanted(
        people,
        "posts",
        lambda post: codes[post.unit],
        lambda post: post.title,
        lambda post: post.grade,
        lambda post: post.city,
    )
    for lines, of in ((primary, "managers"), (matrix, "matrix_managers")):
        assert dated(lines, "manager__number") == wanted(
            people, of, lambda line: numbers[line.manager]
        )


def test_protected_facts_are_kept_for_everybody_and_readable_for_nobody(invented):
    assert ProtectedFacts.objects.count() == PEOPLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT sex, birth_on FROM demographics_protectedfacts")
        assert all(text.startswith("v1.") for row in cursor.fetchall() for text in row)


def test_who_takes_part_is_who_the_rules_of_the_cycle_let_in():
    assert Cycle.objects.count() == 3
    for cycle in Cycle.objects.all():
        on = cycle.launched_at.date()
        parts = Participation.objects.filter(cycle=cycle)

        assert set(parts.values_list("person", flat=True)) == set(
            eligible(cycle, on).values_list("pk", flat=True)
        )
        assert not problems_of(cycle.version)
        assert not problems_of_dates(cycle)


def test_the_chief_is_left_out_with_a_reason():
    for cycle in Cycle.objects.all():
        left_out = who_is_left_out(cycle, cycle.launched_at.date()).filter(why=LeftOut.BY_NAME)

        assert [person.said_because for person in left_out] == [
            "Is reviewed by the supervisory board."
        ]


def test_two_cycles_are_closed_and_one_runs():
    states = Cycle.objects.order_by("period_starts_on").values_list("state", flat=True)

    assert list(states) == [CycleState.CLOSED, CycleState.CLOSED, CycleState.OPEN]


def test_reviews_are_by_the_manager_of_the_launch_unless_they_were_handed_over():
    for cycle in Cycle.objects.all():
        lines = managers_on(cycle.launched_at.date()).values_list("person", "manager")
        managers = dict(lines)
        handed_over = dict(
            Handover.objects.filter(review__cycle=cycle).values_list("review", "former_author")
        )
        for review in Review.objects.filter(cycle=cycle, kind=ReviewKind.MANAGER):
            first = handed_over.get(review.pk, review.author_id)
            assert first == managers[review.subject_id]
    assert Handover.objects.exclude(new_author=F("review__author")).count() == 0
    assert Handover.objects.exists()


def test_what_was_handed_in_could_have_been_handed_in():
    for _review, contents in contents_of_all(submitted()):
        assert contents.missing == ()
        if needs_a_reason(contents):
            assert contents.holistic.length > 0


def test_stored_overall_ratings_are_what_the_product_works_out():
    for _review, contents in contents_of_all(submitted()):
        formula, holistic = formula_of(contents), contents.holistic

        assert contents.handed_in.formula == formula.as_json()
        assert contents.handed_in.value == (holistic.rating if holistic else formula.value)
        assert contents.handed_in.reason == (holistic.text if holistic else "")


def test_every_rating_handed_in_is_a_version_by_whoever_handed_it_in():
    again = set(Reopening.objects.values_list("review", flat=True))
    ratings = defaultdict(list)
    for rating in Rating.objects.order_by("number"):
        ratings[rating.review_id].append(rating)

    for review, contents in contents_of_all(submitted()):
        last = 2 if review.pk in again else 1
        kept = {r.question_id: r for r in ratings.pop(review.pk) if r.number == last}
        assert kept.keys() == {None, *(q.pk for q in contents.rated if q.pk in contents.answers)}
        assert {(r.author_id, r.given_at) for r in kept.values()} == {
            (review.author_id, review.submitted_at)
        }
        del kept[None]
        assert all(r.value == contents.answers[key].rating for key, r in kept.items())
    assert not ratings


def test_states_agree_with_what_is_written():
    begun = set(Answer.objects.values_list("review", flat=True))
    untouched = Review.objects.filter(state=ReviewState.NOT_STARTED)

    assert begun == set(
        Review.objects.exclude(state=ReviewState.NOT_STARTED).values_list("pk", flat=True)
    )
    assert untouched.exists()
    assert not Answer.objects.filter(saved_at__gt=F("review__submitted_at")).exists()


def test_the_questions_are_answered_by_those_they_ask():
    own, given = (Answer.objects.filter(review__kind=kind) for kind in ReviewKind)

    assert not own.filter(question__answered_by="manager").exists()
    assert not given.filter(question__answered_by="self").exists()
    assert [q.kind for q in Question.objects.order_by("section__place", "place")] == [
        *("text", "rating", "competency", "text", "competency", "text"),
        *("text", "choice", "text", "overall", "text"),
    ]
    assert len(Ask) == 11


def test_texts_are_sealed_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM reviews_answer WHERE length > 0")
        assert all(text.startswith("v1.") for (text,) in cursor.fetchall())


def test_what_was_handed_in_before_a_reopening_is_kept():
    assert Reopening.objects.exists()
    for again in Reopening.objects.select_related("review"):
        former = AnswerVersion.objects.filter(review=again.review)

        assert former.count() == again.review.answers.count()
        assert not former.exclude(kept_because=KeptBecause.REOPENED).exists()
        assert not former.filter(saved_at__gt=again.at).exists()
        assert again.review.answers.filter(revision=2, saved_at__gt=again.at).count() == 1
        assert again.at < again.review.submitted_at
        assert len(again.reason) <= 300


def test_finished_cycles_are_released_to_all_who_were_ready_and_no_others():
    for cycle in Cycle.objects.filter(state=CycleState.CLOSED):
        assert not ready_for_release(cycle).exists()
        assert Participation.objects.filter(cycle=cycle, released_at__isnull=False).exists()
    early = Participation.objects.filter(released_at__isnull=False).filter(
        Q(cycle__state=CycleState.OPEN)
        | Q(withdrawn_at__isnull=False)
        | Q(reviews__kind=ReviewKind.MANAGER) & ~Q(reviews__state=SUBMITTED)
    )
    assert not early.exists()
    assert not SignOff.objects.filter(
        Q(participation__released_at=None) | Q(at__lt=F("participation__released_at"))
    ).exists()
    assert not SignOff.objects.exclude(by=F("participation__person")).exists()


def test_the_trail_tells_all_of_it_and_can_be_proved(today):
    counts = Counter(Entry.objects.values_list("code", flat=True))

    assert counts["review.submitted"] == submitted().count() + Reopening.objects.count()
    assert counts["review.reopened"] == Reopening.objects.count()
    assert counts["review.handed_over"] == Handover.objects.count()
    assert counts["review.signed"] + counts["review.declined"] == SignOff.objects.count()
    assert counts["person.added"] == PEOPLE
    assert counts["cycle.launched"] == 3
    assert counts["cycle.results_released"] == counts["cycle.closed"] == 2
    assert not Entry.objects.filter(at__date__gte=today).exists()
    assert Entry.objects.filter(by_id=0, code="people.applied").count() == 1


def test_the_trail_names_reviews_as_the_product_does():
    for entry in Entry.objects.filter(code="review.submitted")[:20]:
        review = Review.objects.get(pk=entry.about_id)

        assert entry.about_name == str(review)
        assert (entry.by_id, entry.by_name) == (review.author_id, review.author.name)
        assert entry.details == {"kind": review.kind}
    for entry in Entry.objects.filter(code="review.signed")[:20]:
        assert entry.about_name == str(Participation.objects.get(pk=entry.about_id))


def test_the_trail_seals_and_verifies():
    with transaction.atomic():
        while seal_entries():
            pass
        verified = verify_chain()
        transaction.set_rollback(True)

    assert verified.is_whole
    assert verified.unsealed == 0


def test_nobody_is_told_and_nothing_is_left_to_do():
    asked = RatingAudit.objects.count()

    # All that waits for the end of the transaction is to ask for audits that are done by now.
    assert len(connection.run_on_commit) == asked
    assert all(job.state == JobState.DONE for job in Job.objects.all())
    assert not Message.objects.exists()


def test_guests_hold_the_roles_they_are_shown_for(guests, today):
    roles = [{grant.role for grant in actor_as(guest, today).grants} for guest in guests]

    assert roles == [
        *(set(), set(), set()),
        *({Role.HR_PARTNER}, {Role.SPECIALIST}, {Role.EXECUTIVE}),
        *({Role.AUDITOR}, {Role.IT_ADMINISTRATOR}),
    ]


def test_guests_come_in_with_one_click_or_with_the_password(guests, client, settings):
    settings.DEMO = True
    for guest in guests:
        account = Account.objects.get(email=guest.email)

        assert check_password(PASSWORD, account.password)
        with transaction.atomic():
            assert client.get(guest.path).status_code == 302
            transaction.set_rollback(True)


def test_everybody_who_works_here_can_sign_in(today):
    here = Employment.objects.on(today).values_list("person", flat=True)

    assert set(Account.objects.values_list("person", flat=True)) == set(here)


def test_guests_find_something_to_do(guests, today):
    employee, manager = (waiting_for(actor_as(guest, today)) for guest in guests[:2])

    assert [row.kind for row in employee.to_write] == [ReviewKind.SELF]
    assert employee.to_write[0].is_begun
    assert len(employee.to_sign) == 1
    assert any(not row.is_self for row in manager.to_write)


def test_the_manager_stands_in_for_a_colleague_on_leave(guests, today):
    delegation = Delegation.objects.get()
    manager = Account.objects.get(person__number=guests[1].number)
    actor = actor_for(manager, on=today, delegation_id=delegation.pk)

    assert actor.is_delegate
    assert Leave.objects.on(today).filter(person=delegation.principal).exists()
    assert waiting_for(actor).to_write


def test_most_have_read_the_newest_notice(guests):
    newest = PrivacyNotice.objects.latest("version")
    receipts = NoticeReceipt.objects.filter(notice=newest)

    assert PrivacyNotice.objects.count() == 2
    assert 0.5 * PEOPLE < receipts.count() < PEOPLE
    assert not receipts.filter(person=person_of(guests[0])).exists()


def test_late_people_were_reminded_once():
    assert Reminder.objects.exists()
    assert not Reminder.objects.filter(review__state=SUBMITTED).exists()


def test_one_form_serves_all_cycles_and_is_frozen():
    version = Cycle.objects.order_by("pk")[0].version

    assert version.template.name == NAME
    assert version.is_frozen
    assert set(Cycle.objects.values_list("version", flat=True)) == {version.pk}


def test_the_ratings_of_finished_cycles_were_looked_into_and_the_leaders_were_told():
    audits = RatingAudit.objects.order_by("pk")

    assert [audit.cycle.state for audit in audits] == [CycleState.CLOSED] * 2
    assert all(audit.publications.get().audience == Audience.LEADERS for audit in audits)
