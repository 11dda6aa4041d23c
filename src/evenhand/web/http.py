from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from evenhand.access.models import Account
from evenhand.kernel.acting import Actor

LONGEST_NUMBER = 18


class PersonRequest(HttpRequest):
    """A request by somebody who has signed in: `actor` is who they are, or act for."""

    user: Account | AnonymousUser
    account: Account
    actor: Actor
    htmx: HtmxDetails


def go_to(request: HttpRequest, name: str, *args: object) -> HttpResponse:
    """Send the person on to a page, also from inside an htmx request."""
    url = reverse(name, args=args)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)


def is_number(text: str) -> bool:
    """Whether a text that came with a form can be the number of a row, or another whole number."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def key(text: str) -> int:
    """The number of a row as it came with a form; 0, which no row has, for anything else."""
    return int(text) if is_number(text) else 0
