"""What was said and decided about a goal, the latest first: editions, agreements, endings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.goals.changing import MovedTarget, moved_target
from evenhand.goals.kinds import Ending, NoteKind
from evenhand.goals.models import Agreement, Goal, GoalEnding, GoalMove, GoalNote, GoalVersion
from evenhand.kernel.periods import FOREVER
from evenhand.people.models import Person
from evenhand.web.goals.plan_facts import Difference, differences, facts_of_version
from evenhand.web.templatetags.goals import percent

MOST_ENTRIES = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: who, when, what, and in which words."""

    at: datetime
    title: str
    words: str = ""
    differences: Sequence[Difference] = ()
    moved: MovedTarget | None = None
    order: int = 0


def who(person: Person, delegate: Person | None) -> str:
    """Whoever did something; a delegate is named with whom they stood in for."""
    if delegate is None:
        return person.name
    return _("%(delegate)s for %(name)s") % {"delegate": delegate.name, "name": person.name}


def conversation(
    goal: Goal, versions: Sequence[GoalVersion], until: date, *, today: date
) -> list[Entry]:
    """Everything said before a day, the latest first; `versions` are those one may read."""
    entries = [
        *_editions(goal, versions, today),
        *_agreements(versions),
        *_notes(goal.notes.select_related("author", "delegate")),
        *_endings(goal.endings.select_related("by", "delegate")),
        *_moves(goal.moves.select_related("new_unit", "new_manager")),
    ]
    if until != FOREVER:
        entries = [entry for entry in entries if timezone.localtime(entry.at).date() < until]
    entries.sort(key=lambda entry: (entry.at, entry.order), reverse=True)
    return entries[:MOST_ENTRIES]


def _moves(moves: Iterable[GoalMove]) -> Iterator[Entry]:
    """Where the goal went with its owner; it stands as it was agreed."""
    for move in moves:
        unit = move.new_unit.name if move.new_unit else _("no unit")
        manager = move.new_manager.name if move.new_manager else _("nobody")
        said = _("It went along to %(unit)s; the manager from then on: %(manager)s.")
        at = timezone.make_aware(datetime.combine(move.on, time.min))
        yield Entry(at=at, title=said % {"unit": unit, "manager": manager})


def _editions(goal: Goal, versions: Sequence[GoalVersion], today: date) -> Iterator[Entry]:
    proposed = [version for version in versions if version.proposed_at]
    before: dict[int, GoalVersion] = {
        later.pk: earlier for earlier, later in pairwise(_kept(proposed))
    }
    for version in proposed:
        former = before.get(version.pk) or _last_agreed(proposed, version)
        by = version.proposed_by or version.author
        changed = differences(facts_of_version(former), facts_of_version(version)) if former else ()
        told = _("%(name)s proposed a change") if former else _("%(name)s proposed this goal")
        day = timezone.localtime(version.agreed_at).date() if version.agreed_at else today
        yield Entry(
            at=version.proposed_at or version.written_at,
            title=told % {"name": by.name},
            words=version.reason,
            differences=changed,
            moved=moved_target(former, version, goal.actual, day) if former else None,
        )


def _kept(versions: Iterable[GoalVersion]) -> list[GoalVersion]:
    return [version for version in versions if version.agreed_at]


def _last_agreed(versions: Sequence[GoalVersion], version: GoalVersion) -> GoalVersion | None:
    earlier = [one for one in _kept(versions) if one.number < version.number]
    return earlier[-1] if earlier else None


def _agreements(versions: Iterable[GoalVersion]) -> Iterator[Entry]:
    for version in versions:
        for agreement in version.agreements.all():
            yield Entry(
                at=agreement.at, title=_agreed(agreement), words=agreement.sentence, order=1
            )


def _agreed(agreement: Agreement) -> str:
    name = {"name": who(agreement.person, agreement.delegate)}
    if agreement.unit:
        return _("%(name)s agreed for %(unit)s") % (name | {"unit": agreement.unit.name})
    told = {
        "owner": _("%(name)s agreed, as an owner"),
        "manager": _("%(name)s agreed, as the manager"),
    }
    return told.get(agreement.side, _("%(name)s agreed")) % name


def _notes(rows: Iterable[GoalNote]) -> Iterator[Entry]:
    for note in rows:
        told = {
            NoteKind.COMMENT: _("%(name)s wrote"),
            NoteKind.SENT_BACK: _("%(name)s asked for something else"),
            NoteKind.TAKEN_BACK: _("%(name)s took the proposal back"),
        }[NoteKind(note.kind)]
        name = {"name": who(note.author, note.delegate)}
        yield Entry(at=note.at, title=told % name, words=note.text, order=2)


def _endings(rows: Iterable[GoalEnding]) -> Iterator[Entry]:
    for ending in rows:
        told = {
            Ending.CLOSED: _("%(name)s closed the goal"),
            Ending.DROPPED: _("%(name)s dropped the goal"),
            Ending.DROP_APPROVED: _("%(name)s approved the drop"),
            Ending.TAKEN_UP: _("%(name)s took the goal up again"),
        }[Ending(ending.kind)]
        title = told % {"name": who(ending.by, ending.delegate)}
        if ending.score is not None and ending.kind in {Ending.CLOSED, Ending.DROPPED}:
            title = _("%(title)s, at %(score)s") % {"title": title, "score": percent(ending.score)}
        yield Entry(at=ending.at, title=title, words=ending.reason, order=3)
