"""How far a goal is: saying it, correcting it, what shows it, and the history of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.goals.actions.checking_in import (
    check_in_parts,
    correct_check_in,
    hand_out_evidence,
)
from evenhand.goals.cadence import Compliance, compliance
from evenhand.goals.histories import History, history_of
from evenhand.goals.kinds import EvidenceKind
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import CheckIn, Evidence, Goal
from evenhand.goals.pace import Standing, standing
from evenhand.goals.policies import may_check_in, visible_goals, words_open_until
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import Page, page_of
from evenhand.kernel.periods import FOREVER
from evenhand.kernel.verdict import Verdict
from evenhand.web.goals.charts import Chart, draw
from evenhand.web.goals.check_in_forms import CheckInForm, Sent
from evenhand.web.http import PersonRequest, go_to

NEWEST_FIRST = ("-measured_on", "-id")
LATEST, MOST_ROWS = 5, 100

form_view = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Progress:
    """What goals/history.html draws: pace, chart with its table, the newest check-ins.

    On the goal page: {% include "goals/history.html" with progress=progress %}. Words and evidence
    are shown where `has_words`; before `until` for who was a manager here formerly.
    """

    goal: Goal
    history: History
    standing: Standing
    chart: Chart
    rows: Sequence[CheckIn]
    are_more: bool
    has_words: bool
    until: date
    may_check_in: Verdict
    compliance: Compliance

    @property
    def is_ended(self) -> bool:
        """Whether what is shown ends with a day in the past."""
        return self.until != FOREVER

    @property
    def table(self) -> Sequence[object]:
        """The points of the chart, newest first."""
        return list(reversed(self.history.points))[:MOST_ROWS]


def progress_of(actor: Actor, goal: Goal) -> Progress:
    """How far a goal is and was, as this person may read it; a fixed number of queries."""
    until = words_open_until(actor, goal)
    before = until or FOREVER
    history = history_of(goal, until=before)
    score = history.last.score.capped if history.last else None
    on = min(actor.on, before - timedelta(days=1))
    rows = list(told(goal, before).order_by(*NEWEST_FIRST)[: LATEST + 1])
    return Progress(
        goal=goal,
        history=history,
        standing=standing(score, starts_on=goal.starts_on, due_on=goal.due_on, on=on),
        chart=draw(goal, history),
        rows=rows[:LATEST],
        are_more=len(rows) > LATEST,
        has_words=until is not None,
        until=before,
        may_check_in=may_check_in(actor, goal),
        compliance=_compliance(goal, before, min(on, goal.due_on)),
    )


def told(goal: Goal, until: date) -> QuerySet[CheckIn]:
    """The check-ins of a goal made before a day, with all that is shown of them."""
    rows = CheckIn.objects.filter(goal=goal)
    if until != FOREVER:
        rows = rows.filter(at__date__lt=until)
    people = ("author", "delegate", "part", "source", "correction")
    return rows.select_related(*people).prefetch_related("evidence")


@form_view
def check_in(request: PersonRequest, pk: int) -> HttpResponse:
    """A form to say how far a goal is."""
    goal = _found(request, pk)
    may_check_in(request.actor, goal).enforce()
    form = CheckInForm(goal, request.actor.on, _sent(request))
    if not form.is_valid():
        context = {"goal": goal, "form": form, "corrects": None}
        return render(request, "goals/check_in.html", context, status=422 if form.errors else 200)
    check_in_parts(goal, form.news, by=request.actor, at=timezone.now())
    messages.success(request, _("Thank you. It stands in the history of the goal."))
    return go_to(request, "goals:goal", pk)


@form_view
def correction(request: PersonRequest, pk: int, check_in_pk: int) -> HttpResponse:
    """The same form, in the place of a check-in that was wrong."""
    goal = _found(request, pk)
    may_check_in(request.actor, goal).enforce()
    wrong = get_object_or_404(told(goal, FOREVER), pk=check_in_pk)
    form = CheckInForm(goal, request.actor.on, _sent(request), corrects=wrong)
    if not form.is_valid():
        context = {"goal": goal, "form": form, "corrects": wrong}
        return render(request, "goals/check_in.html", context, status=422 if form.errors else 200)
    correct_check_in(wrong, form.news[0], by=request.actor, at=timezone.now())
    messages.success(request, _("It is corrected. What stood there before can still be read."))
    return go_to(request, "goals:goal", pk)


@require_safe
def check_ins(request: PersonRequest, pk: int) -> HttpResponse:
    """All that was ever told about a goal, newest first."""
    goal = _found(request, pk)
    until = words_open_until(request.actor, goal)
    page: Page[CheckIn] = page_of(
        told(goal, until or FOREVER), NEWEST_FIRST, cursor=request.GET.get("cursor", "")
    )
    context = {
        "goal": goal,
        "page": page,
        "has_words": until is not None,
        "may_check_in": may_check_in(request.actor, goal),
    }
    return render(request, "goals/check_ins.html", context)


@require_safe
def evidence(request: PersonRequest, pk: int, evidence_pk: int) -> HttpResponseBase:
    """A file that shows what a check-in says, as an attachment, to who reads the words."""
    goal = _found(request, pk)
    until = words_open_until(request.actor, goal)
    if until is None:
        raise Http404
    files = Evidence.objects.filter(kind=EvidenceKind.FILE, check_in__in=told(goal, until))
    found = get_object_or_404(files.select_related("check_in__goal"), pk=evidence_pk)
    content = hand_out_evidence(found, by=request.actor, at=timezone.now())
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=found.name, content_type=found.media_type
    )


def _compliance(goal: Goal, before: date, until: date) -> Compliance:
    """How many check-ins came in time; a correction is none."""
    told_at = told(goal, before).filter(corrects=None).order_by().values_list("at", flat=True)
    days = [timezone.localdate(at) for at in told_at]
    begins = max(goal.starts_on, timezone.localdate(goal.agreed_at or goal.created_at))
    grace = rules_in_force().grace_days
    return compliance(days, goal.cadence_days, starts_on=begins, until=until, grace_days=grace)


def _found(request: PersonRequest, pk: int) -> Goal:
    return get_object_or_404(visible_goals(request.actor).select_related("owner"), pk=pk)


def _sent(request: PersonRequest) -> Sent | None:
    return (request.POST, request.FILES) if request.method == "POST" else None
