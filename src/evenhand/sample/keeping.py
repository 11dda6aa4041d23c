"""The audit trail of years gone by, written in the order in which things happened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from evenhand.audit.actions import COLUMNS
from evenhand.audit.models import Entry
from evenhand.kernel.bulk import insert_rows


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did: `what` is a model's label, a key and what the thing is called."""

    at: datetime
    code: str
    what: tuple[str, int, str]
    by: tuple[int, str]
    details: dict[str, object] = field(default_factory=dict)

    def values(self) -> tuple[object, ...]:
        label, key, name = self.what
        return self.code, label, key, name[:200], *self.by, None, "", self.at, self.details


def keep(deeds: Iterable[Deed]) -> None:
    in_order = sorted(deeds, key=attrgetter("at", "code", "what"))
    insert_rows(Entry, COLUMNS, (deed.values() for deed in in_order))
