from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanProposed:
    """A development plan, or a change of one, waits for the other side to agree."""

    plan_id: int
    version_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class PlanAgreed:
    plan_id: int
    version_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class PlanSentBack:
    """Somebody asks for something else than what was proposed, or takes it back."""

    plan_id: int
    version_id: int
    by_id: int
