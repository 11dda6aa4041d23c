"""What one may not see looks exactly like what is not there, however one asks."""

import re

import pytest
from django.db import transaction

from tests.architecture.test_access_matrix import ROWS, Row, words_of

pytestmark = pytest.mark.django_db

WAYS = {
    "a browser": {},
    "a part of a page": {"HX-Request": "true"},
    "a script": {"Accept": "application/json"},
}
# Each answer brings a token of its own against forged forms.
CHANGING = re.compile(r"\b[A-Za-z0-9]{64}\b")


def shut_for(kind):
    return [row for row in ROWS if row.about and row.expected[kind] == "·"]


def seen(world, row, kind, way):
    """All that somebody gets to see: status, headers that matter and the words."""
    is_machine = row.name.startswith("api:")
    client = world.machine(kind) if is_machine else world.client(kind)
    address = world.address(row.name, row.about)
    form = {"content_type": "application/json"} if is_machine and row.method != "GET" else {}
    with transaction.atomic():
        ask = getattr(client, row.method.lower())
        answer = ask(address, words_of(row, world), headers=WAYS[way], **form)
        transaction.set_rollback(True)
    words = CHANGING.sub("", answer.content.decode()).replace(address, "")
    return answer.status_code, answer.get("Location"), answer["Content-Type"], words


def of_nothing(row, world):
    """The same request about numbers that were never given to anything."""
    about = ",".join("nothing" if word in world.keys else word for word in row.about.split(","))
    return Row(row.method, row.name, about, row.body, row.cells)


@pytest.mark.parametrize("row", shut_for("strg"), ids=str)
def test_a_colleague_cannot_tell_a_record_from_none(world, row):
    for way in WAYS:
        found = seen(world, row, "strg", way)
        assert found[0] == 404
        assert found == seen(world, of_nothing(row, world), "strg", way), way


@pytest.mark.parametrize("kind", ["exec", "audt", "it"])
def test_a_role_opens_nothing_else(world, kind):
    for row in shut_for(kind):
        if row.method == "GET":
            found = seen(world, row, kind, "a browser")
            assert found == seen(world, of_nothing(row, world), kind, "a browser"), str(row)
