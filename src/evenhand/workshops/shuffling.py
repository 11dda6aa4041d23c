"""In which order somebody meets the incidents: mixed, another order for everybody, always the same.

Nobody's order is the order of writing, so that it tells nothing of who wrote what; and nobody
tires at the same incidents as the others.
"""

from collections.abc import Iterable
from hashlib import sha256


def shuffled_for(participant_id: int, incident_ids: Iterable[int]) -> list[int]:
    """The incidents in the order of this participant."""

    def place(incident_id: int) -> tuple[bytes, int]:
        return sha256(f"{participant_id}:{incident_id}".encode()).digest(), incident_id

    return sorted(incident_ids, key=place)
