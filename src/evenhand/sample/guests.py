"""Who one can sign in as while trying the sample, kept beside it for the next start."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evenhand.sample.organization import Organization

PASSWORD = "measure-twice"  # noqa: S105  # the sample is open to everybody who runs it


@dataclass(frozen=True, slots=True)
class Guest:
    """A person of the sample, by what they can show to whoever signs in as them."""

    label: str
    name: str
    number: str
    email: str
    story: str

    @property
    def path(self) -> str:
        return f"/sign-in/demo/{self.number}/"


def guests_of(organization: Organization) -> tuple[Guest, ...]:
    invited = ((sign_in, organization.people[sign_in.person]) for sign_in in organization.sign_ins)
    return tuple(
        Guest(sign_in.label, person.name, person.number, person.email, sign_in.story)
        for sign_in, person in invited
    )


def keep_guests(guests: Sequence[Guest], path: Path) -> None:
    kept = json.dumps([asdict(guest) for guest in guests], ensure_ascii=False, indent=1)
    path.write_text(kept, encoding="utf-8")


def kept_guests(path: Path) -> tuple[Guest, ...]:
    """Those kept there; none when nothing was kept."""
    if not path.exists():
        return ()
    return tuple(Guest(**row) for row in json.loads(path.read_text(encoding="utf-8")))


def invitation(guests: Sequence[Guest], address: str) -> str:
    """A table for a terminal: as what one can see the sample, who that is, and the link."""
    rows = [(guest.label, guest.name, f"{address}{guest.path}") for guest in guests]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"  {label:<{widths[0]}}  {name:<{widths[1]}}  {link}" for label, name, link in rows]
    return "\n".join(lines)
