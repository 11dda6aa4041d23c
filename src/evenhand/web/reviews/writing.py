from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from evenhand.kernel.verdict import Ground, Verdict
from evenhand.reviews.actions import submit_review
from evenhand.reviews.answering import Conflict, save_answer, save_answers
from evenhand.reviews.models import Answer
from evenhand.reviews.policies import may_submit, may_write, reviews_in_writing
from evenhand.reviews.reading import Pair
from evenhand.reviews.words import Words
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.reviews.forms import words_of
from evenhand.web.reviews.pages import Outcome, Unsaved, find_both, versions_of, writing_page


@require_POST
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    """Save every answer of the form: the way without scripts."""
    pair = find_both(request.actor, pk)
    outcome = save_form(request, pair)
    if not outcome.is_whole:
        return writing_page(request, find_both(request.actor, pk), outcome=outcome)
    may_write(request.actor, pair.review).enforce()
    messages.success(request, _("Your draft is saved."))
    return go_to(request, "reviews:review", pk)


@require_POST
def submission(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand the review in with what the form says; if something is missing, the form says what."""
    outcome = save_form(request, find_both(request.actor, pk))
    pair = find_both(request.actor, pk)
    verdict = may_submit(request.actor, pair.review, pair.contents)
    refused = verdict if verdict.ground == Ground.WHAT else None
    if refused is not None or not outcome.is_whole:
        return writing_page(request, pair, refused=refused, outcome=outcome)
    submit_review(pair.review, by=request.actor, at=timezone.now())
    messages.success(request, handed_in(pair))
    return go_to(request, "reviews:review", pk)


@require_safe
def state(request: PersonRequest, pk: int) -> HttpResponse:
    """The part of the form that says what is missing and what the ratings make so far."""
    get_object_or_404(reviews_in_writing(request.actor), pk=pk)
    pair = find_both(request.actor, pk)
    context = {
        "review": pair.review,
        "sheet": pair.sheet,
        "missing": pair.contents.missing,
        "may_submit": may_submit(request.actor, pair.review, pair.contents),
    }
    return render(request, "reviews/state.html", context)


@require_POST
def restoration(request: PersonRequest, pk: int, version: int) -> HttpResponse:
    """Put former words back. What stood until now becomes a version in its turn."""
    review = get_object_or_404(reviews_in_writing(request.actor), pk=pk)
    former = get_object_or_404(versions_of(review), pk=version)
    standing = Answer.objects.filter(review=review, question=former.question_id).first()
    outcome = save_answer(
        review,
        former.question,
        words=Words.of(former),
        base=standing.revision if standing else 0,
        tab="",
        by=request.actor,
        at=timezone.now(),
    )
    if isinstance(outcome, Conflict):
        late = _("The answer was changed somewhere else just now. Please look at it first.")
        messages.warning(request, late)
    else:
        messages.success(request, _("The earlier words stand again. The others are kept here."))
    return go_to(request, "reviews:review", pk)


def save_form(request: PersonRequest, pair: Pair) -> Outcome:
    """Save what the form says to each question; what is not saved, and why."""
    answers = [
        (question, *said)
        for question in pair.contents.questions
        if (said := words_of(request.POST, question.pk)) is not None
    ]
    came = save_answers(pair.review, answers, by=request.actor, at=timezone.now())
    standing = pair.contents.answers
    unsaved = {
        question.pk: Unsaved(words, base, why)
        for question, words, base in answers
        if isinstance(why := came[question.pk], Verdict)
        and words.cleaned() != Words.of(standing.get(question.pk))
    }
    lost = sum(isinstance(outcome, Conflict) for outcome in came.values())
    return Outcome(lost, unsaved)


def handed_in(pair: Pair) -> str:
    if pair.review.is_self:
        return _("Your self review is handed in. Until the release you can open it again.")
    rated = sum(1 for question in pair.sheet.questions if question.answer.rating is not None)
    return ngettext(
        "The review of %(name)s is handed in, with %(n)d rating.",
        "The review of %(name)s is handed in, with %(n)d ratings.",
        rated,
    ) % {"name": pair.review.subject.name, "n": rated}
