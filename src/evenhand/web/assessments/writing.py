"""Saying what one sees of somebody: the form, saved as one goes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.assessments.actions import (
    decline_part,
    missing_in,
    reopen_part,
    save_observations,
    submit_part,
)
from evenhand.assessments.kinds import Source
from evenhand.assessments.models import AssessmentPart
from evenhand.assessments.policies import (
    may_decline,
    may_reopen,
    may_submit,
    may_write,
    parts_to_write,
    visible_assessments,
)
from evenhand.kernel.verdict import Ground
from evenhand.web.assessments.forms import ReasonForm, revision_in, said_in
from evenhand.web.assessments.pages import READERS, crumbs, question_rows
from evenhand.web.http import PersonRequest, go_to


@require_safe
def part(request: PersonRequest, pk: int) -> HttpResponse:
    """The form, or, once it is submitted, what one said."""
    return _form(request, find_part(request, pk))


@require_POST
def observations(request: PersonRequest, pk: int) -> HttpResponse:
    """Save what has been said so far."""
    found = find_part(request, pk)
    saved = _save(request, found)
    if request.htmx:
        context = {"part": saved, "missing": missing_in(saved), "saved_at": timezone.now()}
        return render(request, "assessments/saved.html", context)
    messages.success(request, _("Your answers are saved. Nobody reads them before you submit."))
    return go_to(request, "assessments:part", pk)


@require_POST
def submission(request: PersonRequest, pk: int) -> HttpResponse:
    """Save what the form says and hand it in; if something is missing, the form says what."""
    found = find_part(request, pk)
    if "revision" in request.POST:
        found = _save(request, found)
    verdict = may_submit(request.actor, found, missing_in(found))
    if not verdict and verdict.ground == Ground.WHAT:
        return _form(request, found, refused=str(verdict.reason))
    submit_part(found, by=request.actor, at=timezone.now())
    messages.success(request, _("Submitted. Thank you."))
    return go_to(request, "assessments:part", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def reopening(request: PersonRequest, pk: int) -> HttpResponse:
    """Take up again what was submitted or declined, saying why."""
    found = find_part(request, pk)
    may_reopen(request.actor, found).enforce()
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        reopen_part(found, reason, by=request.actor, at=timezone.now())
        messages.success(request, _("You can change it now. Submit it again when it is right."))
        return go_to(request, "assessments:part", pk)
    context = {"part": found, "form": form, "crumbs": crumbs()}
    status = 422 if form.errors else 200
    return render(request, "assessments/reopening.html", context, status=status)


@require_POST
def refusal(request: PersonRequest, pk: int) -> HttpResponse:
    """Rather not answer."""
    decline_part(find_part(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("That is all right. Nobody will ask you why."))
    return go_to(request, "assessments")


def find_part(request: PersonRequest, pk: int) -> AssessmentPart:
    rows = parts_to_write(request.actor).select_related("assessment__subject")
    return get_object_or_404(rows, pk=pk)


def _save(request: PersonRequest, found: AssessmentPart) -> AssessmentPart:
    return save_observations(
        found,
        said_in(request.POST, found),
        seen=revision_in(request.POST),
        by=request.actor,
        at=timezone.now(),
    )


def _form(request: PersonRequest, found: AssessmentPart, *, refused: str = "") -> HttpResponse:
    rows = question_rows(found)
    actor = request.actor
    context = {
        "part": found,
        "rows": rows,
        "missing": sum(not row.is_answered for row in rows),
        "refused": refused,
        "readers": READERS[Source(found.source)],
        "may_write": may_write(actor, found),
        "may_reopen": may_reopen(actor, found),
        "may_decline": may_decline(actor, found),
        "reads_result": visible_assessments(actor).filter(pk=found.assessment_id).exists(),
        "crumbs": crumbs(),
    }
    return render(request, "assessments/part.html", context, status=422 if refused else 200)
