"""How pages about goals are asked for: while one only looks, the same is looked up once."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.kernel.remembering import remembering
from evenhand.web.http import PersonRequest

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]

SAFE = ("GET", "HEAD")


def page_view(view: View[P]) -> View[P]:
    """A page one looks at."""
    return require_safe(_remembers(view))


def form_view(view: View[P]) -> View[P]:
    """A page with a form; what it sends changes something, so then nothing is remembered."""
    return require_http_methods([*SAFE, "POST"])(_remembers(view))


def _remembers(view: View[P]) -> View[P]:
    @wraps(view)
    def looked_at(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in SAFE:
            return view(request, *args, **kwargs)
        with remembering():
            return view(request, *args, **kwargs)

    return looked_at
