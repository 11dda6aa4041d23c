from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from evenhand.access.models import Account

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MADE_UP_ADDRESS = ".example"


@login_not_required
@require_safe
def demo(request: HttpRequest, number: str) -> HttpResponse:
    """Sign in as somebody of the sample organization with one click: in the demonstration only.

    Even there it opens no account of a real person: addresses of the sample end in `.example`.
    """
    if not settings.DEMO:
        raise Http404
    account = get_object_or_404(
        Account, person__number=number, email__endswith=MADE_UP_ADDRESS, is_active=True
    )
    login(request, account, backend=BACKEND)
    return HttpResponseRedirect("/")
