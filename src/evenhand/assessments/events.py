from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AssessmentOpened:
    """The person and the manager are asked for their parts."""

    assessment_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class OtherAsked:
    """Somebody else is asked what they see."""

    part_id: int


@dataclass(frozen=True, slots=True)
class OtherProposed:
    """The person proposes whom else to ask; the manager decides."""

    part_id: int


@dataclass(frozen=True, slots=True)
class AssessmentClosed:
    """What came of it stands from now on."""

    assessment_id: int
    by_id: int
