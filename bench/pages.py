"""Server time, queries and bytes of the pages people open most.

Processor time is that of this process alone: with SQLite all of it, also where others work beside.
"""

from time import process_time

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.utils import timezone

from bench.measuring import Table, middle, p95, repeated
from evenhand.access.models import Account, RoleGrant
from evenhand.cycles.models import Cycle
from evenhand.kernel.acting import Role
from evenhand.people.models import Person
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.models import Review

RUNS = 40
LIMIT_MS = 100


def bench_pages(cycle: Cycle, table: Table) -> None:
    """Open each page as somebody whose page it is: a busy manager, the specialist."""
    reviews = Review.objects.filter(cycle=cycle)
    busiest = (
        reviews.filter(kind=ReviewKind.MANAGER)
        .values("author")
        .annotate(count=Count("pk"))
        .order_by("-count", "author")
        .first()
    )
    manager = signed_in(Person.objects.get(pk=busiest["author"]))
    review = reviews.filter(kind=ReviewKind.MANAGER, author=busiest["author"]).first()
    specialist_person = reviews.exclude(author=busiest["author"]).first().subject
    RoleGrant.objects.get_or_create(
        person=specialist_person, role=Role.SPECIALIST, starts_on=timezone.localdate()
    )
    specialist = signed_in(specialist_person)
    size = f"{reviews.values('subject').distinct().count():,}"
    for name, client, url in (
        ("home", manager, "/"),
        ("team", manager, "/team/"),
        ("review to write", manager, f"/reviews/{review.pk}/"),
        ("people, searched", specialist, "/people/?q=an"),
        ("people", specialist, "/people/"),
        ("cockpit", specialist, f"/cycles/{cycle.pk}/"),
        ("late reviews", specialist, f"/cycles/{cycle.pk}/open-reviews/"),
    ):
        measure_page(f"{name} at {size} people", client, url, table)


def measure_page(name: str, client: Client, url: str, table: Table) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        message = f"{url} answered {answer.status_code}"
        raise SystemExit(message)
    queries: list[str] = []

    def count(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        client.get(url)
    worked = process_time()
    seconds = repeated(RUNS, lambda: client.get(url))
    worked = (process_time() - worked) / (RUNS + 1)
    slow = p95(seconds) * 1000
    table.add(
        name,
        f"p95 {slow:.0f} ms",
        f"{LIMIT_MS} ms",
        f"{slow / LIMIT_MS:.2f}",
        f"median {middle(seconds) * 1000:.0f} ms, processor {worked * 1000:.0f} ms,"
        f" {len(queries)} queries,"
        f" {len(answer.content) / 1000:.0f} kB",
    )


def signed_in(person: Person) -> Client:
    account, _new = Account.objects.get_or_create(
        person=person, defaults={"email": person.email or f"{person.pk}@bench.example"}
    )
    client = Client()
    client.force_login(account)
    return client
