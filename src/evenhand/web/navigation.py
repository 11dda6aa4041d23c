"""Where a person can go: the places shown depend on what they may do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.acting import Actor, Role

THEMES = ("light", "dark")
SHORTCUTS = 4
ACCOUNT = [(_("Profile and security"), "profile", "shield-check")]


@dataclass(frozen=True, slots=True)
class Item:
    """A place, as the navigation shows it."""

    label: str
    url: str
    icon: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Places that belong together."""

    label: str
    items: tuple[Item, ...]


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page needs beside its own content (a context processor)."""
    theme = request.COOKIES.get("theme")
    return {
        "now": timezone.now(),
        "is_demo": settings.DEMO,
        "theme": theme if theme in THEMES else "",
        "navigation": SimpleLazyObject(lambda: list(navigation(request))),
        "shortcuts": SimpleLazyObject(lambda: shortcuts(request)),
        "account_menu": SimpleLazyObject(lambda: account_menu(request)),
    }


def navigation(request: HttpRequest) -> Iterator[Group]:
    """The groups of places open to who acts; nothing before signing in."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return
    for label, places in _places(actor):
        items = tuple(_item(request, *place) for place in places if _exists(place[1]))
        if items:
            yield Group(str(label), items)


def shortcuts(request: HttpRequest) -> list[Item]:
    """The few places a phone keeps at the thumb; the menu has them all."""
    return [item for group in navigation(request) for item in group.items][:SHORTCUTS]


def account_menu(request: HttpRequest) -> list[Item]:
    """What belongs to the account and not to the work."""
    return [_item(request, *place) for place in ACCOUNT if _exists(place[1])]


def _places(actor: Actor) -> Iterator[tuple[Any, list[tuple[Any, str, str]]]]:
    yield (
        "",
        [
            (_("Home"), "home", "house"),
            (_("My reviews"), "reviews", "pen-line"),
            (_("My team"), "team", "users"),
        ],
    )
    if actor.holds(Role.SPECIALIST, Role.HR_PARTNER, Role.EXECUTIVE):
        yield _("Programme"), _programme(actor)
    if administration := _administration(actor):
        yield _("Administration"), administration


def _programme(actor: Actor) -> list[tuple[Any, str, str]]:
    places = [(_("Cycles"), "cycles", "refresh-cw")]
    if actor.holds(Role.SPECIALIST):
        places.append((_("Templates"), "templates", "clipboard-list"))
    places.append((_("People"), "people", "user"))
    if actor.holds(Role.SPECIALIST):
        places += [(_("Units"), "units", "network"), (_("Imports"), "imports", "upload")]
    return places


def _administration(actor: Actor) -> list[tuple[Any, str, str]]:
    places: list[tuple[Any, str, str]] = []
    if actor.holds(Role.SPECIALIST, Role.IT_ADMINISTRATOR):
        places.append((_("Roles"), "roles", "key-round"))
    if actor.holds(Role.AUDITOR):
        places.append((_("Audit trail"), "audit", "scroll-text"))
    if actor.holds(Role.IT_ADMINISTRATOR):
        places.append((_("Settings and health"), "settings", "settings"))
    return places


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def _item(request: HttpRequest, label: Any, name: str, icon: str) -> Item:
    url = reverse(name)
    here = request.path == url or (url != "/" and request.path.startswith(url))
    return Item(str(label), url, icon, is_current=here)
