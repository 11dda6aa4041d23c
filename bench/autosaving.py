"""How many answers are saved a second by 50 writers at once, beside a view with one UPDATE.

Both are served by the same server, as `evenhand serve` starts it, and asked by the same program.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from django.test import Client

from bench.measuring import Table, middle, p95
from evenhand.access.models import Account
from evenhand.cycles.kinds import QuestionKind
from evenhand.cycles.models import Cycle, Question
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.models import Answer, Review

WRITERS = 50
SECONDS = 15
SENTENCE = "The line stood still for four hours less than in spring, and the shift knows why. "


@dataclass
class Writer:
    """Somebody who types: each save adds a sentence to the answer."""

    port: int
    cookie: str
    review: int
    question: int
    answer: int
    seconds: list[float] = field(default_factory=list)
    failures: int = 0
    base: int = 1
    text: str = SENTENCE

    def save(self, connection: http.client.HTTPConnection) -> None:
        self.text = (self.text + SENTENCE)[-3000:] if len(self.text) < 3000 else SENTENCE
        said = {
            "question": self.question,
            "base": self.base,
            "tab": "bench",
            "text": self.text,
            "rating": None,
            "not_rated": False,
            "choice": "",
        }
        body = self._post(connection, f"/reviews/{self.review}/answers/", json.dumps(said))
        self.base = body.get("revision", self.base)

    def touch(self, connection: http.client.HTTPConnection) -> None:
        self._post(connection, f"/bare/{self.answer}/", "{}")

    def _post(self, connection, path: str, body: str) -> dict:
        token = self.cookie.split("evenhand_csrf=")[1].split(";")[0]
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Cookie": self.cookie,
            "X-CSRFToken": token,
        }
        began = time.perf_counter()
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        read = answer.read()
        self.seconds.append(time.perf_counter() - began)
        if answer.status != 200:
            self.failures += 1
            return {}
        return json.loads(read)


def bench_autosave(cycle: Cycle, table: Table) -> None:
    port = _free_port()
    server = _serve(port)
    try:
        _wait_for(port)
        writers = [_writer(review, port) for review in _reviews(cycle)]
        bare = _run(writers, Writer.touch)
        saved = _run(writers, Writer.save)
    finally:
        server.terminate()
        server.wait()
    table.add(
        f"autosave by {WRITERS} writers at once",
        f"{saved['rate']:.0f} a second",
        f"{bare['rate']:.0f} a second",
        f"{saved['rate'] / bare['rate']:.2f}",
        f"median {saved['median']:.0f} ms, p95 {saved['p95']:.0f} ms,"
        f" {saved['failures']:.0f} failed; bare p95 {bare['p95']:.0f} ms",
    )


def _reviews(cycle: Cycle) -> list[Review]:
    return list(
        Review.objects.filter(cycle=cycle, kind=ReviewKind.SELF)
        .select_related("author")
        .order_by("pk")[:WRITERS]
    )


def _writer(review: Review, port: int) -> Writer:
    account, _new = Account.objects.get_or_create(
        person=review.author, defaults={"email": review.author.email}
    )
    client = Client()
    client.force_login(account)
    client.get(f"/reviews/{review.pk}/")
    question = Question.objects.filter(
        section__version=review.cycle.version, kind=QuestionKind.TEXT
    ).first()
    said = {"question": question.pk, "base": 0, "tab": "bench", "text": SENTENCE}
    client.post(f"/reviews/{review.pk}/answers/", said, content_type="application/json")
    answer = Answer.objects.get(review=review, question=question)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return Writer(port, cookie, review.pk, question.pk, answer.pk, base=answer.revision)


def _run(writers: list[Writer], deed) -> dict[str, float]:
    for writer in writers:
        writer.seconds.clear()
        writer.failures = 0
    until = time.perf_counter() + SECONDS

    def work(writer: Writer) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", writer.port, timeout=30)
        while time.perf_counter() < until:
            deed(writer, connection)

    threads = [threading.Thread(target=work, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = [second for writer in writers for second in writer.seconds]
    return {
        "rate": len(seconds) / SECONDS,
        "median": middle(seconds) * 1000,
        "p95": p95(seconds) * 1000,
        "failures": sum(writer.failures for writer in writers),
    }


def _serve(port: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "evenhand.cli.main", "serve", "--port", str(port)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int) -> None:
    for _ in range(240):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    message = "The server did not start."
    raise SystemExit(message)
