"""Proves the chain whole, or names the first place where it is not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evenhand.audit.chain import GENESIS, digest_of
from evenhand.audit.kinds import Damage
from evenhand.audit.models import Entry, Seal
from evenhand.audit.sealing import unsealed_entries

STRETCH = 2000


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: how many links hold, and the first that does not with the reason why."""

    sealed: int
    unsealed: int
    head: str
    first_broken: int | None = None
    entry_id: int | None = None
    damage: Damage | None = None

    @property
    def is_whole(self) -> bool:
        return self.damage is None


@dataclass(frozen=True, slots=True)
class Break:
    position: int
    entry_id: int | None
    damage: Damage


@dataclass(slots=True)
class Walk:
    """A walk along the chain: how far it held, and whether the remembered head was passed."""

    remembered: str
    position: int = 0
    digest: str = GENESIS
    has_passed: bool = False

    def __post_init__(self) -> None:
        self.has_passed = self.remembered in {"", GENESIS}

    def step(self, digest: str) -> None:
        self.position += 1
        self.digest = digest
        self.has_passed |= digest == self.remembered


def verify_chain(
    remembered: str = "", *, tell: Callable[[int], None] = lambda position: None
) -> Verification:
    """Walk the chain from its beginning, a stretch at a time.

    `remembered` is a head noted down earlier: a chain that was cut off behind, or made anew, does
    not lead through it. `tell` hears how far the walk has come.
    """
    walk = Walk(remembered.strip().lower())
    broken = _walk_on(walk, tell)
    if broken is None and not walk.has_passed:
        broken = Break(walk.position + 1, None, Damage.HEAD_MISSING)
    unsealed = unsealed_entries().count()
    if broken is None:
        return Verification(walk.position, unsealed, walk.digest)
    return Verification(
        walk.position, unsealed, walk.digest, broken.position, broken.entry_id, broken.damage
    )


def _walk_on(walk: Walk, tell: Callable[[int], None]) -> Break | None:
    for seals in _stretches():
        entries = Entry.objects.in_bulk([seal.entry_id for seal in seals])
        for place, seal in enumerate(seals):
            damage = _damage(walk, seals, place, entries)
            if damage is not None:
                missing = damage is Damage.SEAL_MISSING
                return Break(walk.position + 1, None if missing else seal.entry_id, damage)
            walk.step(seal.digest)
        tell(walk.position)
    return None


def _stretches() -> Iterator[list[Seal]]:
    after = 0
    while seals := list(Seal.objects.filter(position__gt=after).order_by("position")[:STRETCH]):
        yield seals
        after = seals[-1].position


def _damage(walk: Walk, seals: list[Seal], place: int, entries: dict[int, Entry]) -> Damage | None:
    seal = seals[place]
    entry = entries.get(seal.entry_id)
    if seal.position != walk.position + 1:
        return Damage.SEAL_MISSING
    if entry is None:
        return Damage.ENTRY_MISSING
    digest = digest_of(entry, walk.digest)
    if digest == seal.digest:
        return None
    if _leads_on(digest, seals[place + 1 : place + 2], entries):
        return Damage.SEAL_ALTERED
    fits = any(digest_of(other, walk.digest) == seal.digest for other in entries.values())
    return Damage.REORDERED if fits else Damage.ENTRY_ALTERED


def _leads_on(digest: str, following: list[Seal], entries: dict[int, Entry]) -> bool:
    """Whether the chain goes on from this digest, so that only the seal in between is wrong."""
    return any(
        seal.entry_id in entries and digest_of(entries[seal.entry_id], digest) == seal.digest
        for seal in following
    )
