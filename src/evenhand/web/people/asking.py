"""What the pages with a form say around it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Asking:
    """A heading, what there is to know, and the words on the button."""

    heading: "StrOrPromise"
    text: "StrOrPromise"
    button: "StrOrPromise"
    search: "StrOrPromise" = ""


_LINE_STAYS = _("The line up to then stays on record, and reviews already written are not touched.")

NEW_PERSON = Asking(
    _("Add a person"),
    _("What they do, where, and who their manager is comes on the next pages."),
    _("Add"),
)
DETAILS = Asking(
    _("Change name or e-mail"),
    _("These are put right for all days, also past ones. How somebody signs in stays as it is."),
    _("Save"),
)
MANAGER = Asking(_("Change manager"), _LINE_STAYS, _("Change manager"), _("Who is the manager?"))
MATRIX_MANAGER = Asking(
    _("Change matrix manager"),
    _("A matrix manager leads part of the work, and writes no review by virtue of that."),
    _("Change matrix manager"),
    _("Who leads part of the work?"),
)
POSITION = Asking(
    _("Change position"),
    _("The position up to then stays on record."),
    _("Change position"),
    _("In which unit?"),
)
DEPARTURE = Asking(
    _("End employment"),
    _(
        "Position, reporting lines and leaves end with the last day. Whoever reports to this person"
        " reports to the next manager above from the day after, until you say otherwise."
    ),
    _("End employment"),
)
COMEBACK = Asking(
    _("Bring back"),
    _("This begins a second employment. What was before stays on record."),
    _("Bring back"),
)
LEAVE = Asking(
    _("Note a leave"), _("Only the days are kept, never the reason."), _("Note the leave")
)
WORKING_TIME = Asking(
    _("Change working time"),
    _("What adds up over time is expected in proportion; no standard of the work itself changes."),
    _("Change working time"),
)
LEAVE_END = Asking(_("Back from leave"), "", _("Save"))

NEW_UNIT = Asking(_("Add a unit"), "", _("Add"), _("In which unit does it stand?"))
UNIT_NAME = Asking(_("Change name"), _("The code stays the same."), _("Save"))
UNIT_PLACE = Asking(
    _("Move"),
    _("All units and people in it move along. HR partners care for whom they find in their units."),
    _("Move"),
    _("Into which unit?"),
)
UNIT_CLOSURE = Asking(
    _("Close"),
    _("A unit can be closed once nobody works in it. What happened in it stays on record."),
    _("Close"),
)
