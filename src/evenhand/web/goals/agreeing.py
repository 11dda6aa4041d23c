"""Proposing a goal, agreeing to it, asking for something else, and writing to each other."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evenhand.goals.actions.agreeing import (
    agree_to_goal,
    propose_goal,
    send_back_goal,
    take_back_proposal,
)
from evenhand.goals.actions.noting import write_note
from evenhand.goals.changing import moved_target
from evenhand.goals.drafts import PLAN_FIELDS, draft_of, parts_of_rows
from evenhand.goals.models import Goal, GoalVersion
from evenhand.goals.policies import (
    may_agree,
    may_comment,
    may_propose,
    may_send_back,
    open_proposal,
    visible_goals,
)
from evenhand.goals.soundness import may_be_agreed
from evenhand.web.goals.coaching import coaching
from evenhand.web.goals.conversation import who
from evenhand.web.goals.forms import SentenceForm, WordsForm
from evenhand.web.goals.looking import form_view
from evenhand.web.goals.plan_facts import differences, facts_of, facts_of_version
from evenhand.web.goals.writing import find_goal
from evenhand.web.http import PersonRequest, go_to, is_number
from evenhand.web.people.forms import said


@form_view
def proposal(request: PersonRequest, pk: int) -> HttpResponse:
    """Show a draft to the other sides, with one's own sentence to it."""
    goal = find_goal(request, pk)
    may_propose(request.actor, goal).enforce()
    form, draft = SentenceForm(said(request)), draft_of(goal)
    verdict = may_be_agreed(draft, on=request.actor.on)
    if form.is_valid() and not verdict:
        form.add_error(None, str(verdict.reason))
    if form.is_valid():
        sentence, seen = form.whole_sentence, seen_in(request)
        propose_goal(goal, sentence, by=request.actor, at=timezone.now(), seen=seen)
        messages.success(request, _("The goal is proposed. The others can read it now."))
        return go_to(request, "goals:goal", pk)
    context = {
        "goal": goal,
        "person": goal.owner,
        "form": form,
        "facts": facts_of(draft, draft.parts),
        "seen": goal.versions.order_by("-number").values_list("number", flat=True).first(),
        **coaching(request.actor, draft),
    }
    return render(request, "goals/proposal.html", context, status=422 if form.errors else 200)


@form_view
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """The plan as it will stand, and one's sentence to it."""
    goal = find_goal(request, pk)
    may_agree(request.actor, goal).enforce()
    form = SentenceForm(said(request))
    if form.is_valid():
        sentence, seen = form.whole_sentence, seen_in(request)
        agree_to_goal(goal, sentence, by=request.actor, at=timezone.now(), seen=seen or 0)
        goal.refresh_from_db()
        is_whole = open_proposal(goal) is None
        told = _("All have agreed. The plan stands from now on.")
        messages.success(request, told if is_whole else _("You agreed. It waits for the others."))
        return go_to(request, "goals:goal", pk)
    context = {"form": form, **waiting_plan(request, goal)}
    return render(request, "goals/agreement.html", context, status=422 if form.errors else 200)


@form_view
def objection(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a proposal back, saying what should be different."""
    goal = find_goal(request, pk)
    may_send_back(request.actor, goal).enforce()
    form = WordsForm(
        said(request),
        _("What should be different?"),
        _("What you would agree to, and why. Whoever proposed it reads this."),
    )
    if form.is_valid():
        send_back_goal(goal, form.cleaned_data["words"], by=request.actor, at=timezone.now())
        messages.success(request, _("It went back with your words."))
        if not still_there(request, pk):
            return go_to(request, "home")
        return go_to(request, "goals:goal", pk)
    context = {"form": form, **waiting_plan(request, goal)}
    return render(request, "goals/objection.html", context, status=422 if form.errors else 200)


@require_POST
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back what one proposed."""
    goal = find_goal(request, pk)
    take_back_proposal(goal, by=request.actor, at=timezone.now())
    messages.success(request, _("Your proposal is taken back."))
    return go_to(request, "goals:goal", pk)


@require_POST
def notes(request: PersonRequest, pk: int) -> HttpResponse:
    """Write to the others about a goal."""
    goal = find_goal(request, pk)
    may_comment(request.actor, goal).enforce()
    form = WordsForm(said(request), "")
    if form.is_valid():
        write_note(goal, form.cleaned_data["words"], by=request.actor, at=timezone.now())
        messages.success(request, _("Your words stand with the goal."))
    else:
        messages.warning(request, _("Write a few words first, up to 4,000 letters."))
    return go_to(request, "goals:goal", pk)


def waiting_plan(request: PersonRequest, goal: Goal) -> dict[str, Any]:
    """The plan that waits for agreement, what it changes, and what is SMART about it."""
    version = open_proposal(goal)
    if version is None:
        return {"goal": goal}
    facts, standing = facts_of_version(version), draft_of(goal)
    proposed = {name: getattr(version, name) for name in PLAN_FIELDS}
    draft = replace(standing, **proposed, parts=parts_of_rows(version.parts))
    changed = differences(facts_of(standing, standing.parts), facts) if goal.is_agreed else []
    moved = moved_target(goal, version, goal.actual, request.actor.on) if goal.is_agreed else None
    return {
        "goal": goal,
        "person": goal.owner,
        "version": version,
        "facts": facts,
        "differences": changed,
        "moved": moved,
        "sentences": sentences_to(version),
        "seen": version.number,
        **coaching(request.actor, draft),
    }


def sentences_to(version: GoalVersion) -> list[tuple[str, str]]:
    """Who has agreed to a version so far, and what each said."""
    rows = version.agreements.select_related("person", "delegate").order_by("at", "pk")
    return [(who(row.person, row.delegate), row.sentence) for row in rows]


def seen_in(request: PersonRequest) -> int | None:
    """The number of the version that stood on the page when the form was sent."""
    number = request.POST.get("seen", "")
    return int(number) if is_number(number) else None


def still_there(request: PersonRequest, pk: int) -> bool:
    """A new goal that goes back is its author's own draft again."""
    return visible_goals(request.actor).filter(pk=pk).exists()
