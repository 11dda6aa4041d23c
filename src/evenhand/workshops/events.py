from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkshopTaskGiven:
    """Somebody can begin: to collect, to sort or to scale, as the stage of the workshop says."""

    participant_id: int


@dataclass(frozen=True, slots=True)
class RoundClosed:
    """All have handed in their votes, or the specialist has closed the round."""

    workshop_id: int
