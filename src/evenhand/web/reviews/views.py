from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.kernel.paging import page_of
from evenhand.reviews.actions import record_reading
from evenhand.reviews.policies import may_write, reviews_in_writing
from evenhand.reviews.queries import my_reviews, written_reviews
from evenhand.web.http import PersonRequest
from evenhand.web.reviews.pages import find_both, reading_page, sided, versions_of, writing_page

NEWEST_FIRST = ("-saved_at", "-pk")


@require_safe
def reviews(request: PersonRequest) -> HttpResponse:
    """One's own reviews over the cycles, and those one wrote about others."""
    context = {
        "own": [] if request.actor.is_delegate else my_reviews(request.actor),
        "written": written_reviews(request.actor, cursor=request.GET.get("cursor", "")),
        "cursor": request.GET.get("cursor", ""),
    }
    return render(request, "reviews/reviews.html", context)


@require_safe
def review(request: PersonRequest, pk: int) -> HttpResponse:
    """The form for who may write, the words for everyone else who may read."""
    pair = find_both(request.actor, pk)
    if may_write(request.actor, pair.review):
        return writing_page(request, pair)
    record_reading(*pair.reviews, by=request.actor, at=timezone.now())
    return reading_page(request, pair)


@require_safe
def preview(request: PersonRequest, pk: int) -> HttpResponse:
    """What the person reviewed will read after release."""
    pair = find_both(request.actor, pk, as_subject=True)
    if pair.review.is_self:
        raise Http404
    record_reading(pair.review, by=request.actor, at=timezone.now())
    context = {"review": pair.review, "sheet": pair.sheet, "parts": sided(pair.sheet, None)}
    return render(request, "reviews/preview.html", context)


@require_safe
def versions(request: PersonRequest, pk: int) -> HttpResponse:
    """What stood in a review before, for its author."""
    found = get_object_or_404(
        reviews_in_writing(request.actor).select_related("cycle", "subject", "participation"), pk=pk
    )
    context = {
        "review": found,
        "page": page_of(versions_of(found), NEWEST_FIRST, cursor=request.GET.get("cursor", "")),
        "may_write": may_write(request.actor, found),
    }
    return render(request, "reviews/versions.html", context)
