"""Whether a number may be relied on: poor numbers are answered with a status, never raised."""

from enum import StrEnum


class Status(StrEnum):
    """MEASURED stands; CAUTION stands with the reason beside it; REFUSED has no number at all."""

    MEASURED = "measured"
    CAUTION = "caution"
    REFUSED = "refused"
