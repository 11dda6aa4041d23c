"""What the rows of a file change: each person as the file says, beside the database."""

from collections.abc import Iterable

from evenhand.integrations import leaves, positions, reporting
from evenhand.integrations.drafting import Change, FactChange, day, last_day, told
from evenhand.integrations.kinds import ChangeKind, Fact
from evenhand.integrations.people_files.kinds import PersonRow
from evenhand.integrations.sight import Sight
from evenhand.integrations.snapshots import Known, Stay
from evenhand.integrations.standing import How, Standing
from evenhand.kernel.periods import FOREVER
from evenhand.people.changes import Employed, Left, PersonDetails

KINDS = {
    How.NEW: ChangeKind.ADDED,
    How.RETURNS: ChangeKind.RETURNED,
    How.LEAVES: ChangeKind.LEFT,
    How.STAYS: ChangeKind.CHANGED,
    How.GONE: ChangeKind.CHANGED,
}
PRESENT = frozenset({How.STAYS, How.RETURNS})


def compare(sight: Sight, row: PersonRow) -> None:
    """Add to the draft what becomes different about one person."""
    standing = sight.standings[row.number]
    known = sight.now.people.get(row.number)
    if known is None:
        facts = _new_person(sight, row, standing.span)
    else:
        facts = [*_details(sight, row, known), *_employment(sight, row, standing)]
    if known and standing.how in PRESENT:
        facts += positions.changed_position(sight, row, known, standing)
        for asked in reporting.wanted(sight, row):
            facts += reporting.changed_line(sight, asked, known, standing)
        facts += leaves.changed_leave(sight, row, known, standing)
    if not facts and standing.how in {How.STAYS, How.GONE}:
        sight.draft.unchanged += 1
        return
    name = row.name or (known.name if known else "")
    change = Change(KINDS[standing.how], row.row, row.number, name, tuple(facts))
    sight.draft.shown.append(change)


def take_leave_of(sight: Sight, absent: Iterable[Known]) -> None:
    """People whom a file that lists everybody does not name, as of today."""
    for known in absent:
        sight.draft.left.append(Left(known.number, sight.on))
        gone = told(Fact.LAST_DAY, "", last_day(sight.on), sight.on)
        change = Change(ChangeKind.LEFT, 0, known.number, known.name, (gone,))
        sight.draft.shown.append(change)


def _new_person(sight: Sight, row: PersonRow, span: Stay | None) -> list[FactChange]:
    given, family = _names(row)
    email = (row.email or "").lower()
    sight.draft.added.append(PersonDetails(row.number, given, family, email))
    if span is None:
        return [told(Fact.EMAIL, "", email)] if email else []
    sight.draft.employed.append(Employed(row.number, span.starts_on, span.ends_on))
    facts = [told(Fact.FIRST_DAY, "", day(span.starts_on))]
    if span.ends_on != FOREVER:
        facts.append(told(Fact.LAST_DAY, "", last_day(span.ends_on)))
    facts += positions.new_position(sight, row, span)
    for asked in reporting.wanted(sight, row):
        facts += reporting.new_line(sight, asked, span)
    facts += leaves.new_leave(sight, row, span)
    if email:
        facts.append(told(Fact.EMAIL, "", email))
    return facts


def _details(sight: Sight, row: PersonRow, known: Known) -> list[FactChange]:
    """Names and addresses are put right for all days."""
    given, family = _names(row) if row.name else (known.given_name, known.family_name)
    given = known.given_name if row.given_name is None and row.family_name is not None else given
    email = known.email if row.email is None else row.email.lower()
    pairs = (
        (Fact.GIVEN_NAME, known.given_name, given),
        (Fact.FAMILY_NAME, known.family_name, family),
        (Fact.EMAIL, known.email, email),
    )
    facts = [told(fact, old, new) for fact, old, new in pairs if old != new]
    if facts:
        sight.draft.renamed.append(PersonDetails(row.number, given, family, email))
    return facts


def _names(row: PersonRow) -> tuple[str, str]:
    """Somebody of one name only is found by it like everybody else by the family name."""
    given, family = row.given_name or "", row.family_name or ""
    return (given, family) if family else ("", given)


def _employment(sight: Sight, row: PersonRow, standing: Standing) -> list[FactChange]:
    span, current = standing.span, standing.current
    if span is None or (current and current[:2] == span[:2]):
        return []
    starts_anew = current is None or current.starts_on != span.starts_on
    facts: list[FactChange] = []
    if starts_anew:
        old = day(current.starts_on) if current else ""
        facts.append(told(Fact.FIRST_DAY, old, day(span.starts_on)))
    if (current.ends_on if current else FOREVER) != span.ends_on:
        old = last_day(current.ends_on) if current else ""
        facts.append(told(Fact.LAST_DAY, old, last_day(span.ends_on)))
    ends_sooner = current is not None and span.ends_on < current.ends_on
    if starts_anew or not ends_sooner:
        ends_on = current.ends_on if current and ends_sooner else span.ends_on
        sight.draft.employed.append(Employed(row.number, span.starts_on, ends_on))
    if ends_sooner and standing.how is not How.GONE:
        sight.draft.left.append(Left(row.number, span.ends_on))
    elif ends_sooner:
        sight.draft.employed.append(Employed(row.number, span.starts_on, span.ends_on))
    return facts
