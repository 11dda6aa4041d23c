from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from evenhand.audit.actions import record
from evenhand.development.contents import actions_of
from evenhand.development.models import DevelopmentPlan
from evenhand.development.policies import (
    may_agree,
    may_begin,
    may_close,
    may_follow,
    may_propose,
    may_send_back,
    may_write,
    side_of,
    visible_plans,
)
from evenhand.development.queries import (
    plans_of,
    standing_version,
    team_plans,
    version_under_way,
)
from evenhand.kernel.paging import page_of
from evenhand.people.models import Person
from evenhand.web.development.forms import NoteForm
from evenhand.web.development.printing import pdf_of
from evenhand.web.goals.looking import page_view
from evenhand.web.http import PersonRequest
from evenhand.web.navigation import leads_people

NEWEST_NOTES = 30


@page_view
def mine(request: PersonRequest) -> HttpResponse:
    """One's own plans, the newest first."""
    actor = request.actor
    person = get_object_or_404(Person, pk=actor.person_id)
    own = plans_of(actor, actor.person_id)
    context = {
        "page": page_of(
            own, ("-created_at", "-pk"), cursor=request.GET.get("cursor", ""), limit=20
        ),
        "may_begin": may_begin(actor, person),
        "person": person,
        "leads": leads_people(actor),
    }
    return render(request, "development/mine.html", context)


@page_view
def team(request: PersonRequest) -> HttpResponse:
    """Who reports to the actor, with their plans."""
    page = team_plans(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, "development/team.html", {"page": page})


@page_view
def plan(request: PersonRequest, pk: int) -> HttpResponse:
    """What is agreed, what is proposed, what became of it."""
    actor, found = request.actor, find_plan(request, pk)
    _put_on_record(request, found)
    under_way = version_under_way(actor, found)
    context = {
        "plan": found,
        "standing": standing_version(actor, found),
        "rows": found.actions_agreed.all(),
        "under_way": under_way,
        "actions": actions_of(under_way) if under_way else (),
        "notes": found.notes.select_related("author", "delegate")[:NEWEST_NOTES],
        "note_form": NoteForm(actor.on, None),
        "may_write": may_write(actor, found),
        "may_propose": may_propose(actor, found),
        "may_agree": may_agree(actor, found),
        "may_send_back": may_send_back(actor, found),
        "may_close": may_close(actor, found),
        "may_follow": may_follow(actor, found),
        "is_own": found.person_id == actor.person_id,
    }
    return render(request, "development/plan.html", context)


@page_view
def document(request: PersonRequest, pk: int) -> HttpResponse:
    """The agreed plan on paper."""
    found = find_plan(request, pk)
    _put_on_record(request, found)
    answer = HttpResponse(pdf_of(request.actor, found), content_type="application/pdf")
    name = f"{found.person.name}.pdf"
    header = content_disposition_header(as_attachment=False, filename=name)
    answer.headers["Content-Disposition"] = str(header)
    return answer


def find_plan(request: PersonRequest, pk: int) -> DevelopmentPlan:
    return get_object_or_404(visible_plans(request.actor).select_related("person"), pk=pk)


def _put_on_record(request: PersonRequest, found: DevelopmentPlan) -> None:
    """Who reads it by role, being neither of the two sides, is recorded."""
    if side_of(request.actor, found.person_id) is None:
        record("development.read", about=found, by=request.actor, at=timezone.now())
