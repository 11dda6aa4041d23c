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
from evenhand.sample.guests import PASSWORD, invitation, keep_guests, kept_guests
from evenhand.sample.inventing import SMALLEST

SEED = 2026


def configure(parser: argparse.ArgumentParser) -> None:
    serving.configure(parser)
    parser.add_argument(
        "--people", type=enough, default=300, help=f"how many to make up, at least {SMALLEST}"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other people")


def enough(text: str) -> int:
    if not text.isdecimal() or int(text) < SMALLEST:
        message = f"please make it a number, at least {SMALLEST}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


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
    return serving.serve(args, lambda: print_who_to_be(serving.address(args)))


def furnish_once(*, people: int, seed: int) -> None:
    """All or nothing: an interrupted attempt leaves an empty database."""
    print(f"Making up an organization of {people} people.", flush=True)
    with transaction.atomic():
        guests = furnish(people=people, seed=seed, today=timezone.localdate(), progress=say)
    keep_guests(guests, guest_book())
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


def guest_book() -> Path:
    return Path(settings.VAR) / "sample-guests.json"


def print_who_to_be(address: str) -> None:
    print(f"\nEvenhand is at {address}", flush=True)
    guests = kept_guests(guest_book())
    if guests:
        print("Open one of these links to be somebody, and another one to be somebody else:\n")
        print(invitation(guests, address))
        print(f"\nAnybody's password is {PASSWORD}. Stop with Ctrl-C.\n", flush=True)
