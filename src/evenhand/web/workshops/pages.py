"""What the pages about workshops say: where one is, what is next, and why an incident is kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.kernel.verdict import Verdict
from evenhand.workshops.kinds import BACK, Outcome, Stage
from evenhand.workshops.models import Workshop
from evenhand.workshops.policies import is_ready_for
from evenhand.workshops.queries import Turnout
from evenhand.workshops.results import IncidentResult


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above this one."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the way through a workshop."""

    label: str
    detail: str
    state: str


@dataclass(frozen=True, slots=True)
class Move:
    """A way from this stage to another, as its button says it."""

    to: Stage
    label: str
    question: str
    may: Verdict
    is_onwards: bool = False


def crumbs(workshop: Workshop | None = None) -> Iterable[Crumb]:
    """The pages above one about workshops."""
    found = [Crumb(_("Workshops"), reverse("workshops"))]
    if workshop is not None:
        found.append(Crumb(workshop.name, reverse("workshop", args=[workshop.pk])))
    return found


def steps(workshop: Workshop) -> list[Step]:
    """The stages, and where the workshop is."""
    labels = {
        Stage.COLLECTING: (_("Collect"), _("Collectors write what happened.")),
        Stage.SORTING: (_("Sort"), _("Sorters say what each incident shows.")),
        Stage.SCALING: (_("Scale"), _("Sorters say which level it shows.")),
        Stage.SCALED: (_("Write anchors"), _("What holds becomes an anchor.")),
    }
    order = list(Stage)
    reached = Stage.SORTING if workshop.reached == Stage.SORTED else workshop.reached
    now = order.index(reached)
    told = []
    for stage, (label, detail) in labels.items():
        place = order.index(stage)
        state = "done" if now > place else "current" if now == place else "later"
        told.append(Step(label, detail, state))
    return told


def moves(workshop: Workshop) -> list[Move]:
    """The ways on, back and out of the stage it is in, for who leads."""
    onwards = {
        Stage.COLLECTING: (
            Stage.SORTING,
            _("Begin to sort"),
            _("Collectors cannot write any more. The sorters are told that they can begin."),
        ),
        Stage.SORTING: (
            Stage.SORTED,
            _("Close the sorting"),
            _("Votes that were not handed in do not count. It cannot be opened again."),
        ),
        Stage.SORTED: (
            Stage.SCALING,
            _("Begin to scale"),
            _("The sorters are told that they can begin with the incidents that stay."),
        ),
        Stage.SCALING: (
            Stage.SCALED,
            _("Close the scaling"),
            _("Votes that were not handed in do not count. It cannot be opened again."),
        ),
    }
    now = Stage(workshop.stage)
    if now == Stage.ENDED:
        ways = [(workshop.reached, _("Take it up again"), _("It goes on where it ended."), True)]
    else:
        ways = [(*onwards[now], True)] if now in onwards else []
        if now in BACK:
            again = _("This can be done as long as nobody has voted.")
            ways.append((BACK[now], _("Back to the stage before"), again, False))
        ending = _("Nobody is asked any more. It can be taken up again.")
        ways.append((Stage.ENDED, _("End the workshop"), ending, False))
    return [
        Move(to, label, question, is_ready_for(workshop, to), is_onwards)
        for to, label, question, is_onwards in ways
    ]


def said_of(turnout: Turnout) -> str:
    """How many have handed in, and how many are missing; never who."""
    have = _("%(done)d of %(whole)d have handed in.") % {
        "done": turnout.handed_in,
        "whole": turnout.asked,
    }
    if not turnout.missing:
        return have
    missing = ngettext("%(n)d is missing.", "%(n)d are missing.", turnout.missing)
    return f"{have} {missing % {'n': turnout.missing}}"


def why(result: IncidentResult) -> str:
    """Why the rule keeps an incident or does not, with what it looked at."""
    reasons = {
        Outcome.TOO_FEW: _("Too few votes to say: at least three are needed."),
        Outcome.PLACED_ELSEWHERE: _("Fewer than 75 % put it where its collector did."),
        Outcome.NOT_SCALED: _("75 % or more put it where its collector did, so it can be scaled."),
        Outcome.SPREAD_WIDE: _("The levels given lie further apart than an SD of 0.75."),
        Outcome.KEPT: _("75 % or more agree on the competency, and the SD is 0.75 or less."),
    }
    return str(reasons[result.outcome])
