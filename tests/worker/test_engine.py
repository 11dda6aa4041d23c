import pytest
from django_q.models import OrmQ

from evenhand.jobs.events import JobAsked
from evenhand.kernel.events import announce

pytestmark = pytest.mark.django_db


def test_a_job_is_lined_up_once_it_is_safely_asked_for(
    django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr("django_q.conf.Conf.SYNC", False)

    with django_capture_on_commit_callbacks(execute=True):
        announce(JobAsked(1))
        assert not OrmQ.objects.exists()

    assert OrmQ.objects.count() == 1
