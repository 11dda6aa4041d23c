"""Real processes, killed without a word while people write or a cycle is launched."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from evenhand.cycles.kinds import CycleState
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Role
from evenhand.reviews.launching import ask_for_launch
from evenhand.reviews.models import Review
from tests.conftest import WIDE
from tests.factories.access import with_role
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory
from tests.journeys.windows import SAVED
from tests.worker.test_killing import database_url

PATIENCE = 60
SILENCE = 1
PEOPLE = 20


def environment(var, **more):
    kept = {name: word for name, word in os.environ.items() if not name.startswith("EVENHAND_")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "EVENHAND_DEBUG": "1",
        "EVENHAND_VAR": str(var),
        "EVENHAND_JOB_SILENCE": str(SILENCE),
        **more,
    }


def wait_until(said):
    deadline = time.monotonic() + PATIENCE
    while not said():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def kill(process):
    """The process and all it has started, as when the power fails."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def started():
    """Starts processes, and leaves none behind."""
    running = []

    def start(words, **wishes):
        running.append(subprocess.Popen(words, start_new_session=True, **wishes))
        return running[-1]

    yield start
    for process in running:
        kill(process)


class Installation:
    """Evenhand as it is served to people, with a database of its own in one file."""

    def __init__(self, var, started):
        self.environment, self.started = environment(var), started
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.run("evenhand.cli.main", "migrate")
        self.there = json.loads(self.run("tests.journeys.process", "furnish").splitlines()[-1])

    def run(self, *words):
        command = [sys.executable, "-m", *words]
        done = subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def serve(self):
        words = [sys.executable, "-m", "evenhand.cli.main", "serve", "--without-jobs"]
        self.process = self.started([*words, "--port", str(self.port)], env=self.environment)
        wait_until(self.answers)

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture
def installation(tmp_path, started):
    installation = Installation(tmp_path, started)
    installation.serve()
    return installation


def sit_down(browser, installation):
    context = browser.new_context(base_url=installation.url, viewport=WIDE)
    context.set_default_timeout(PATIENCE * 1000)
    session = {"name": "evenhand_session", "value": installation.there["session"]}
    context.add_cookies([session | {"url": installation.url}])
    page = context.new_page()
    page.goto(f"/reviews/{installation.there['review']}/")
    return page


def field(page, installation):
    return page.locator(f"[name='q-{installation.there['question']}-text']")


@pytest.mark.browser
def test_a_killed_server_loses_nothing_it_said_it_had(browser, installation):
    page = sit_down(browser, installation)
    acknowledged = []

    def keep(response):
        if response.url.endswith("/answers/") and response.status == 200:
            acknowledged.append(json.loads(response.request.post_data)["text"])

    page.on("response", keep)
    written = field(page, installation)
    for number in range(30):
        written.press_sequentially(f"word {number} ", delay=5)
        if len(acknowledged) >= 2:
            break
        page.wait_for_timeout(300)
    kill(installation.process)
    written.press_sequentially("after the fall")
    expect(page.locator("[data-saved]")).to_contain_text("kept on this device", timeout=60_000)
    all_words = written.input_value()
    # As soon as the server is back, this page sends the rest: only what it said until now counts.
    promised = list(acknowledged)

    installation.serve()
    elsewhere = sit_down(browser, installation)
    kept = field(elsewhere, installation).input_value()
    assert promised
    assert kept.startswith(promised[-1].rstrip())

    expect(page.locator("[data-saved-text]")).to_have_text(SAVED, timeout=60_000)
    elsewhere.reload()
    assert field(elsewhere, installation).input_value() == all_words


@pytest.mark.browser
def test_a_draft_is_sent_by_the_page_that_is_opened_after_the_fall(browser, installation):
    page = sit_down(browser, installation)
    kill(installation.process)
    field(page, installation).fill("Written while nobody was there.")
    expect(page.locator("[data-saved]")).to_contain_text("kept on this device", timeout=60_000)
    context = page.context
    page.close(run_before_unload=False)

    installation.serve()
    again = context.new_page()
    again.goto(f"/reviews/{installation.there['review']}/")

    expect(again.locator("[data-saved-text]")).to_have_text(SAVED, timeout=60_000)
    again.reload()
    expect(field(again, installation)).to_have_value("Written while nobody was there.")


@pytest.mark.django_db(transaction=True)
def test_a_launch_killed_in_the_middle_makes_each_review_once(started, tmp_path, monkeypatch):
    monkeypatch.setattr("django_q.conf.Conf.SYNC", False)
    specialist = with_role(Role.SPECIALIST, on=timezone.localdate())
    manager = PersonFactory()
    PersonFactory.create_batch(PEOPLE, manager=manager)
    cycle = CycleFactory(draft=True)
    job = ask_for_launch(cycle, by=specialist, at=timezone.now())
    command = [sys.executable, "-m", "tests.journeys.process", "launch", str(job.pk)]
    with_keys = environment(
        tmp_path,
        EVENHAND_DATABASE_URL=database_url(),
        EVENHAND_POOL="off",
        EVENHAND_KEYS=os.environ["EVENHAND_KEYS"],
    )

    first = started(command, env=with_keys)
    wait_until(lambda: Job.objects.get(pk=job.pk).done >= PEOPLE / 3)
    kill(first)
    cycle.refresh_from_db()
    assert cycle.state == CycleState.LAUNCHING
    assert 0 < Review.objects.count() < 2 * PEOPLE

    Job.objects.filter(pk=job.pk).update(heard_from_at=timezone.now() - timedelta(hours=1))
    started(command, env=with_keys).wait(PATIENCE)
    job.refresh_from_db()
    cycle.refresh_from_db()
    made = Counter(Review.objects.values_list("subject", "kind"))
    assert (job.state, job.attempt, cycle.state) == (JobState.DONE, 2, CycleState.OPEN)
    assert set(made.values()) == {1}
    assert len([kind for _subject, kind in made if kind == "manager"]) == PEOPLE
