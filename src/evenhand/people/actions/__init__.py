"""What one person at a time, or one unit, can be changed in; many at once: `people.applying`."""

from evenhand.people.actions.employments import (
    add_person,
    change_person_details,
    end_employment,
    end_leave,
    return_person,
    start_leave,
)
from evenhand.people.actions.positions import (
    change_manager,
    change_matrix_manager,
    change_position,
)
from evenhand.people.actions.units import close_unit, create_unit, move_unit, rename_unit
from evenhand.people.actions.working_times import change_working_time

__all__ = [
    "add_person",
    "change_manager",
    "change_matrix_manager",
    "change_person_details",
    "change_position",
    "change_working_time",
    "close_unit",
    "create_unit",
    "end_employment",
    "end_leave",
    "move_unit",
    "rename_unit",
    "return_person",
    "start_leave",
]
