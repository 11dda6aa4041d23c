import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from evenhand.audit.models import Entry
from evenhand.jobs.actions import ask_for
from evenhand.jobs.files import name_of
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.performing import perform_job
from evenhand.kernel.acting import Role
from evenhand.reviews.kinds import ReviewState
from evenhand.web.reviews.documents import KIND, file_name, to_print
from evenhand.web.reviews.pages import find_both
from evenhand.web.reviews.printing import printed
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import (
    ManagerReviewFactory,
    RatingFactory,
    SelfReviewFactory,
    acting,
    answer,
    fill_in,
)

pytestmark = pytest.mark.django_db

SECRET = "Thinking of leaving"


@pytest.fixture
def review():
    review = fill_in(ManagerReviewFactory(submitted=True))
    RatingFactory(review=review, value=4)
    return review


@pytest.fixture
def specialist():
    return RoleGrantFactory(role=Role.SPECIALIST).person


def test_a_review_is_printed_for_who_may_read_it(client, review):
    client.force_login(AccountFactory(person=review.author))

    response = client.get(f"/reviews/{review.pk}/document/")

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_what_is_never_shown_is_not_printed_either(review):
    answer(review, "What should HR know", text=SECRET)
    review.participation.released_at = timezone.now()
    review.participation.save()

    for_author, for_subject = (
        printed(reader, find_both(reader, review.pk))
        for reader in (acting(review.author), acting(review.subject))
    )

    assert SECRET in for_author
    assert SECRET not in for_subject
    assert "Closed the books" in for_subject


def ask(cycle, person):
    job = ask_for(
        KIND,
        "All",
        arguments={"cycle": cycle.pk},
        by=acting(person, Role.SPECIALIST),
        at=timezone.now(),
    )
    perform_job(job.pk, timezone.now)
    job.refresh_from_db()
    return job


def test_a_cycle_becomes_one_file_with_a_pdf_for_each_person(review, specialist):
    alone = SelfReviewFactory(participation__cycle=review.cycle, submitted=True)
    ManagerReviewFactory(participation__cycle=review.cycle, draft=True)

    job = ask(review.cycle, specialist)

    assert job.state == JobState.DONE, job.problem
    with default_storage.open(job.result_file) as file, zipfile.ZipFile(file) as packed:
        assert set(packed.namelist()) == {
            f"{review.subject.number}.pdf",
            f"{alone.subject.number}.pdf",
        }
    assert Entry.objects.get(code="cycle.documents_made").details == {"reviews": 2}


def test_who_asks_anew_gets_the_reviews_as_they_stand_now(review, specialist):
    job = ask(review.cycle, specialist)
    half_done = Path(default_storage.path(name_of(job.pk, "pdf")))
    half_done.mkdir()
    (half_done / "opened-again-since.pdf").write_bytes(b"%PDF")
    Job.objects.update(state=JobState.WAITING, attempt=0)

    perform_job(job.pk, timezone.now)

    with default_storage.open(job.result_file) as file, zipfile.ZipFile(file) as packed:
        assert packed.namelist() == [f"{review.subject.number}.pdf"]


def test_only_the_specialist_takes_a_cycle_out(review):
    job = ask(review.cycle, PersonFactory())

    assert job.state == JobState.FAILED
    assert "specialist" in job.problem


def test_the_specialists_own_review_is_left_out(review, specialist):
    ManagerReviewFactory(
        participation__cycle=review.cycle, participation__person=specialist, submitted=True
    )

    assert list(to_print(acting(specialist, Role.SPECIALIST), review.cycle)) == [review]


def test_what_is_still_written_is_left_out(review, specialist):
    review.state, review.submitted_at = ReviewState.DRAFT, None
    review.save()

    assert not to_print(acting(specialist, Role.SPECIALIST), review.cycle).exists()


def test_files_are_named_by_number_whatever_stands_in_it():
    assert file_name("E-17", 5) == "E-17.pdf"
    assert file_name("../17", 5) == ".._17-5.pdf"


def test_the_page_says_what_will_be_made_and_asks_for_it(client, review, specialist):
    client.force_login(AccountFactory(person=specialist))
    address = f"/reviews/cycles/{review.cycle_id}/documents/"
    assert "One PDF is made" in client.get(address).content.decode()

    response = client.post(address)

    assert response.status_code == 302
    assert response.url.startswith("/jobs/")


def test_nobody_else_gets_there(client, review):
    client.force_login(AccountFactory(person=review.author))

    assert client.get(f"/reviews/cycles/{review.cycle_id}/documents/").status_code in {403, 404}
