"""How an entry is turned into a digest that also stands for everything before it."""

import hashlib
import json
from datetime import UTC
from typing import Any

from evenhand.audit.models import Entry

GENESIS = 64 * "0"


def digest_of(entry: Entry, previous: str) -> str:
    """SHA-256 of the digest before, a line break, and the entry in canonical JSON."""
    return hashlib.sha256(f"{previous}\n{canonical(entry)}".encode()).hexdigest()


def canonical(entry: Entry) -> str:
    """The entry as JSON that is the same wherever and whenever it is written: keys sorted."""
    return json.dumps(facts_of(entry), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def facts_of(entry: Entry) -> dict[str, Any]:
    """Everything an entry says; the time in UTC."""
    return {
        "id": entry.pk,
        "code": entry.code,
        "about": entry.about,
        "about_id": entry.about_id,
        "about_name": entry.about_name,
        "by_id": entry.by_id,
        "by_name": entry.by_name,
        "delegate_id": entry.delegate_id,
        "delegate_name": entry.delegate_name,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "details": entry.details,
    }
