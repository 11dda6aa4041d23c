"""Serves the sample organization: made once in an empty database, and never beside real people."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from evenhand.cli import migrating, serving
from evenhand.people.models import Person
from evenhand.sample.furnishing import furnish

SEED = 2026
READY = "ready"


def configure(parser: argparse.ArgumentParser) -> None:
    serving.configure(parser)
    parser.add_argument("--people", type=int, default=300, help="how many people to make up")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other people")


def run(args: argparse.Namespace) -> int:
    if serving.is_taken(args.host, args.port):
        return serving.refuse_port(args)
    migrating.migrate(verbosity=0)
    if Person.objects.exists() and not marker().exists():
        print(
            "This database holds real people; a demonstration would let anybody in.\n"
            "Please name another place: EVENHAND_VAR=var/demo evenhand demo",
            file=sys.stderr,
        )
        return 1
    if not is_furnished():
        furnish_anew(people=args.people, seed=args.seed)
    print_who_to_be(f"http://{args.host}:{args.port}")
    return serving.run(args)


def marker() -> Path:
    """A file beside the database which says that its people are made up, and when all of them are."""
    return Path(settings.VAR) / "sample-organization"


def is_furnished() -> bool:
    return marker().exists() and marker().read_text() == READY


def furnish_anew(*, people: int, seed: int) -> None:
    """What an interrupted attempt left behind is cleared away first."""
    if marker().exists():
        call_command("flush", interactive=False, verbosity=0)
    marker().write_text("begun")
    print(f"Making up an organization of {people} people.", flush=True)
    furnish(people=people, seed=seed, today=timezone.localdate(), progress=say)
    marker().write_text(READY)


def say(line: str) -> None:
    print(f"  {line}", flush=True)


def print_who_to_be(address: str) -> None:
    print(f"\nEvenhand is at {address}", flush=True)
