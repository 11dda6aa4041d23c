"""Who is on leave: from and until the days the file says, or since today by its word of status."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from evenhand.integrations.drafting import FactChange, day, last_day, told
from evenhand.integrations.kinds import Fact
from evenhand.integrations.people_files.kinds import PersonRow, Status
from evenhand.integrations.sight import Sight
from evenhand.integrations.snapshots import Known, Stay, at
from evenhand.integrations.standing import Standing
from evenhand.kernel.periods import FOREVER
from evenhand.people.changes import Away
from evenhand.people.columns import Field


def new_leave(sight: Sight, row: PersonRow, span: Stay) -> list[FactChange]:
    away = _said(sight, row, span)
    if away is None:
        return []
    sight.draft.away.append(Away(row.number, away.starts_on, away.ends_on))
    return [told(Fact.LEAVE, "", _shown(away))]


def changed_leave(
    sight: Sight, row: PersonRow, known: Known, standing: Standing
) -> list[FactChange]:
    if standing.span is None:
        return []
    stays = sight.now.leaves.get(known.pk, [])
    now = at(stays, sight.on)
    away = _said(sight, row, standing.span)
    if away is None:
        return _back(sight, row, now) if now and _says_present(sight, row) else []
    if _by_status_alone(sight, row) and now:
        return []
    before = at(stays, away.starts_on)
    if before and before.ends_on == away.ends_on:
        return []
    sight.draft.away.append(Away(row.number, away.starts_on, away.ends_on))
    if before and before.ends_on > away.ends_on:
        back = Away(row.number, away.ends_on, before.ends_on, is_back=True)
        sight.draft.away.append(back)
    return [told(Fact.LEAVE, _shown(before) if before else "", _shown(away))]


def _said(sight: Sight, row: PersonRow, span: Stay) -> Stay | None:
    """The leave of which the file speaks, as far as it lies in the employment."""
    if row.leave_from is not None:
        starts_on, ends_on = max(row.leave_from, span.starts_on), _after(row.leave_to)
    elif _by_status_alone(sight, row) and row.status is Status.ON_LEAVE:
        starts_on, ends_on = max(sight.on, span.starts_on), _after(row.leave_to)
    else:
        return None
    ends_on = min(ends_on, span.ends_on)
    return Stay(starts_on, ends_on) if starts_on < ends_on else None


def _by_status_alone(sight: Sight, row: PersonRow) -> bool:
    return Field.LEAVE_FROM not in sight.said and row.status is not None


def _says_present(sight: Sight, row: PersonRow) -> bool:
    """The file knows leaves, and none for this person."""
    if Field.LEAVE_FROM in sight.said:
        return row.leave_from is None
    return row.status is Status.ACTIVE


def _back(sight: Sight, row: PersonRow, now: Stay) -> list[FactChange]:
    sight.draft.away.append(Away(row.number, sight.on, now.ends_on, is_back=True))
    over = now._replace(ends_on=sight.on)
    new = _shown(over) if over.starts_on < over.ends_on else ""
    return [told(Fact.LEAVE, _shown(now), new, sight.on)]


def _after(last: date | None) -> date:
    return last + timedelta(days=1) if last and last < FOREVER - timedelta(days=1) else FOREVER


def _shown(leave: Stay) -> str:
    if leave.ends_on == FOREVER:
        return _("since %(first)s") % {"first": day(leave.starts_on)}
    days = {"first": day(leave.starts_on), "last": last_day(leave.ends_on)}
    return _("%(first)s to %(last)s") % days
