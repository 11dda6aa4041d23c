"""What all things kept in versions have in common: their codes, and how a version takes effect."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Max, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from evenhand.competencies.models import Competency, CompetencyModel, Edition
from evenhand.kernel.verdict import Ground, Refused, Verdict

E = TypeVar("E", bound=Edition)

LONGEST_CODE = 80

CHANGED_MEANWHILE = Verdict(
    "changed_meanwhile",
    _(
        "Somebody else has changed this since you opened it. Open it again to see the change, then"
        " write yours."
    ),
    Ground.WHEN,
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """From which day a version counts, and why there is a new one."""

    starts_on: date
    reason: str = ""


def free_code(alike: QuerySet[Competency] | QuerySet[CompetencyModel], name: str) -> str:
    """A code of its own for a name: the name in plain letters, numbered where it is taken."""
    base = slugify(name)[: LONGEST_CODE - 5] or "unnamed"
    taken = set(alike.filter(code__startswith=base).values_list("code", flat=True))
    numbered = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(code for code in numbered if code not in taken)


def next_number(versions: QuerySet[E]) -> int:
    last = versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def newest_published(versions: QuerySet[E]) -> E | None:
    """The version that counts, or will count, last of all."""
    return versions.filter(published_at__isnull=False).order_by("-number").first()


def check_unchanged(version: Edition, seen_at: datetime | None) -> None:
    """Whoever changes a version has seen it as it stands; without a moment nothing is asked."""
    if seen_at is not None and version.written_at != seen_at:
        raise Refused(CHANGED_MEANWHILE)


def check_ready(problems: list[str]) -> None:
    """Nothing is published that still has problems; the refusal names them all."""
    if problems:
        raise Refused(Verdict("not_ready", " ".join(problems), Ground.WHAT))


def take_effect(version: Edition, before: Edition | None, *, starts_on: date, at: datetime) -> None:
    """A version counts from its first day on, and the one before it until then."""
    if before is not None:
        before.ends_on = starts_on
        before.save(update_fields=["ends_on"])
    version.starts_on, version.published_at = starts_on, at
    version.save(update_fields=["starts_on", "published_at", "reason"])
