"""Closing a goal, dropping it with another side's approval, and taking it up again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evenhand.goals.actions.ending import approve_drop, close_goal, drop_goal, take_up_again
from evenhand.goals.actions.writing import bring_back_goal, discard_goal
from evenhand.goals.models import GoalPart
from evenhand.goals.policies import may_close, may_drop, may_take_up
from evenhand.web.goals.forms import WordsForm
from evenhand.web.goals.looking import form_view
from evenhand.web.goals.telling import pace_sentence, standing_of, told_score
from evenhand.web.goals.writing import find_goal
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.people.forms import said


@form_view
def closing(request: PersonRequest, pk: int) -> HttpResponse:
    """The last word about a goal; the score it has now is kept with its formula."""
    goal = find_goal(request, pk)
    may_close(request.actor, goal).enforce()
    form = WordsForm(
        said(request),
        _("Your closing word"),
        _("What came of it, what helped, what you would do differently."),
    )
    if form.is_valid():
        close_goal(goal, form.cleaned_data["words"], by=request.actor, at=timezone.now())
        messages.success(request, _("The goal is closed. Its score and your words are kept."))
        return go_to(request, "goals:goal", pk)
    parts = list(GoalPart.objects.filter(goal=goal, is_in_use=True).order_by("place", "pk"))
    context = {
        "goal": goal,
        "person": goal.owner,
        "form": form,
        "told": told_score(goal, parts),
        "pace": pace_sentence(standing_of(goal, request.actor.on)),
    }
    return render(request, "goals/closing.html", context, status=422 if form.errors else 200)


@form_view
def drop(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a goal up, with the reason. Until another side approves, it counts as not reached."""
    goal = find_goal(request, pk)
    may_drop(request.actor, goal).enforce()
    form = WordsForm(said(request), _("Why is it given up?"), _("The other side reads this."))
    if form.is_valid():
        drop_goal(goal, form.cleaned_data["words"], by=request.actor, at=timezone.now())
        messages.success(request, _("The goal is dropped. The other side is asked to approve."))
        return go_to(request, "goals:goal", pk)
    context = {"goal": goal, "person": goal.owner, "form": form}
    return render(request, "goals/drop.html", context, status=422 if form.errors else 200)


@require_POST
def drop_approval(request: PersonRequest, pk: int) -> HttpResponse:
    """Agree that a goal was dropped: from then on it does not count."""
    approve_drop(find_goal(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("You approved the drop. The goal no longer counts."))
    return go_to(request, "goals:goal", pk)


@form_view
def resumption(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a closed or dropped goal up again, with the plan it had."""
    goal = find_goal(request, pk)
    may_take_up(request.actor, goal).enforce()
    form = WordsForm(said(request), _("Why is it taken up again?"))
    if form.is_valid():
        take_up_again(goal, form.cleaned_data["words"], by=request.actor, at=timezone.now())
        messages.success(request, _("The goal is in force again, with the plan it had."))
        return go_to(request, "goals:goal", pk)
    context = {"goal": goal, "person": goal.owner, "form": form}
    return render(request, "goals/resumption.html", context, status=422 if form.errors else 200)


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a draft away; it can be brought back."""
    discard_goal(find_goal(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("The draft is put away. You can bring it back from here."))
    return go_to(request, "goals:goal", pk)


@require_POST
def return_(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a draft out again that was put away."""
    bring_back_goal(find_goal(request, pk), by=request.actor, at=timezone.now())
    messages.success(request, _("The draft is back."))
    return go_to(request, "goals:goal", pk)
