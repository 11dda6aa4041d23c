"""Writing a goal, and proposing another plan for one that is agreed."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from evenhand.goals.actions.agreeing import NOTHING_CHANGED, may_become, propose_change
from evenhand.goals.actions.writing import save_goal, write_goal
from evenhand.goals.drafts import GoalChange, cleaned, draft_of, says_the_same
from evenhand.goals.models import Goal
from evenhand.goals.policies import may_change, may_save, may_write_goal_for, visible_goals
from evenhand.goals.soundness import may_be_kept
from evenhand.kernel.verdict import Verdict
from evenhand.web.goals.beginnings import beginning, empty_draft, owner_asked_for
from evenhand.web.goals.choosing import Choosing, picker
from evenhand.web.goals.coaching import coaching
from evenhand.web.goals.forms import ChangeForm
from evenhand.web.goals.looking import form_view
from evenhand.web.goals.sheets import Asking, Sheet, sheet_context, sheet_of
from evenhand.web.http import PersonRequest, key
from evenhand.web.people.forms import said

LONGEST_MARK = 40


@form_view
def new_goal(request: PersonRequest) -> HttpResponse:
    """Write a goal for oneself, or for somebody below; nobody else sees it yet."""
    owner = owner_asked_for(request)
    may_write_goal_for(request.actor, owner).enforce()
    base, hint = beginning(request, owner)
    sheet = sheet_of(request, base)
    if sheet.is_filled_in and sheet.is_accepted(may_be_kept(sheet.draft)):
        made = write_goal(sheet.draft, by=request.actor, at=timezone.now())
        messages.success(
            request, _("The draft is saved. Nobody else sees it until it is proposed.")
        )
        return saved(request, made)
    eyebrow = owner.name if owner.pk != request.actor.person_id else ""
    asking = Asking(gettext_lazy("Write a goal"), gettext_lazy("Save the draft"), eyebrow)
    return page(request, sheet, asking, hint=hint, person=owner)


@form_view
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    """Go on with a draft."""
    goal = find_goal(request, pk)
    may_save(request.actor, goal).enforce()
    sheet = sheet_of(request, draft_of(goal), goal=goal)
    if sheet.is_filled_in and sheet.is_accepted(may_be_kept(sheet.draft)):
        save_goal(goal, sheet.draft, by=request.actor, at=timezone.now(), seen=sheet.seen)
        messages.success(request, _("The draft is saved."))
        return saved(request, goal)
    asking = Asking(gettext_lazy("Go on writing"), gettext_lazy("Save the draft"))
    return page(request, sheet, asking)


@form_view
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Propose another plan, with the reason; the old one stands until all agree again."""
    goal = find_goal(request, pk)
    may_change(request.actor, goal).enforce()
    sheet = sheet_of(request, draft_of(goal), goal=goal, change=ChangeForm(said(request)))
    if sheet.change and sheet.is_filled_in and sheet.is_accepted(may_be(goal, sheet)):
        words = sheet.change.cleaned_data
        wanted = GoalChange(sheet.draft, words["reason"], sheet.change.whole_sentence, sheet.seen)
        propose_change(goal, wanted, by=request.actor, at=timezone.now())
        messages.success(
            request, _("The change is proposed. The plan as it was stands until all have agreed.")
        )
        return saved(request, goal)
    asking = Asking(gettext_lazy("Change the plan"), gettext_lazy("Propose the change"))
    return page(request, sheet, asking)


@require_POST
def smart(request: PersonRequest) -> HttpResponse:
    """What is SMART about what is written so far; a part of the page, asked for while one types."""
    goal = visible_goals(request.actor).filter(pk=key(request.GET.get("goal", ""))).first()
    base = draft_of(goal) if goal else empty_draft(request, request.actor.person_id)
    sheet = sheet_of(request, base, goal=goal, change=ChangeForm(None) if goal else None)
    context = coaching(
        request.actor, sheet.draft, is_new_task=bool(request.POST.get("is_new_task"))
    )
    return render(request, "goals/smart.html", context)


@require_safe
def choices(request: PersonRequest, what: str) -> HttpResponse:
    """What a search within the form finds, with what is chosen already."""
    name, asked = known(what), request.GET
    owner = key(asked.get("owner", "")) or request.actor.person_id
    words = asked.get(f"{name}_q", "")[:100]
    found = picker(request.actor, name, asked.getlist(name), words, owner)
    return render(request, "goals/picker.html#found", {"picker": found})


def page(request: PersonRequest, sheet: Sheet, asking: Asking, **context: object) -> HttpResponse:
    context |= {"asking": asking, **sheet_context(request, sheet)}
    is_refused = sheet.is_sent and not sheet.is_filled_in
    return render(request, "goals/writing.html", context, status=422 if is_refused else 200)


def saved(request: PersonRequest, goal: Goal) -> HttpResponse:
    """To the goal; the address tells the browser which draft it need not keep any longer."""
    mark = request.POST.get("draft", "")
    tail = (
        f"#draft-{mark}" if mark.isalnum() and mark.isascii() and len(mark) < LONGEST_MARK else ""
    )
    return HttpResponseRedirect(reverse("goals:goal", args=[goal.pk]) + tail)


def find_goal(request: PersonRequest, pk: int) -> Goal:
    """A goal the actor may see, with whom it is about."""
    return get_object_or_404(visible_goals(request.actor).select_related("owner", "unit"), pk=pk)


def may_be(goal: Goal, sheet: Sheet) -> Verdict:
    """Whether an agreed goal can take the plan on the sheet; asked before it is sent off."""
    if says_the_same(draft_of(goal), cleaned(sheet.draft)):
        return NOTHING_CHANGED
    return may_be_kept(sheet.draft) and may_become(goal, sheet.draft, sheet.on)


def known(what: str) -> Choosing:
    if what not in {one.value for one in Choosing}:
        raise Http404
    return Choosing(what)
