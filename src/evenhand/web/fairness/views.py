from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenhand.analytics.actions import ask_for_audit, publish_audit, record_reading
from evenhand.analytics.audit.ratings import Choices
from evenhand.analytics.kinds import Audience
from evenhand.analytics.models import RatingAudit
from evenhand.analytics.policies import (
    may_audit_ratings,
    may_publish_audit,
    reads_whole_audits,
    visible_audits,
)
from evenhand.analytics.queries import open_audit
from evenhand.audit.actions import record
from evenhand.cycles.policies import visible_cycles
from evenhand.documents.showing import shown
from evenhand.web.fairness.files import KINDS, download
from evenhand.web.fairness.forms import AuditForm, PublicationForm
from evenhand.web.fairness.pages import rows_for
from evenhand.web.http import PersonRequest, go_to

# A page that is read on a screen; the files have every row.
MOST_ROWS = 500


@require_safe
def fairness(request: PersonRequest) -> HttpResponse:
    """The cycles, and what was found in those that somebody has looked into."""
    context = {
        "rows": rows_for(request.actor),
        "reads_all": reads_whole_audits(request.actor),
        "form": AuditForm(),
    }
    return render(request, "fairness/fairness.html", context)


@require_POST
def new_audit(request: PersonRequest, pk: int) -> HttpResponse:
    """Look into the ratings of a cycle as they stand now."""
    cycle = get_object_or_404(visible_cycles(request.actor), pk=pk)
    may_audit_ratings(request.actor, cycle).enforce()
    form = AuditForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how small a group may be and still be shown."))
        return go_to(request, "fairness")
    choices = Choices(k=form.cleaned_data["smallest"])
    ask_for_audit(cycle, by=request.actor, at=timezone.now(), choices=choices)
    return go_to(request, "fairness")


@require_safe
def audit(request: PersonRequest, pk: int) -> HttpResponse:
    """What was found, as much of it as this reader may see. Reading about raters is on record."""
    found = find_audit(request, pk)
    stored = open_audit(request.actor, found)
    record_reading(found, by=request.actor, at=timezone.now())
    context = {
        "row": stored.row,
        "shown": shown(stored.report, most_rows=MOST_ROWS),
        "kinds": KINDS.items(),
        "may_publish": may_publish_audit(request.actor, found),
        "form": PublicationForm(initial={"audience": stored.row.audience}),
    }
    return render(request, "fairness/audit.html", context)


@require_safe
def file(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    """The same as a file to keep. Taking it is on record."""
    if kind not in KINDS:
        raise Http404
    found = find_audit(request, pk)
    made = download(open_audit(request.actor, found), kind)
    record("rating_audit.taken", about=found, by=request.actor, at=timezone.now(), kind=kind)
    return made


@require_POST
def publication(request: PersonRequest, pk: int) -> HttpResponse:
    """Say who else reads the summary of an audit."""
    found = find_audit(request, pk)
    may_publish_audit(request.actor, found).enforce()
    form = PublicationForm(request.POST)
    if form.is_valid():
        audience = Audience(form.cleaned_data["audience"])
        publish_audit(found, audience, by=request.actor, at=timezone.now())
        said = _("From now on: %(who)s.") % {"who": str(audience.label)}
        messages.success(request, said)
    else:
        messages.error(request, _("Choose who may read it."))
    return go_to(request, "rating_audit", pk)


def find_audit(request: PersonRequest, pk: int) -> RatingAudit:
    return get_object_or_404(visible_audits(request.actor).select_related("cycle"), pk=pk)
