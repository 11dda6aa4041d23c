"""Seals entries into the chain, in batches, so that no action ever waits for another's record."""

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from evenhand.audit.chain import GENESIS, digest_of
from evenhand.audit.models import Entry, Seal
from evenhand.kernel.locking import one_at_a_time

BATCH = 5000


def seal_entries(*, limit: int = BATCH, look_back: int | None = None) -> int:
    """Seal what is not sealed yet, oldest first; returns how many.

    A long transaction stores entries with lower numbers than others that are sealed already. They
    are found within `look_back` numbers (None: among all) and sealed when they are found.
    """
    if not unsealed_entries(look_back).exists():
        return 0
    with transaction.atomic():
        one_at_a_time("audit.sealing")
        entries = unsealed_entries(look_back).order_by("pk")[:limit]
        seals = _following(head(), list(entries))
        Seal.objects.bulk_create(seals, batch_size=1000)
    return len(seals)


def unsealed_entries(look_back: int | None = None) -> QuerySet[Entry]:
    """Entries without a place in the chain."""
    entries = Entry.objects.all()
    if look_back is not None:
        newest = Seal.objects.aggregate(newest=Max("entry_id"))["newest"] or 0
        entries = entries.filter(pk__gt=newest - look_back)
    return entries.filter(~Exists(Seal.objects.filter(entry_id=OuterRef("pk"))))


def head() -> Seal | None:
    """The last link of the chain."""
    return Seal.objects.order_by("-position").first()


def _following(last: Seal | None, entries: list[Entry]) -> list[Seal]:
    position, digest = (last.position, last.digest) if last else (0, GENESIS)
    seals = []
    for entry in entries:
        position, digest = position + 1, digest_of(entry, digest)
        seals.append(Seal(position=position, entry_id=entry.pk, digest=digest))
    return seals
