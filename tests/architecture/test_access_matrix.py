"""Every address, asked by every kind of person: the table beside this says what they find.

A new address, or a new way to ask an old one, fails here until a row says who may use it.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver

from tests.architecture.world import KINDS

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("access_matrix.txt")
PAGES = [kind for kind in KINDS if kind != "bare"]
MACHINES = [kind for kind in KINDS if kind not in {"dele", "dsub"}]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Views of libraries, which answer to any way of asking.
LIBRARIES = ("account_", "mfa_", "usersessions_", "api:api-root", "api:openapi-json")


@dataclass(frozen=True)
class Row:
    method: str
    name: str
    about: str
    body: str
    cells: tuple[str, ...]

    @property
    def kinds(self):
        return MACHINES if self.name.startswith("api:") else PAGES

    @property
    def expected(self):
        return dict(zip(self.kinds, self.cells, strict=True))

    def __str__(self):
        return f"{self.method} {self.name} {self.about} {self.body}".strip()


def read_table():
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith(METHODS):
            continue
        asked, found = line.split("|")
        method, name, *words = asked.split()
        body = next((word for word in words if "=" in word), "")
        about = next((word for word in words if "=" not in word), "")
        yield Row(method, name, about, body, tuple(found.split()))


ROWS = list(read_table())


def named_addresses(resolver, space=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named_addresses(pattern, inner)


def words_of(row, world):
    def said(words):
        return "-".join(str(world.keys.get(word, word)) for word in words.split("-"))

    pairs = (pair.split("=") for pair in row.body.split("&") if pair)
    return {name if name in world.keys else said(name): said(word) for name, word in pairs}


def answer_to(world, row, kind):
    """What this kind of person is answered; whatever it changes is undone."""
    is_machine = row.name.startswith("api:")
    client = world.machine(kind) if is_machine else world.client(kind)
    ask = getattr(client, row.method.lower())
    address, words = world.address(row.name, row.about), words_of(row, world)
    with transaction.atomic():
        if is_machine and row.method != "GET":
            words = {name: int(word) if word.isdecimal() else word for name, word in words.items()}
            answer = ask(address, words, content_type="application/json")
        else:
            answer = ask(address, words)
        transaction.set_rollback(True)
    if answer.streaming:
        list(answer)  # read to its end, a file is closed
    return answer


def symbol(answer):
    if answer.status_code >= 500:
        return "!"
    if answer.status_code == 302 and answer.url.split("?")[0] == "/sign-in/":
        return "→"
    return {401: "→", 403: "x", 404: "·", 405: "-"}.get(answer.status_code, "o")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_finds_what_the_table_says(world, row):
    found = {kind: symbol(answer_to(world, row, kind)) for kind in row.kinds}

    assert found == row.expected


def test_every_address_has_a_row():
    listed = {row.name for row in ROWS}

    assert set(named_addresses(get_resolver())) - listed == set()


def test_no_row_is_there_twice():
    assert len({str(row) for row in ROWS}) == len(ROWS)


def methods_beside(world, row):
    """What programs can do at the same address under another name."""
    machines = [other for other in ROWS if other.name.startswith("api:") and other.name != row.name]
    address = world.address(row.name, row.about)
    beside = (other for other in machines if other.about == row.about)
    return {other.method for other in beside if world.address(other.name, other.about) == address}


@pytest.mark.parametrize("name", sorted({row.name for row in ROWS}))
def test_other_ways_to_ask_are_not_there(world, name):
    """What has no row answers 405 to the specialist, who comes in nearly everywhere."""
    if name.startswith(LIBRARIES):
        return
    rows = [row for row in ROWS if row.name == name]
    listed = {row.method for row in rows} | methods_beside(world, rows[0])
    for method in METHODS:
        if method not in listed:
            row = Row(method, name, rows[0].about, "", ())
            assert symbol(answer_to(world, row, "spec")) == "-", method
