"""What the pages about cycles show: stages, bars, and words in place of small counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.cycles.kinds import CycleState, StageKind
from evenhand.cycles.models import Cycle, Stage
from evenhand.cycles.policies import visible_cycles
from evenhand.kernel.acting import Actor
from evenhand.reviews.cockpit import FEWEST_SHOWN, Cockpit, UnitProgress

LISTS = {
    "in": gettext_lazy("In the cycle"),
    "out": gettext_lazy("Not in the cycle"),
    "alone": gettext_lazy("Nobody reviews them"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A stage, as `ui/steps.html` shows it."""

    label: str
    detail: str
    state: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many of how many, as a bar and in words."""

    value: int
    whole: int
    said: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the table of where a cycle is stuck."""

    pk: int
    name: str
    people: str
    self_reviews: Bar
    manager_reviews: Bar
    late: str
    is_late: bool
    is_itself: bool
    is_hidden: bool


def cycle_rows(actor: Actor) -> QuerySet[Cycle]:
    """The cycles one may see, the newest first, with what a list says about them."""
    cycles = visible_cycles(actor).select_related("version__template")
    return cycles.prefetch_related("stages").order_by("-period_starts_on", "-pk")


def stage_now(cycle: Cycle, today: date) -> Stage | None:
    """The stage that is due next, among those that have opened."""
    running = [s for s in cycle.stages.all() if s.opens_on <= today <= s.due_on]
    return min(running, key=lambda stage: stage.due_on, default=None)


def said(count: int, *, only_counts: bool) -> str:
    """A count; told in fives where no names may be known, so that nobody can be worked out."""
    if only_counts and 0 < count < FEWEST_SHOWN:
        return _("fewer than 5")
    return f"{_in_fives(count) if only_counts else count:,}"


def bar(done: int, whole: int, *, only_counts: bool) -> Bar:
    """How many of how many, as a bar and in words."""
    words = {"done": said(done, only_counts=only_counts)}
    words["whole"] = said(whole, only_counts=only_counts)
    if only_counts:
        # What is said to be fewer than five is drawn as nothing, however many it is.
        done, whole = (_in_fives(n) if n >= FEWEST_SHOWN else 0 for n in (done, whole))
    return Bar(done, max(whole, 1), _("%(done)s of %(whole)s") % words)


def _in_fives(count: int) -> int:
    return (count + FEWEST_SHOWN // 2) // FEWEST_SHOWN * FEWEST_SHOWN


def unit_rows(cockpit: Cockpit) -> list[UnitRow]:
    """The units of a cockpit, with everything said that may be."""
    return [_unit_row(row, only_counts=cockpit.only_counts) for row in cockpit.rows]


def _unit_row(row: UnitProgress, *, only_counts: bool) -> UnitRow:
    tally = row.tally
    return UnitRow(
        pk=row.unit.pk,
        name=row.unit.name,
        people=said(tally.people, only_counts=only_counts),
        self_reviews=bar(tally.self_in, tally.self_all, only_counts=only_counts),
        manager_reviews=bar(tally.manager_in, tally.manager_all, only_counts=only_counts),
        late=said(row.late, only_counts=only_counts),
        is_late=row.late > 0,
        is_itself=row.is_itself,
        is_hidden=row.is_hidden,
    )


def tiles(cockpit: Cockpit) -> dict[str, str]:
    """The figures of a cockpit, as they may be told."""
    figures = {
        "submitted": cockpit.tally.submitted,
        "released": cockpit.tally.released,
        "signed": cockpit.signed,
        "reviews": cockpit.tally.reviews,
        "people": cockpit.tally.people,
        "late": cockpit.late,
    }
    return {name: said(n, only_counts=cockpit.only_counts) for name, n in figures.items()}


def unfinished(cockpit: Cockpit) -> dict[str, int]:
    """What stays as it is when a cycle is closed."""
    tally = cockpit.tally
    return {
        "self": tally.self_all - tally.self_in,
        "manager": tally.manager_all - tally.manager_in,
        "unreleased": tally.people - tally.released,
        "unsigned": tally.released - cockpit.signed,
    }


def steps(cycle: Cycle, cockpit: Cockpit, today: date) -> list[Step]:
    """The stages with their counts and dates; the one due next is where the cycle is."""
    tally, now = cockpit.tally, stage_now(cycle, today)
    counts = {
        StageKind.SELF_REVIEW: (tally.self_in, tally.self_all),
        StageKind.MANAGER_REVIEW: (tally.manager_in, tally.manager_all),
        StageKind.RELEASE: (tally.released, tally.people),
        StageKind.SIGN_OFF: (cockpit.signed, tally.released),
    }
    shown = []
    for kind in StageKind:
        stage = cycle.stage(kind)
        done, whole = counts[kind]
        state = _state(stage, now, today, is_done=bool(whole) and done == whole)
        words = _when(stage, today)
        if stage.has_opened(today) or done:
            counted = bar(done, whole, only_counts=cockpit.only_counts).said
            words = f"{counted} · {words}"
        shown.append(Step(str(kind.label), words, state))
    return shown


def _state(stage: Stage, now: Stage | None, today: date, *, is_done: bool) -> str:
    if is_done:
        return "done"
    if stage == now and stage.cycle.state == CycleState.OPEN:
        return "current"
    return "running" if stage.has_opened(today) else "later"


def _when(stage: Stage, today: date) -> str:
    if not stage.has_opened(today):
        return _("opens %(day)s") % {"day": date_format(stage.opens_on, "j M")}
    if stage.due_on < today:
        return _("was due %(day)s") % {"day": date_format(stage.due_on, "j M")}
    return _("due %(day)s") % {"day": date_format(stage.due_on, "j M")}


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above this one."""

    label: str
    url: str


def crumbs(cycle: Cycle | None = None, *more: Crumb) -> Iterable[Crumb]:
    """The pages above one about cycles."""
    found = [Crumb(_("Cycles"), reverse("cycles"))]
    if cycle is not None:
        found.append(Crumb(cycle.name, reverse("cycle", args=[cycle.pk])))
    return [*found, *more]


def on_time(cockpit: Cockpit) -> str:
    """The share of reviews submitted in time, in whole percents, half up; nothing without any."""
    part, whole = cockpit.tally.on_time, cockpit.tally.submitted
    if whole < (FEWEST_SHOWN if cockpit.only_counts else 1):
        return ""
    share = (200 * part + whole) // (2 * whole)
    return f"{_in_fives(share) if cockpit.only_counts else share} %"
