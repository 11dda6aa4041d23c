from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evenhand.audit.models import Entry
from evenhand.goals.evidence import BroughtFile, NewEvidence, keep_evidence
from evenhand.goals.kinds import GoalKind, GoalState, Metric, Openness
from evenhand.goals.measuring import measure_goals
from evenhand.goals.models import CheckIn
from evenhand.kernel.periods import FOREVER
from evenhand.web.goals.progress import progress_of
from tests.factories.access import AccountFactory, acting
from tests.factories.check_ins import agreed_goal, checked_in, key_results, milestones_of
from tests.factories.people import PersonFactory, ReportingLineFactory

pytestmark = pytest.mark.django_db

D = Decimal
PDF = b"%PDF-1.7 the rest"
OKR = {"kind": GoalKind.OKR, "metric": "", "baseline": None, "target": None}


def day(ago):
    return timezone.localdate() - timedelta(days=ago)


def goal_of(owner=None, **given):
    owner = owner or PersonFactory(given_name="Ben", family_name="Owner", manager=PersonFactory())
    return agreed_goal(owner=owner, **({"starts_on": day(100), "due_on": day(-100)} | given))


@pytest.fixture
def goal(client):
    goal = goal_of()
    client.force_login(AccountFactory(person=goal.owner))
    return goal


def address(name, goal, *more):
    return reverse(f"goals:{name}", args=[goal.pk, *more])


def send(client, goal, name="check_in", *more, **said):
    form = {"measured_on": day(1).isoformat(), "request": "once", **said}
    return client.post(address(name, goal, *more), form)


def test_one_says_how_far_a_goal_is(client, goal):
    answer = send(client, goal, value="42.5", confidence="7", note="Ahead.")

    goal.refresh_from_db()
    said = CheckIn.objects.get()
    assert answer.url == reverse("goals:goal", args=[goal.pk])
    assert (said.value, said.confidence, said.note) == (D("42.5"), 7, "Ahead.")
    assert goal.score == D("0.425")


def test_sent_twice_it_counts_once(client, goal):
    send(client, goal, value="42")
    send(client, goal, value="42")

    assert CheckIn.objects.count() == 1


def test_what_does_not_fit_is_said_beside_the_form_and_nothing_is_lost(client, goal):
    answer = send(client, goal, value="42", note="Ahead.", measured_on=day(-1).isoformat())

    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert "Ahead." in answer.content.decode()
    assert not CheckIn.objects.exists()


def test_a_rate_asks_for_some_out_of_all(client, goal):
    goal.metric = Metric.RATE
    goal.save()

    assert 'name="denominator"' in client.get(address("check_in", goal)).content.decode()
    assert send(client, goal, numerator="3").status_code == 422
    send(client, goal, numerator="3", denominator="40")

    goal.refresh_from_db()
    assert goal.actual == D("7.5")


def test_done_or_not_is_one_choice(client):
    goal = goal_of(**(OKR | {"kind": GoalKind.YES_NO}))
    client.force_login(AccountFactory(person=goal.owner))

    send(client, goal, value="1")

    goal.refresh_from_db()
    assert goal.score == 1


def test_key_results_are_told_in_one_form_and_words_are_about_all(client):
    goal = goal_of(**OKR)
    first, second, third = key_results(goal, (40, 0, 10), (40, 0, 10), (20, 0, 10))
    client.force_login(AccountFactory(person=goal.owner))

    send(client, goal, note="Fine.", **{f"value-{first.pk}": "5", f"value-{second.pk}": "0"})

    told = {said.part_id: (said.value, said.note) for said in CheckIn.objects.all()}
    assert told == {first.pk: (D(5), ""), second.pk: (D(0), ""), None: (None, "Fine.")}
    assert third.pk not in told
    goal.refresh_from_db()
    assert goal.score == D("0.25")


def test_a_milestone_is_reached_with_a_file_or_a_link(client):
    goal = goal_of(**(OKR | {"kind": GoalKind.MILESTONES}))
    milestone, _other = milestones_of(goal, 60, 40)
    client.force_login(AccountFactory(person=goal.owner))
    said = {"milestone": milestone.pk, "reached": "1"}

    assert send(client, goal, **said).status_code == 422
    send(client, goal, shown_by=[SimpleUploadedFile("May report.pdf", PDF)], **said)

    goal.refresh_from_db()
    assert goal.score == D("0.6")
    assert CheckIn.objects.get().evidence.get().name == "May report.pdf"


def test_a_check_in_is_corrected_with_a_word_why(client, goal):
    wrong = checked_in(goal, 90, on=day(3))
    shown = client.get(address("correction", goal, wrong.pk)).content.decode()

    assert 'value="90"' in shown
    assert send(client, goal, "correction", wrong.pk, value="9").status_code == 422
    send(client, goal, "correction", wrong.pk, value="9", note="One zero too many.")

    goal.refresh_from_db()
    assert goal.actual == 9


def test_a_check_in_is_taken_back(client, goal):
    wrong = checked_in(goal, 90, on=day(3))

    send(client, goal, "correction", wrong.pk, value="", note="That was another goal.")

    goal.refresh_from_db()
    assert goal.score is None


def test_a_milestone_is_taken_back(client):
    goal = goal_of(**(OKR | {"kind": GoalKind.MILESTONES}))
    milestone, _other = milestones_of(goal, 60, 40)
    client.force_login(AccountFactory(person=goal.owner))
    wrong = checked_in(goal, 1, on=day(3), part=milestone)

    note = "It broke again."
    send(client, goal, "correction", wrong.pk, milestone=milestone.pk, reached="0", note=note)

    goal.refresh_from_db()
    assert goal.score == 0


def test_nobody_else_says_how_far_a_goal_is(client, goal):
    goal.openness = Openness.ORGANIZATION
    goal.save()
    client.force_login(AccountFactory(person=PersonFactory()))

    assert client.get(address("check_in", goal)).status_code == 403
    assert send(client, goal, value="1").status_code == 403


def test_an_ended_goal_takes_no_more(client, goal):
    goal.state = GoalState.CLOSED
    goal.save()

    assert client.get(address("check_in", goal)).status_code == 409


def test_evidence_comes_as_an_attachment_to_who_reads_the_words(client, goal):
    kept = keep_evidence(checked_in(goal, 1), NewEvidence(file=BroughtFile("Bericht ü.pdf", PDF)))

    answer = client.get(address("evidence", goal, kept.pk))

    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(code="goal.evidence_read", about_id=goal.pk).count() == 1


def test_who_reads_the_plan_only_sees_the_values_and_neither_words_nor_evidence(client, goal):
    goal.openness = Openness.ORGANIZATION
    goal.save()
    said = checked_in(goal, 42, on=day(2), note="In confidence.")
    kept = keep_evidence(said, NewEvidence(file=BroughtFile("secret.pdf", PDF)))
    client.force_login(AccountFactory(person=PersonFactory()))

    page = client.get(address("check_ins", goal)).content.decode()

    assert "42" in page
    assert "In confidence." not in page
    assert "secret.pdf" not in page
    assert client.get(address("evidence", goal, kept.pk)).status_code == 404


def test_evidence_of_another_goal_is_not_there(client, goal):
    other = goal_of()
    kept = keep_evidence(checked_in(other, 1), NewEvidence(file=BroughtFile("a.pdf", PDF)))

    assert client.get(address("evidence", goal, kept.pk)).status_code == 404
    assert client.get(address("evidence", other, kept.pk)).status_code == 404


def test_a_former_manager_sees_what_was_told_in_their_time():
    owner, former = PersonFactory(), PersonFactory()
    ReportingLineFactory(person=owner, manager=former, ends_on=day(10))
    ReportingLineFactory(person=owner, manager=PersonFactory(), starts_on=day(10), ends_on=FOREVER)
    goal = goal_of(owner)
    then = timezone.now() - timedelta(days=20)
    checked_in(goal, 30, on=day(20), at=then)
    checked_in(goal, 80, on=day(1), at=timezone.now())

    seen = progress_of(acting(former, on=timezone.localdate()), goal)

    assert [row.value for row in seen.rows] == [D(30)]
    assert seen.standing.score == D("0.3")
    assert seen.is_ended


def test_pace_and_history_are_told_with_what_they_are_made_of(client, goal):
    checked_in(goal, 10, on=day(50))
    checked_in(goal, 20, on=day(1))
    measure_goals([goal.pk])

    seen = progress_of(acting(goal.owner, on=timezone.localdate()), goal)

    assert seen.history.count == 2
    assert (seen.standing.elapsed, seen.standing.gap) == (D("0.5"), D("0.3"))
    assert len(seen.chart.spots) == 2
    page = client.get(reverse("goals:goal", args=[goal.pk])).content.decode()
    assert "a gap of 30%" in page
    assert "<svg" in page


def test_progress_costs_the_same_for_one_check_in_and_for_many(goal):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            progress_of(acting(goal.owner, on=timezone.localdate()), goal)
        return len(caught)

    checked_in(goal, 10, on=day(50))
    one = cost()
    for ago in range(1, 9):
        checked_in(goal, ago, on=day(ago))

    assert cost() == one


def test_all_check_ins_come_in_pages(client, goal):
    for ago in range(1, 54):
        checked_in(goal, ago, on=day(ago))

    page = client.get(address("check_ins", goal))

    assert len(page.context["page"].rows) == 50
    assert page.context["page"].next_cursor
