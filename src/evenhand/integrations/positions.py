"""What somebody does and where: laid down from the day on which it begins, the past stays."""

from datetime import date

from evenhand.integrations.drafting import FactChange, told
from evenhand.integrations.kinds import Fact
from evenhand.integrations.people_files.kinds import UNITS, PersonRow
from evenhand.integrations.sight import Sight
from evenhand.integrations.snapshots import Known, Stay, at
from evenhand.integrations.standing import Standing
from evenhand.people.changes import Placed

# In the order in which `people` keeps them beside the unit.
TEXTS = (Fact.TITLE, Fact.JOB_FAMILY, Fact.GRADE, Fact.COUNTRY, Fact.LOCATION)
NOTHING = ("",) * (1 + len(TEXTS))

Place = tuple[str, ...]


def new_position(sight: Sight, row: PersonRow, span: Stay) -> list[FactChange]:
    """The first position of somebody new."""
    place = _said_over(sight, row, NOTHING)
    if not place[0]:
        return []
    starts_on = _within(row.position_since, span)
    sight.draft.placed.append(_placed(row.number, place, starts_on, span.ends_on))
    return _facts(sight, NOTHING, place, None)


def changed_position(
    sight: Sight, row: PersonRow, known: Known, standing: Standing
) -> list[FactChange]:
    span = standing.span
    if span is None:
        return []
    stays = sight.now.positions.get(known.pk, [])
    starts_on, today = span.starts_on, max(sight.on, span.starts_on)
    is_later = row.position_since is not None and row.position_since > today
    looked_at = row.position_since if is_later and row.position_since else today
    current = at(stays, looked_at)
    before = current or (stays[-1] if stays else None)
    old = _place(sight, before) if before else NOTHING
    place = _said_over(sight, row, old)
    if not place[0]:
        return []
    ends_on = standing.end_of(stays, current, looked_at)
    if current and place == old:
        if ends_on > current.ends_on:
            sight.draft.placed.append(_placed(row.number, place, current.ends_on, ends_on))
        return []
    from_ = _beginning(row.position_since, current, looked_at, starts_on)
    sight.draft.placed.append(_placed(row.number, place, from_, ends_on))
    return _facts(sight, old if current else NOTHING, place, from_)


def _said_over(sight: Sight, row: PersonRow, old: Place) -> Place:
    """What the file says; what it is silent about stays."""
    said = (row.title, row.job_family, row.grade, row.country, row.location)
    texts = (new if new is not None else was for new, was in zip(said, old[1:], strict=True))
    return (_unit(sight, row, old[0]) or old[0], *texts)


def _unit(sight: Sight, row: PersonRow, present: str) -> str:
    if not sight.said & UNITS or not (row.unit_path or row.unit_code):
        return ""
    return sight.book.code_of(row.unit_path or (), row.unit_code or "", present=present)


def unit_of(sight: Sight, row: PersonRow) -> str:
    """The code of the unit in which the row places somebody; it is made if there is none."""
    known = sight.now.people.get(row.number)
    stays = sight.now.positions.get(known.pk, []) if known else []
    return _unit(sight, row, _place(sight, stays[-1])[0] if stays else "")


def _place(sight: Sight, stay: Stay) -> Place:
    unit, *texts = stay.facts
    return (sight.book.codes.get(unit, ""), *texts)


def _beginning(since: date | None, current: Stay | None, looked_at: date, start: date) -> date:
    """The day the file says, unless that would rewrite an earlier position."""
    earliest = current.starts_on if current else start
    return since if since and earliest <= since <= looked_at else looked_at


def _within(since: date | None, span: Stay) -> date:
    return since if since and span.starts_on < since < span.ends_on else span.starts_on


def _placed(number: str, place: Place, starts_on: date, ends_on: date) -> Placed:
    unit, title, family, grade, country, location = place
    return Placed(number, unit, starts_on, ends_on, title, family, grade, country, location)


def _facts(sight: Sight, old: Place, new: Place, on: date | None) -> list[FactChange]:
    facts = [
        told(fact, was, now, on)
        for fact, was, now in zip(TEXTS, old[1:], new[1:], strict=True)
        if was != now
    ]
    if old[0] == new[0]:
        return facts
    was = sight.book.shown(old[0]) if old[0] else ""
    return [told(Fact.UNIT, was, sight.book.shown(new[0]), on), *facts]
