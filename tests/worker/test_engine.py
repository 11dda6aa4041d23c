import pytest
from django.utils import timezone
from django_q.models import OrmQ

from evenhand.jobs.events import JobAsked
from evenhand.jobs.pulse import WORKER, last_pulse
from evenhand.kernel.events import announce
from evenhand.worker.engine import ask_for_life

pytestmark = pytest.mark.django_db


def test_a_job_is_lined_up_once_it_is_safely_asked_for(
    django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr("django_q.conf.Conf.SYNC", False)

    with django_capture_on_commit_callbacks(execute=True):
        announce(JobAsked(1))
        assert not OrmQ.objects.exists()

    assert OrmQ.objects.count() == 1


def test_a_worker_shows_that_it_lives():
    assert last_pulse(WORKER) is None

    ask_for_life(timezone.now())

    assert last_pulse(WORKER) is not None


def test_questions_without_an_answer_do_not_pile_up(monkeypatch):
    monkeypatch.setattr("django_q.conf.Conf.SYNC", False)

    for _ in range(20):
        ask_for_life(timezone.now())

    assert OrmQ.objects.count() == 5
