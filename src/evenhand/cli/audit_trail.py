import argparse
import sys

from evenhand.audit.chain import GENESIS
from evenhand.audit.models import Entry
from evenhand.audit.sealing import head, seal_entries
from evenhand.audit.verifying import Verification, verify_chain

BROKEN = 1


def configure(parser: argparse.ArgumentParser) -> None:
    tasks = parser.add_subparsers(required=True, metavar="TASK")
    verify = tasks.add_parser(
        "verify", help="prove the chain whole, or name the first broken entry"
    )
    verify.add_argument(
        "--head",
        metavar="DIGEST",
        default="",
        help="a head noted down earlier, so that a chain cut off behind is found out",
    )
    verify.set_defaults(task=run_verify)
    tasks.add_parser("seal", help="seal what is not sealed yet").set_defaults(task=run_seal)
    tasks.add_parser("head", help="print the digest to note down").set_defaults(task=run_head)


def run(args: argparse.Namespace) -> int:
    return int(args.task(args))


def run_verify(args: argparse.Namespace) -> int:
    found = verify_chain(args.head)
    if not found.is_whole:
        tell_what_is_broken(found)
        return BROKEN
    print(f"The audit trail is whole: {found.sealed:,} entries sealed, {found.unsealed:,} not yet.")
    print(f"Head: {found.head}")
    return 0


def tell_what_is_broken(found: Verification) -> None:
    place = f"The audit trail is broken at position {found.first_broken:,}"
    named = f", entry {found.entry_id}" if found.entry_id is not None else ""
    print(f"{place}{named}.", file=sys.stderr)
    if found.damage:
        print(found.damage.label, file=sys.stderr)
    entry = Entry.objects.filter(pk=found.entry_id or 0).first()
    if entry:
        told = f"{entry.at:%Y-%m-%d %H:%M} {entry.by_name}: {entry.code}, {entry.about_name}"
        print(f"It now says: {told}", file=sys.stderr)
    print(f"The {found.sealed:,} entries before it hold.", file=sys.stderr)


def run_seal(_args: argparse.Namespace) -> int:
    total = 0
    while sealed := seal_entries():
        total += sealed
    print(f"Sealed {total:,} entries.")
    return 0


def run_head(_args: argparse.Namespace) -> int:
    last = head()
    print(last.digest if last else GENESIS)
    return 0
