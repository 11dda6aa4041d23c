import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from evenhand.audit.models import Entry
from evenhand.jobs.kinds import JobState
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.jobs import JobFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def ada(client):
    account = AccountFactory()
    client.force_login(account)
    return account.person


def job_of(person, **fields):
    return JobFactory(asked_by_id=person.pk, asked_by_name=person.name, **fields)


def test_people_find_what_they_asked_for_and_nothing_else(client, ada):
    job_of(ada, title="My launch")
    JobFactory(asked_by_id=ada.pk + 1, title="Another launch")

    page = client.get(reverse("jobs:jobs")).content.decode()

    assert "My launch" in page
    assert "Another launch" not in page


def test_the_job_of_another_does_not_exist(client, ada):
    job = JobFactory(asked_by_id=ada.pk + 1)

    for name in ("job", "progress", "file"):
        assert client.get(reverse(f"jobs:{name}", args=[job.pk])).status_code == 404
    for name in ("cancellation", "retry"):
        assert client.post(reverse(f"jobs:{name}", args=[job.pk])).status_code == 404


def test_the_it_administrator_sees_states_and_problems_of_all_but_no_files(client, ada):
    RoleGrantFactory(person=ada, role=Role.IT_ADMINISTRATOR)
    job = JobFactory(
        asked_by_id=ada.pk + 1,
        title="Their file",
        state=JobState.DONE,
        result_file="jobs/1/reviews.zip",
    )

    everybody = client.get(reverse("jobs:jobs"), {"of": "everybody"}).content.decode()
    page = client.get(reverse("jobs:job", args=[job.pk])).content.decode()

    assert "Their file" in everybody
    assert "reviews.zip" not in page
    assert client.get(reverse("jobs:file", args=[job.pk])).status_code == 403


def test_progress_is_asked_for_until_the_work_has_ended(client, ada):
    job = job_of(ada, state=JobState.RUNNING, attempt=1, done=120, total=400, note="Reviews")

    def progress():
        url = reverse("jobs:progress", args=[job.pk])
        return client.get(url, headers=HTMX).content.decode()

    assert "120 of 400" in progress()
    assert "hx-trigger" in progress()

    job.state = JobState.DONE
    job.save()
    assert "hx-trigger" not in progress()


def test_without_scripts_progress_is_the_page_of_the_job(client, ada):
    job = job_of(ada)

    answer = client.get(reverse("jobs:progress", args=[job.pk]))

    assert answer.url == reverse("jobs:job", args=[job.pk])


def test_work_is_cancelled_and_tried_again(client, ada):
    job = job_of(ada)

    client.post(reverse("jobs:cancellation", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED

    client.post(reverse("jobs:retry", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_a_file_is_taken_by_who_asked_and_that_is_on_record(client, ada):
    job = job_of(ada, state=JobState.DONE)
    job.result_file = default_storage.save(f"jobs/{job.pk}/reviews.csv", ContentFile(b"a,b"))
    job.save()
    assert "Download reviews" in client.get(reverse("jobs:job", args=[job.pk])).content.decode()

    answer = client.get(reverse("jobs:file", args=[job.pk]))

    assert b"".join(answer.streaming_content) == b"a,b"
    assert "attachment" in answer["Content-Disposition"]
    assert Entry.objects.filter(code="job.file_taken", about_id=job.pk, by_id=ada.pk).exists()


def test_a_finished_job_leads_on_to_a_page_of_ours_only(client, ada):
    good = job_of(ada, state=JobState.DONE, result={"url": "/cycles/3/"})
    bad = job_of(ada, state=JobState.DONE, result={"url": "//elsewhere.example/"})

    def page(job):
        return client.get(reverse("jobs:job", args=[job.pk])).content.decode()

    assert 'href="/cycles/3/"' in page(good)
    assert "elsewhere" not in page(bad)


def test_long_lists_cost_as_many_queries_as_short_ones(client, ada, django_assert_max_num_queries):
    for _ in range(60):
        job_of(ada)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("jobs:jobs"))

    assert "Older" in page.content.decode()
