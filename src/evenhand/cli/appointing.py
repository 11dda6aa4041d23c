"""`evenhand appoint E-MAIL`: make somebody the specialist, as a new installation needs first.

Whoever may run commands on the server may do this; the audit trail says that it came from there.
"""

import argparse
import sys
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evenhand.access.actions import RolePlan, give_role, invite_person
from evenhand.kernel.acting import Actor, Grant, Role, system
from evenhand.kernel.verdict import Refused
from evenhand.people.actions.employments import add_person
from evenhand.people.changes import Beginning, PersonDetails
from evenhand.people.models import Person

REFUSED = 1


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="E-MAIL")
    parser.add_argument("--given-name", default="", help="needed for somebody not known yet")
    parser.add_argument("--family-name", default="", help="needed for somebody not known yet")
    parser.add_argument("--number", default="", help="the number HR knows this person by")
    parser.add_argument("--role", choices=Role.values, default=Role.SPECIALIST.value)


def run(args: argparse.Namespace) -> int:
    now = timezone.now()
    operator = replace(
        system(timezone.localdate()),
        name="Evenhand, on the command line",
        grants=frozenset({Grant(Role.SPECIALIST)}),
    )
    try:
        person = appoint(args, by=operator, at=now)
    except Refused as refusal:
        print(refusal.verdict.reason, file=sys.stderr)
        return REFUSED
    print(f"{person.name} is {Role(args.role).label}. An invitation goes to {person.email}.")
    return 0


@transaction.atomic
def appoint(args: argparse.Namespace, *, by: Actor, at: datetime) -> Person:
    """Find the person or add one, give the role, and send the invitation; all of it or nothing."""
    person = Person.objects.filter(email__iexact=args.email).first()
    if person is None:
        details = PersonDetails(
            number=args.number or args.email,
            given_name=args.given_name,
            family_name=args.family_name or args.email,
            email=args.email,
        )
        person = add_person(details, Beginning(on=by.on), by=by, at=at)
    give_role(person, RolePlan(Role(args.role), None, by.on), by=by, at=at)
    invite_person(person, by=by, at=at)
    return person
