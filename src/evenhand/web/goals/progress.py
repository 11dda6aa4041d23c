"""How far a goal is: saying it, correcting it, what shows it, and the history of it."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase

from evenhand.goals.models import Goal
from evenhand.kernel.acting import Actor
from evenhand.web.http import PersonRequest


@dataclass(frozen=True, slots=True)
class Progress:
    """What goals/history.html draws: pace, chart with its table, check-ins with words if open.

    On the goal page: {% include "goals/history.html" with progress=progress %}.
    """


def progress_of(actor: Actor, goal: Goal) -> Progress:
    """How far a goal is and was, as this person may read it; a fixed number of queries."""
    raise NotImplementedError


def check_in(request: PersonRequest, pk: int) -> HttpResponse:
    """A form to say how far a goal is (template goals/check_in.html)."""
    raise NotImplementedError


def correction(request: PersonRequest, pk: int, check_in_pk: int) -> HttpResponse:
    """The same form, in the place of a check-in that was wrong."""
    raise NotImplementedError


def evidence(request: PersonRequest, pk: int, evidence_pk: int) -> HttpResponseBase:
    """A file that shows what a check-in says, as an attachment, to who reads the words."""
    raise NotImplementedError
