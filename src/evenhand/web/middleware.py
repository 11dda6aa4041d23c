from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from evenhand.access.models import Account
from evenhand.access.policies import may_sign_in
from evenhand.access.queries import actor_for
from evenhand.kernel.verdict import Refused

DELEGATION_KEY = "delegation"

GetResponse = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Puts on each signed-in request who acts: the person, or the one they stand in for.

    Somebody who has left meanwhile is signed out: a session does not outlive the employment.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account, today = request.user, timezone.localdate()
        if isinstance(account, Account):
            if may_sign_in(account, on=today):
                delegation = request.session.get(DELEGATION_KEY)
                request.account = account  # type: ignore[attr-defined]  # see PersonRequest
                request.actor = actor_for(  # type: ignore[attr-defined]
                    account, on=today, delegation_id=delegation
                )
            else:
                logout(request)
        return self.get_response(request)


class RefusalMiddleware:
    """Turns a refused action into a page, a notice for htmx or JSON for a script."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if request.headers.get("Accept") == "application/json":
            said = {"code": error.verdict.code, "reason": error.verdict.reason}
            return JsonResponse(said, status=error.verdict.ground)
        htmx = getattr(request, "htmx", False)
        template = "ui/refusal.html#notice" if htmx else "ui/refusal.html"
        return render(request, template, {"verdict": error.verdict}, status=error.verdict.ground)
