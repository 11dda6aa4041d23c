from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.people.models import Person
from evenhand.people.policies import visible_people
from evenhand.people.queries import find_people
from evenhand.reviews.actions import hand_over_review, reopen_review, sign_off
from evenhand.reviews.kinds import SignOffDecision
from evenhand.reviews.models import Review
from evenhand.reviews.policies import (
    may_hand_over,
    may_reopen,
    may_sign_off,
    visible_handovers,
)
from evenhand.reviews.reading import reviews_to_read
from evenhand.web.http import PersonRequest, go_to, key
from evenhand.web.reviews.forms import ReasonForm, SignOffForm
from evenhand.web.reviews.pages import find_both

PAGE_OR_DEED = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_OR_DEED)
def reopening(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask why, then open a submitted review again."""
    review = get_object_or_404(reviews_to_read(request.actor), pk=pk)
    may_reopen(request.actor, review).enforce()
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        reopen_review(review, reason=reason, by=request.actor, at=timezone.now())
        messages.success(request, _("The review is open again. What was handed in is kept."))
        return after(request, review)
    context = {"review": review, "form": form}
    return render(request, "reviews/reopening.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE_OR_DEED)
def handover(request: PersonRequest, pk: int) -> HttpResponse:
    """Find who goes on with a manager review, and say why it changes hands."""
    review = get_object_or_404(visible_handovers(request.actor), pk=pk)
    may_hand_over(request.actor, review).enforce()
    form = ReasonForm(posted(request))
    chosen = chosen_person(request)
    if request.method == "POST" and chosen is None:
        form.add_error(None, _("Choose the person who goes on with the review."))
    elif request.method == "POST" and chosen is not None and form.is_valid():
        reason = form.cleaned_data["reason"]
        hand_over_review(review, chosen, reason=reason, by=request.actor, at=timezone.now())
        told = _("%(name)s goes on with the review, with everything written so far.")
        messages.success(request, told % {"name": chosen.name})
        return after(request, review)
    words = request.GET.get("q", "")[:100]
    context = {
        "review": review,
        "form": form,
        "chosen": chosen,
        "query": words,
        "people": find_people(request.actor, words) if words else (),
    }
    if request.htmx:
        return render(request, "reviews/found.html", context)
    return render(request, "reviews/handover.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE_OR_DEED)
def signing(request: PersonRequest, pk: int) -> HttpResponse:
    """The last word of the person reviewed."""
    pair = find_both(request.actor, pk)
    if pair.review.is_self:
        raise Http404
    may_sign_off(request.actor, pair.review.participation).enforce()
    form = SignOffForm(posted(request))
    if request.method == "POST" and form.is_valid():
        sign_off(
            pair.review.participation,
            decision=SignOffDecision(form.cleaned_data["decision"]),
            comment=form.cleaned_data["comment"],
            by=request.actor,
            at=timezone.now(),
        )
        messages.success(request, _("Your last word stands beside the review."))
        return go_to(request, "reviews:review", pk)
    context = {"review": pair.review, "sheet": pair.sheet, "form": form}
    return render(request, "reviews/signing.html", context, status=422 if form.errors else 200)


def after(request: PersonRequest, review: Review) -> HttpResponse:
    """Back to the review where it may still be read, else to where the person came from."""
    if reviews_to_read(request.actor).filter(pk=review.pk).exists():
        return go_to(request, "reviews:review", review.pk)
    return go_to(request, "home")


def posted(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def chosen_person(request: PersonRequest) -> Person | None:
    person = request.POST.get("person") or request.GET.get("person", "")
    return visible_people(request.actor).filter(pk=key(person)).first()
