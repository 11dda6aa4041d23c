from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.goals.actions.feeding import (
    SourcePlan,
    connect_feed,
    disconnect_feed,
    make_source,
    revoke_source,
)
from evenhand.goals.sources import (
    goals_to_feed,
    may_keep_source,
    may_make_source,
    visible_sources,
)
from evenhand.kernel.paging import page_of
from evenhand.web.downloads import download
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.sources.forms import FeedForm, SourceForm
from evenhand.web.sources.pages import (
    MOST_TARGETS,
    find_source,
    goals_seen,
    has_rates,
    sheet_rows,
    targets_for,
)

BY_NAME, BY_KEY = ("name", "id"), ("key", "id")
LATEST_FILES = 5

form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
def sources(request: PersonRequest) -> HttpResponse:
    """Data sources, and a form for another. A new token is shown once, on this answer."""
    form = SourceForm(request.POST if request.method == "POST" else None)
    made, secret = None, ""
    if form.is_valid():
        now = timezone.now()
        plan = SourcePlan(form.cleaned_data["name"], now + form.lifetime)
        made, secret = make_source(plan, by=request.actor, at=now)
        form = SourceForm()
    rows = visible_sources(request.actor).select_related("owner")
    context = {
        "form": form,
        "page": page_of(rows, BY_NAME, cursor=request.GET.get("cursor", "")),
        "made": made,
        "secret": secret,
        "may_make": may_make_source(request.actor),
    }
    return render(request, "sources/sources.html", context, status=422 if form.errors else 200)


@require_POST
def revocation(request: PersonRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(visible_sources(request.actor), pk=pk)
    revoke_source(source, by=request.actor, at=timezone.now())
    messages.success(request, _("Its token no longer opens anything. What it brought stays."))
    return go_to(request, "sources")


@form_view
def source(request: PersonRequest, pk: int) -> HttpResponse:
    """What a source feeds, its files, and a form to connect another key."""
    found = find_source(request, pk)
    words = request.GET.get("q", "")[:100].strip()
    targets = targets_for(request.actor, words)
    form = FeedForm(targets, request.POST if request.method == "POST" else None)
    if form.is_valid():
        connect_feed(found, form.feed, by=request.actor, at=timezone.now())
        messages.success(request, _("Connected. Values under this key now move that goal."))
        return go_to(request, "sources:source", pk)
    feeds = found.feeds.select_related("goal", "part")
    page = page_of(feeds, BY_KEY, cursor=request.GET.get("cursor", ""))
    context = {
        "source": found,
        "form": form,
        "page": page,
        "seen": goals_seen(request.actor, page.rows),
        "files": found.files.select_related("by")[:LATEST_FILES],
        "query": words,
        "are_many": len(targets) >= MOST_TARGETS,
        "may_keep": may_keep_source(request.actor, found),
        "address": request.build_absolute_uri("/api/v1/goal-values/"),
    }
    return render(request, "sources/source.html", context, status=422 if form.errors else 200)


@require_POST
def disconnection(request: PersonRequest, pk: int, feed_pk: int) -> HttpResponse:
    found = find_source(request, pk)
    feed = get_object_or_404(found.feeds.select_related("source"), pk=feed_pk)
    disconnect_feed(feed, by=request.actor, at=timezone.now())
    messages.success(request, _("Disconnected. What came in under this key stays."))
    return go_to(request, "sources:source", pk)


@require_safe
def sheet(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A file with a row for each key, to be filled in and brought back."""
    goals = goals_to_feed(request.actor)
    feeds = find_source(request, pk).feeds.filter(goal__in=goals).order_by("key", "id")
    # These names are what the reader looks for, so they are the same in every language.
    numbers = ["value", "some", "all"] if has_rates(feeds) else ["value"]
    headings = ["key", "what it is", "unit", "day", *numbers]
    blanks = [""] * (1 + len(numbers))
    rows = ((*row, *blanks) for row in sheet_rows(feeds))
    kind = "xlsx" if request.GET.get("as") == "xlsx" else "csv"
    return download(_("Values to fill in"), headings, rows, kind=kind)
