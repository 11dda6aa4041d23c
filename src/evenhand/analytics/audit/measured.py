"""All that an audit measured, before it is told."""

from dataclasses import dataclass

from evenhand.analytics.audit.measuring.calibrating import CalibrationAnswers
from evenhand.analytics.audit.measuring.dependence import Dependence
from evenhand.analytics.audit.measuring.design import DesignAnswers
from evenhand.analytics.audit.measuring.gaps_results import GapAnswers
from evenhand.analytics.audit.measuring.ordinal_check import OrdinalCheck
from evenhand.analytics.audit.measuring.raters_results import RaterAnswers
from evenhand.analytics.audit.ratings import Refused


@dataclass(frozen=True, slots=True)
class Measured:
    """One answer per question; calibration is None where no earlier rating is known."""

    design: DesignAnswers
    dependence: Dependence
    ordinal: OrdinalCheck | Refused
    raters: RaterAnswers
    gaps: GapAnswers
    calibration: CalibrationAnswers | None
