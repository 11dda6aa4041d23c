"""Serves the sample organization: made once in an empty database, and never beside real people."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.cli import migrating, serving
from evenhand.people.models import Person
from evenhand.sample.furnishing import furnish

SEED = 2026


def configure(parser: argparse.ArgumentParser) -> None:
    serving.configure(parser)
    parser.add_argument("--people", type=int, default=300, help="how many people to make up")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other people")


def run(args: argparse.Namespace) -> int:
    if serving.is_taken(args.host, args.port):
        return serving.refuse_port(args)
    migrating.migrate(verbosity=0)
    if not Person.objects.exists():
        furnish_once(people=args.people, seed=args.seed)
    elif not is_sample():
        print(
            "This database holds real people, and a demonstration lets anybody in.\n"
            "Please name another place: EVENHAND_VAR=var/demo evenhand demo",
            file=sys.stderr,
        )
        return 1
    print_who_to_be(f"http://{args.host}:{args.port}")
    return serving.run(args)


def furnish_once(*, people: int, seed: int) -> None:
    """All or nothing: an interrupted attempt leaves an empty database."""
    print(f"Making up an organization of {people} people.", flush=True)
    with transaction.atomic():
        furnish(people=people, seed=seed, today=timezone.localdate(), progress=say)
    marker().write_text(database_name())


def is_sample() -> bool:
    return marker().exists() and marker().read_text() == database_name()


def marker() -> Path:
    """A file that names the database whose people are made up."""
    return Path(settings.VAR) / "sample-organization"


def database_name() -> str:
    database = settings.DATABASES["default"]
    parts = (database.get("HOST", ""), database.get("PORT", ""), database["NAME"])
    return ":".join(str(part) for part in parts)


def say(line: str) -> None:
    print(f"  {line}", flush=True)


def print_who_to_be(address: str) -> None:
    print(f"\nEvenhand is at {address}", flush=True)
