import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.access.queries import actor_of
from evenhand.audit.actions import record
from evenhand.cycles.models import Cycle
from evenhand.cycles.policies import visible_cycles
from evenhand.jobs.actions import ask_for
from evenhand.jobs.files import name_of
from evenhand.jobs.performing import Running
from evenhand.kernel.acting import Actor
from evenhand.reviews.actions import record_reading
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.models import Review
from evenhand.reviews.policies import may_collect_documents, visible_reviews
from evenhand.reviews.reading import read_both
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.reviews.pages import find_both
from evenhand.web.reviews.printing import pdf_of

KIND = "reviews.documents"
ODD = re.compile(r"[^\w.-]+")


@require_safe
def document(request: PersonRequest, pk: int) -> HttpResponse:
    """One review as a PDF, as this reader sees it."""
    pair = find_both(request.actor, pk)
    record_reading(*pair.reviews, by=request.actor, at=timezone.now())
    name = f"{ODD.sub('-', pair.review.subject.name)}-{pair.review.kind}-review.pdf"
    answer = HttpResponse(pdf_of(request.actor, pair), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{ascii_name(name)}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for every review of a cycle in one file; made by a job, for whoever asked."""
    cycle = get_object_or_404(visible_cycles(request.actor), pk=pk)
    may_collect_documents(request.actor).enforce()
    if request.method == "POST":
        title = _("Reviews of %(cycle)s as PDF") % {"cycle": cycle.name}
        job = ask_for(
            KIND, title, arguments={"cycle": cycle.pk}, by=request.actor, at=timezone.now()
        )
        return go_to(request, "jobs:job", job.pk)
    context = {"cycle": cycle, "count": to_print(request.actor, cycle).count()}
    return render(request, "reviews/documents.html", context)


def perform_documents(running: Running) -> None:
    """One PDF per person, named by their number.

    What a process that died has left is not made again; who asks anew gets all as it stands now.
    """
    asked_by = running.asked_by
    actor = actor_of(asked_by.person_id, asked_by.name, on=running.clock().date())
    may_collect_documents(actor).enforce()
    cycle = Cycle.objects.get(pk=running.arguments["cycle"])
    folder = Path(default_storage.path(name_of(running.job_id, "pdf")))
    if running.is_begun_anew:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    reviews = list(to_print(actor, cycle).values_list("pk", "subject__number", "participation"))
    for done, (pk, number, part) in enumerate(reviews):
        running.advance(done, len(reviews), _("One PDF for each person"))
        print_into(folder / file_name(number, part), actor, pk)
    running.advance(len(reviews), len(reviews), _("Packing"))
    packed = name_of(running.job_id, "reviews.zip")
    pack(folder, Path(default_storage.path(packed)))
    keep_on_record(cycle, len(reviews), by=actor, at=running.clock())
    running.finish({"reviews": len(reviews)}, file=packed)
    shutil.rmtree(folder, ignore_errors=True)


def to_print(actor: Actor, cycle: Cycle) -> QuerySet[Review]:
    """Per person the manager review, with the self review beside it; else the self review."""
    readable = visible_reviews(actor).filter(cycle=cycle).exclude(subject__in=actor.own_ids)
    handed_in = readable.filter(submitted_at__isnull=False)
    with_manager = handed_in.filter(kind=ReviewKind.MANAGER)
    alone = handed_in.filter(kind=ReviewKind.SELF).exclude(
        participation__in=with_manager.values("participation")
    )
    return Review.objects.filter(
        pk__in=with_manager.values("pk").union(alone.values("pk"))
    ).order_by("pk")


def print_into(path: Path, actor: Actor, pk: int) -> None:
    """Write the PDF whole or not at all, so that a second attempt can trust what it finds."""
    pair = None if path.exists() else read_both(actor, pk)
    if pair is None:
        return
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(pdf_of(actor, pair))
    unfinished.replace(path)


def file_name(number: str, part: int) -> str:
    """The person's number; with the participation's where signs had to be left out of it."""
    plain = ODD.sub("_", number)
    return f"{plain}.pdf" if plain == number else f"{plain}-{part}.pdf"


def pack(folder: Path, target: Path) -> None:
    unfinished = target.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as packed:
        for path in _pdfs(folder):
            packed.write(path, path.name)
    unfinished.replace(target)


def keep_on_record(cycle: Cycle, count: int, *, by: Actor, at: datetime) -> None:
    record("cycle.documents_made", about=cycle, by=by, at=at, reviews=count)


def ascii_name(name: str) -> str:
    return name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")


def _pdfs(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.suffix == ".pdf")
