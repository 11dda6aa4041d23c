"""Where autosave sends its answers: many times a minute for each author, so it asks little."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from evenhand.cycles.models import Question
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.reviews.answering import Conflict, Saved, save_answer
from evenhand.reviews.policies import reviews_in_writing
from evenhand.reviews.words import Words

LARGEST = 2**53

NOT_UNDERSTOOD = Verdict(
    "not_understood", _("This page and the server do not fit. Load the page again."), Ground.WHAT
)
SIGNED_OUT = {"code": "signed_out", "reason": _("Your session ended. Sign in again.")}


@login_not_required
@require_POST
def answers(request: HttpRequest, pk: int) -> JsonResponse:
    """Save the answer to one question. A script asks, so it is answered, not sent to sign in."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return JsonResponse(SIGNED_OUT, status=401)
    review = get_object_or_404(reviews_in_writing(actor).only("pk"), pk=pk)
    sent = understood(request.body)
    outcome = save_answer(
        review,
        Question(pk=sent["question"]),
        words=Words(sent["text"], sent["rating"], sent["not_rated"], sent["choice"]),
        base=sent["base"],
        tab=sent["tab"],
        by=actor,
        at=timezone.now(),
    )
    return told(outcome)


def understood(body: bytes) -> dict[str, Any]:
    """What was sent, checked for its kinds; what it means is checked by the rules."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(NOT_UNDERSTOOD) from error
    if not isinstance(sent, dict):
        raise Refused(NOT_UNDERSTOOD)
    read = {
        "question": sent.get("question"),
        "base": sent.get("base"),
        "tab": sent.get("tab") or "",
        "text": sent.get("text") or "",
        "rating": sent.get("rating"),
        "not_rated": sent.get("not_rated") or False,
        "choice": sent.get("choice") or "",
    }
    numbers = (read["question"], read["base"])
    if not (
        all(is_number(number) for number in numbers)
        and (read["rating"] is None or is_number(read["rating"]))
        and all(isinstance(read[name], str) for name in ("tab", "text", "choice"))
        and isinstance(read["not_rated"], bool)
    ):
        raise Refused(NOT_UNDERSTOOD)
    return read


def is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST


def told(outcome: Saved | Conflict) -> JsonResponse:
    if isinstance(outcome, Saved):
        return JsonResponse({"revision": outcome.revision, "saved_at": outcome.saved_at})
    theirs = outcome.theirs
    reason = _("This answer was also changed somewhere else. Both are kept.")
    return JsonResponse(
        {
            "code": "conflict",
            "reason": reason,
            "revision": outcome.revision,
            "theirs": {
                "text": theirs.text,
                "rating": theirs.rating,
                "not_rated": theirs.not_rated,
                "choice": theirs.choice,
                "by": outcome.by,
                "at": outcome.at,
            },
        },
        status=409,
    )
