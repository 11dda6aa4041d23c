from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from evenhand.audit.chain import GENESIS
from evenhand.audit.models import Entry, Seal
from evenhand.audit.policies import visible_entries
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import Page, page_of

ORDER = ("-at", "-id")


@dataclass(frozen=True, slots=True)
class Search:
    """What an auditor looks for, empty where not asked. `people` acted, or typed for others."""

    code: str = ""
    people: Collection[int] | None = None
    about: str = ""
    about_id: int | None = None
    named: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def as_arguments(self) -> dict[str, Any]:
        """The search as a job keeps it."""
        people = None if self.people is None else sorted(self.people)
        return {
            **asdict(self),
            "people": people,
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
        }

    @classmethod
    def from_arguments(cls, arguments: dict[str, Any]) -> "Search":
        times = {
            name: datetime.fromisoformat(arguments[name]) if arguments[name] else None
            for name in ("since", "until")
        }
        return cls(**{**arguments, **times})


@dataclass(frozen=True, slots=True)
class Link:
    """The place of an entry in the chain, and the digests before and after it."""

    position: int
    previous: str
    digest: str


def found_entries(actor: Actor, search: Search) -> QuerySet[Entry]:
    """What fits a search, of what the actor may see. `until` is exclusive."""
    exact = {"code": search.code, "about": search.about, "about_id": search.about_id}
    conditions = Q(**{name: value for name, value in exact.items() if value not in ("", None)})
    if search.people is not None:
        conditions &= Q(by_id__in=search.people) | Q(delegate_id__in=search.people)
    if search.named:
        conditions &= Q(about_name__icontains=search.named)
    if search.since:
        conditions &= Q(at__gte=search.since)
    if search.until:
        conditions &= Q(at__lt=search.until)
    return visible_entries(actor).filter(conditions)


def entries_page(actor: Actor, search: Search, *, cursor: str = "", limit: int = 50) -> Page[Entry]:
    """The newest first."""
    return page_of(found_entries(actor, search), ORDER, cursor=cursor, limit=limit)


def places_of(entries: Sequence[Entry]) -> dict[int, Seal]:
    """The seals of these entries by their numbers; those that wait to be sealed have none."""
    return Seal.objects.in_bulk([entry.pk for entry in entries], field_name="entry_id")


def link_of(entry: Entry) -> Link | None:
    """Where the entry stands in the chain; None while it waits to be sealed."""
    seal = Seal.objects.filter(entry_id=entry.pk).first()
    if seal is None:
        return None
    before = Seal.objects.filter(position=seal.position - 1).first()
    return Link(seal.position, before.digest if before else GENESIS, seal.digest)
