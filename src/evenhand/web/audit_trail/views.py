from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.audit.kinds import EXPORT, VERIFICATION
from evenhand.audit.policies import may_audit, visible_entries
from evenhand.audit.queries import entries_page, link_of
from evenhand.audit.sealing import head
from evenhand.jobs.actions import ask_for
from evenhand.web.audit_trail.forms import SearchForm
from evenhand.web.audit_trail.pages import (
    last_verification,
    shown_details,
    shown_entry,
    shown_result,
)
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.jobs.pages import shown

FORMATS = ("csv", "jsonl")


@require_safe
def entries(request: PersonRequest) -> HttpResponse:
    """The trail, the newest first, or what fits a search."""
    _only_auditors(request)
    form = SearchForm(request.GET)
    form.is_valid()
    page = entries_page(request.actor, form.search, cursor=request.GET.get("cursor", ""))
    context = {
        "form": form,
        "page": page.shown_as(lambda rows: [shown_entry(row) for row in rows]),
        "is_searched": any(form.cleaned_data.values()),
    }
    return render(request, "audit_trail/entries.html", context)


@require_safe
def entry(request: PersonRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(visible_entries(request.actor), pk=pk)
    context = {
        "entry": entry,
        "row": shown_entry(entry),
        "details": shown_details(entry),
        "link": link_of(entry),
    }
    return render(request, "audit_trail/entry.html", context)


@require_POST
def export(request: PersonRequest) -> HttpResponse:
    """Ask for a file of what fits the search on the page."""
    _only_auditors(request)
    form = SearchForm(request.POST)
    form.is_valid()
    chosen = request.POST.get("format", "")
    arguments = {
        "search": form.search.as_arguments(),
        "format": chosen if chosen in FORMATS else FORMATS[0],
    }
    job = ask_for(
        EXPORT, _("Audit trail in a file"), arguments=arguments, by=request.actor, at=timezone.now()
    )
    return go_to(request, "jobs:job", job.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: PersonRequest) -> HttpResponse:
    """Prove the chain whole: ask for it, follow it, read what was found."""
    _only_auditors(request)
    if request.method == "POST":
        ask_for(
            VERIFICATION,
            _("Verification of the audit trail"),
            arguments={
                "head": request.POST.get("head", "").strip()[:64],
                "url": reverse("audit_trail:verification"),
            },
            by=request.actor,
            at=timezone.now(),
        )
        return go_to(request, "audit_trail:verification")
    job = last_verification(request.actor)
    context = {
        "asked": job,
        "found": shown_result(job),
        "head": head(),
        **(shown(job, request.actor) if job else {}),
    }
    return render(request, "audit_trail/verification.html", context)


def _only_auditors(request: PersonRequest) -> None:
    if not may_audit(request.actor):
        raise Http404
