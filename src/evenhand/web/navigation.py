"""Where a person can go: the places shown depend on what they may do."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from evenhand.access.policies import may_give_roles
from evenhand.analytics.policies import LEADERS
from evenhand.audit.policies import may_audit
from evenhand.cycles.policies import may_write_templates
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.remembering import looked_up_once
from evenhand.people.models import ManagementChain
from evenhand.people.policies import may_change_people

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

THEMES = ("light", "dark")
SHORTCUTS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A page worth a place in the navigation, by its address, and who finds it there."""

    label: "StrOrPromise"
    name: str
    icon: str
    is_open_to: Callable[[Actor], object]


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


def everyone(_actor: Actor) -> bool:
    return True


def acts_for_oneself(actor: Actor) -> bool:
    return not actor.is_delegate


@looked_up_once
def leads_people(actor: Actor) -> bool:
    lines = ManagementChain.objects.on(actor.on).filter(ancestor_id=actor.person_id)
    return lines.filter(depth__gte=1).exists()


def follows_cycles(actor: Actor) -> bool:
    return actor.holds(Role.SPECIALIST, Role.HR_PARTNER, Role.EXECUTIVE)


def reads_audits(actor: Actor) -> bool:
    """Others find what is opened to everybody on their first page."""
    return actor.holds(*LEADERS) and not actor.is_delegate


def runs_the_machines(actor: Actor) -> bool:
    return actor.holds(Role.IT_ADMINISTRATOR)


GROUPS: tuple[tuple["StrOrPromise", tuple[Place, ...]], ...] = (
    (
        "",
        (
            Place(_("Home"), "home", "house", everyone),
            Place(_("My goals"), "goals", "target", acts_for_oneself),
            Place(_("My reviews"), "reviews", "pen-line", acts_for_oneself),
            Place(_("My development"), "development", "sprout", acts_for_oneself),
            Place(_("My team"), "team", "users", leads_people),
        ),
    ),
    (
        _("Programme"),
        (
            Place(_("Strategy"), "strategy", "flag", everyone),
            Place(_("Alignment"), "alignment", "git-branch", everyone),
            Place(_("Competencies"), "competencies", "graduation-cap", everyone),
            Place(_("Assessments"), "assessments", "radar", acts_for_oneself),
            Place(_("Workshops"), "workshops", "vote", everyone),
            Place(_("Data sources"), "sources", "plug", acts_for_oneself),
            Place(_("Cycles"), "cycles", "refresh-cw", follows_cycles),
            Place(_("Templates"), "templates", "clipboard-list", may_write_templates),
            Place(_("People"), "people", "user", follows_cycles),
            Place(_("Units"), "units", "network", may_change_people),
            Place(_("Imports"), "imports", "upload", may_change_people),
        ),
    ),
    (
        _("Insight"),
        (Place(_("Fairness"), "fairness", "scale", reads_audits),),
    ),
    (
        _("Administration"),
        (
            Place(_("Roles"), "roles", "key-round", may_give_roles),
            Place(_("Audit trail"), "audit", "scroll-text", may_audit),
            Place(_("Settings and health"), "settings", "settings", runs_the_machines),
        ),
    ),
)
ACCOUNT = (
    Place(_("Profile and security"), "profile", "shield-check", everyone),
    Place(_("Privacy notice"), "privacy", "file-text", everyone),
    Place(_("Long work"), "jobs:jobs", "clock", everyone),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page needs beside its own content (a context processor)."""
    theme = request.COOKIES.get("theme")
    groups = SimpleLazyObject(lambda: list(navigation(request)))
    return {
        "now": timezone.now(),
        "is_demo": settings.DEMO,
        "theme": theme if theme in THEMES else "",
        "navigation": groups,
        "shortcuts": SimpleLazyObject(lambda: shortcuts(groups)),
        "account_menu": SimpleLazyObject(lambda: _items(request, ACCOUNT)),
    }


def navigation(request: HttpRequest) -> Iterator[Group]:
    """The groups of places open to who acts; nothing before signing in."""
    for label, places in GROUPS:
        if items := _items(request, places):
            yield Group(str(label), items)


def shortcuts(groups: Iterable[Group]) -> list[Item]:
    """The few places a phone keeps at the thumb; the menu has them all."""
    return [item for group in groups for item in group.items][:SHORTCUTS]


def _items(request: HttpRequest, places: tuple[Place, ...]) -> tuple[Item, ...]:
    actor = getattr(request, "actor", None)
    if actor is None:
        return ()
    found = [place for place in places if _exists(place.name) and place.is_open_to(actor)]
    return tuple(_item(request, place) for place in found)


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def _item(request: HttpRequest, place: Place) -> Item:
    url = reverse(place.name)
    is_current = request.path == url or (url != "/" and request.path.startswith(url))
    return Item(str(place.label), url, place.icon, is_current)
