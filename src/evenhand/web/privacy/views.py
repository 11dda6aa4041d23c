from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.compliance.actions import confirm_notice, publish_notice
from evenhand.compliance.models import PrivacyNotice
from evenhand.compliance.policies import may_publish_notice, visible_notices
from evenhand.compliance.queries import (
    current_notice,
    how_many_have_not_confirmed,
    notice_waiting_for,
    notices_given,
)
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.privacy.forms import NoticeForm


@require_safe
def notice(request: PersonRequest) -> HttpResponse:
    """The privacy notice that counts now; the specialist also sees how it was received."""
    current = current_notice()
    may_publish = may_publish_notice(request.actor)
    context: dict[str, Any] = {
        "notice": current,
        "waits": notice_waiting_for(request.actor) is not None,
        "may_publish": may_publish,
    }
    if may_publish:
        context["given"] = notices_given()
    if may_publish and current:
        context["missing"] = how_many_have_not_confirmed(current, on=request.actor.on)
    return render(request, "privacy/notice.html", context)


@require_safe
def former_notice(request: PersonRequest, version: int) -> HttpResponse:
    found = get_object_or_404(visible_notices(request.actor), version=version)
    context = {"notice": found, "is_former": found != current_notice()}
    return render(request, "privacy/notice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_notice(request: PersonRequest) -> HttpResponse:
    """Write the next notice, beginning with the words of the one that counts now."""
    if not may_publish_notice(request.actor):
        raise Http404
    current = current_notice()
    form = NoticeForm(request.POST or None, initial={"text": current.text if current else ""})
    if form.is_valid():
        publish_notice(form.cleaned_data["text"], by=request.actor, at=timezone.now())
        messages.success(request, _("The privacy notice is published. Home shows it to everyone."))
        return go_to(request, "privacy")
    context = {"form": form, "current": current}
    status = 422 if form.errors else 200
    return render(request, "privacy/new_notice.html", context, status=status)


@require_POST
def confirmation(request: PersonRequest, version: int) -> HttpResponse:
    found: PrivacyNotice = get_object_or_404(visible_notices(request.actor), version=version)
    confirm_notice(found, by=request.actor, at=timezone.now())
    messages.success(request, _("Thank you. It is noted that you have read the privacy notice."))
    return go_to(request, "home")
