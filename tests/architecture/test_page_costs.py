"""What a page costs: few questions to the database, and few bytes on the way."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.architecture.test_access_matrix import ROWS, answer_to

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15
MOST_BYTES = 60_000
MORE_QUERIES = {
    "home": 18,  # one question for each kind of work that may wait for somebody
    "cycle draft": 19,  # counts what a launch would make: one query for each count
    "goals:given batch": 22,  # who is meant by name, team, unit and job, and why some are left out
    "goals:goal": 27,  # a plan, its history and a conversation, with who may do what to it
}
WHO = ("spec", "mgr", "subj", "audt", "it", "hr", "exec")
PAGES = [
    (row, kind)
    for row in ROWS
    if row.method == "GET" and not row.name.startswith("api:")
    for kind in [next((kind for kind in WHO if row.expected[kind] == "o"), None)]
    if kind
]
BOUNDARIES = ("SAVEPOINT", "RELEASE", "ROLLBACK")


@pytest.mark.parametrize(("row", "kind"), PAGES, ids=str)
def test_a_page_costs_little(world, row, kind):
    with CaptureQueriesContext(connection) as asked:
        answer = answer_to(world, row, kind)

    questions = [query["sql"] for query in asked if not query["sql"].startswith(BOUNDARIES)]
    usual = MORE_QUERIES.get(row.name, MOST_QUERIES)
    most = MORE_QUERIES.get(f"{row.name} {row.about}", usual)
    assert len(questions) <= most, questions
    is_page = "Content-Disposition" not in answer
    if is_page and answer["Content-Type"].startswith("text/html"):
        assert len(answer.content) <= MOST_BYTES
