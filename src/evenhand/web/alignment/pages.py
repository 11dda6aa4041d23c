"""What the map says about its places: words for marks and pace, addresses, what is below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from evenhand.goals.charting import HEAPS, Kind, Mark, Node, Place, Step
from evenhand.goals.kinds import Pace
from evenhand.kernel.paging import Page

HEAP_TITLES = {
    Kind.MINE: _("My goals"),
    Kind.NOTHING: _("Goals that support nothing"),
    Kind.BROKEN: _("Goals below one that was given up"),
}
MARKS = {
    Mark.NO_GOALS: ("warn", _("No agreed goal yet")),
    Mark.NOT_NOW: ("warn", _("Does not hold today")),
    Mark.SUPPORTS_NOTHING: ("warn", _("Supports nothing")),
    Mark.LOCAL: ("", _("Local goal")),
    Mark.LEADS_NOWHERE: ("warn", _("Leads to no objective")),
    Mark.COPY: ("warn", _("Repeats the goal above")),
    Mark.DEEP: ("", _("Far down the chain")),
    Mark.CLOSED: ("", _("Closed")),
}
PACES = {
    Pace.ON_TRACK: ("good", Pace.ON_TRACK.label),
    Pace.AT_RISK: ("warn", Pace.AT_RISK.label),
    Pace.OFF_TRACK: ("bad", Pace.OFF_TRACK.label),
    Pace.NO_DATA: ("", Pace.NO_DATA.label),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A word beside a place; its look never says more than the word."""

    look: str
    word: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A place as a line of the tree."""

    key: str
    icon: str
    title: str
    url: str
    walk_url: str
    below_url: str
    detail: str
    has_more_below: bool
    score: Decimal | None
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Some lines of the tree, and where it goes on."""

    leaves: Sequence[Leaf]
    more_url: str = ""
    more_below_url: str = ""
    back_url: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A place above; without an address where it is not open to who walks."""

    title: str
    url: str


def heap(kind: Kind) -> Node:
    return Node(Place(kind), has_more_below=True)


def heaps() -> list[Leaf]:
    """The heaps of goals at the foot of the map: those that lead nowhere."""
    return [leaf(heap(kind)) for kind in HEAPS if kind != Kind.MINE]


def leaf(node: Node) -> Leaf:
    """A place with everything said about it."""
    walk = _address("alignment", at=node.place.key)
    return Leaf(
        key=node.place.key,
        icon=_icon(node.place.kind),
        title=title_of(node),
        url=_url(node.place) or walk,
        walk_url=walk,
        below_url=_address("alignment:below", at=node.place.key),
        detail=" · ".join(part for part in (node.owner, node.unit) if part),
        has_more_below=node.has_more_below,
        score=node.score,
        tags=tuple(_tags(node)),
    )


def branch(page: Page[Node], place: Place | None, **asked: str) -> Branch:
    """A page of nodes; `asked` is what the address of the whole page keeps."""
    at = {"at": place.key} if place else {}
    more = {"cursor": page.next_cursor}
    back = {"cursor": page.previous_cursor}
    return Branch(
        [leaf(node) for node in page.rows],
        more_url=_address("alignment", **asked, **at, **more) if page.next_cursor else "",
        more_below_url=_address("alignment:below", **at, **more) if page.next_cursor else "",
        back_url=_address("alignment", **asked, **at, **back) if page.previous_cursor else "",
    )


def crumbs(way: Iterable[Step]) -> list[Crumb]:
    """The way from the top; what is not open to who walks is named as that."""
    hidden = str(_("A goal that is not open to you"))
    return [
        Crumb(title_of(step.node), _address("alignment", at=step.node.place.key))
        if step.node
        else Crumb(hidden, "")
        for step in way
    ]


def title_of(node: Node) -> str:
    return node.title or str(HEAP_TITLES.get(node.place.kind, ""))


def _tags(node: Node) -> Iterable[Tag]:
    if node.pace is not None:
        yield Tag(*_said(PACES[node.pace]))
    for mark in node.marks:
        yield Tag(*_said(MARKS[mark]))


def _said(tag: tuple[str, object]) -> tuple[str, str]:
    look, word = tag
    return look, str(word)


def _icon(kind: Kind) -> str:
    """Goals have none: what is not marked as something else is one, and they are many."""
    icons = {Kind.OBJECTIVE: "flag", Kind.UNIT: "network", Kind.GOAL: ""}
    return icons.get(kind, "layers")


def _url(place: Place) -> str:
    """The page about the thing itself."""
    pages = {
        Kind.OBJECTIVE: "strategy:objective",
        Kind.UNIT: "units:unit",
        Kind.GOAL: "goals:goal",
    }
    name = pages.get(place.kind)
    return reverse(name, args=[place.pk]) if name else ""


def _address(name: str, **asked: str) -> str:
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{reverse(name)}{query}"
