"""Sorting and scaling, one incident at a time."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.competencies.models import Competency
from evenhand.web.http import PersonRequest, go_to, key
from evenhand.web.workshops.pages import crumbs
from evenhand.web.workshops.views import find_workshop
from evenhand.workshops.actions.voting import hand_in, scale_incident, sort_incident
from evenhand.workshops.kinds import Stage
from evenhand.workshops.models import Participant
from evenhand.workshops.naming import competencies_of
from evenhand.workshops.policies import may_vote
from evenhand.workshops.queries import Ballot, ballots_of
from evenhand.workshops.visibility import participation_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
NONE_OF_THESE = "none"
A_PAGE = 50


@require_safe
def votes(request: PersonRequest, pk: int) -> HttpResponse:
    """All incidents of the round in one's own order, with what one has said of each."""
    own = _sorter(request, pk)
    ballots = ballots_of(own)
    done = sum(ballot.is_done for ballot in ballots)
    first = max(0, key(request.GET.get("after", "")))
    shown = ballots[first : first + A_PAGE]
    context = _context(own, done, len(ballots)) | {
        "ballots": list(said_as(own, shown)),
        "next_one": next((ballot for ballot in ballots if not ballot.is_done), None),
        "newer_url": f"?after={max(0, first - A_PAGE)}" if first else "",
        "older_url": f"?after={first + A_PAGE}" if first + A_PAGE < len(ballots) else "",
    }
    return render(request, "workshops/votes.html", context)


@get_or_post
def vote(request: PersonRequest, pk: int, incident_pk: int) -> HttpResponse:
    """One incident, to be put to a competency or given a level."""
    own = _sorter(request, pk)
    ballots = ballots_of(own)
    ballot = next((one for one in ballots if one.incident.pk == incident_pk), None)
    if ballot is None:
        raise Http404
    if request.method == "POST" and (choice := request.POST.get("choice", "")):
        _keep(request, own, ballot, choice)
        return _onwards(request, own, ballots, ballot)
    done = sum(one.is_done for one in ballots)
    neighbours = {one.place - ballot.place: one for one in ballots}
    context = _context(own, done, len(ballots)) | {
        "ballot": ballot,
        "choices": competencies_of(own.workshop),
        "before": neighbours.get(-1),
        "after": neighbours.get(1),
        "is_missing": request.method == "POST",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workshops/vote.html", context, status=status)


@require_POST
def handing_in(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that one is done with the round the page was about."""
    found, stage = find_workshop(request, pk), request.POST.get("stage", "")
    if stage not in Stage:
        raise Http404
    hand_in(found, Stage(stage), by=request.actor, at=timezone.now())
    messages.success(request, _("Thank you. Your votes are handed in."))
    return go_to(request, "workshop", pk)


def said_as(own: Participant, ballots: Iterable[Ballot]) -> Iterator[tuple[Ballot, str]]:
    """What a sorter has said of each incident, in words; nothing when not yet."""
    names = {row.id: row.name for row in competencies_of(own.workshop)}
    is_scaling = own.workshop.stage == Stage.SCALING
    for ballot in ballots:
        if not ballot.is_done:
            yield ballot, ""
        elif is_scaling:
            yield ballot, _("Level %(level)s") % {"level": ballot.said}
        else:
            yield ballot, names.get(ballot.said or 0) or _("None of these")


def _keep(request: PersonRequest, own: Participant, ballot: Ballot, choice: str) -> None:
    by, at = request.actor, timezone.now()
    if own.workshop.stage == Stage.SCALING:
        scale_incident(ballot.incident, key(choice), by=by, at=at)
        return
    chosen = None
    if choice != NONE_OF_THESE:
        chosen = get_object_or_404(Competency, pk=key(choice))
    sort_incident(ballot.incident, chosen, by=by, at=at)


def _onwards(
    request: PersonRequest, own: Participant, ballots: list[Ballot], kept: Ballot
) -> HttpResponse:
    """To the next incident without a vote, from here on and then from the beginning."""
    later = ballots[kept.place :] + ballots[: kept.place - 1]
    following = next((ballot for ballot in later if not ballot.is_done), None)
    if following is None:
        return go_to(request, "workshop_votes", own.workshop_id)
    return go_to(request, "workshop_vote", own.workshop_id, following.incident.pk)


def _sorter(request: PersonRequest, pk: int) -> Participant:
    """As whom one votes in the round that is open."""
    found = find_workshop(request, pk)
    may_vote(request.actor, found).enforce()
    own = participation_of(request.actor, found)
    if own is None:
        raise Http404
    own.workshop = found
    return own


def _context(own: Participant, done: int, whole: int) -> dict[str, object]:
    return {
        "workshop": own.workshop,
        "crumbs": crumbs(own.workshop),
        "is_scaling": own.workshop.stage == Stage.SCALING,
        "is_handed_in": own.handed_in_at(own.workshop.stage) is not None,
        "done": done,
        "whole": whole,
        "is_complete": done == whole,
    }
