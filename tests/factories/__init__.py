from tests.factories.people import (
    EmploymentFactory,
    LeaveFactory,
    PersonFactory,
    PositionFactory,
    ReportingLineFactory,
    UnitFactory,
)

__all__ = [
    "EmploymentFactory",
    "LeaveFactory",
    "PersonFactory",
    "PositionFactory",
    "ReportingLineFactory",
    "UnitFactory",
]
