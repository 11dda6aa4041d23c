"""Data sources and the values they bring."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.access.kinds import digest_of
from evenhand.audit.actions import record
from evenhand.goals.bringing import BroughtValue, Place, ValuesPlan, plan_values
from evenhand.goals.kinds import Origin
from evenhand.goals.measuring import measure_goals
from evenhand.goals.models import CheckIn, DataSource, Goal, GoalPart, SourceFeed
from evenhand.goals.policies import NOT_YOURS_TO_MEASURE
from evenhand.goals.sources import (
    goals_to_feed,
    may_keep_source,
    may_make_source,
    may_revoke_source,
)
from evenhand.kernel.acting import Actor
from evenhand.kernel.bulk import insert_rows
from evenhand.kernel.verdict import Ground, Refused, Verdict

TOKEN_PREFIX = "evs_"  # noqa: S105  # what every token of a source begins with, as scanners want
LONGEST_LIFE = timedelta(days=366)
CHECK_IN_COLUMNS = (
    "goal",
    "part",
    "measured_on",
    "value",
    "numerator",
    "denominator",
    "note",
    "origin",
    "source",
    "author",
    "at",
    "corrects",
)

KEY_TAKEN = Verdict(
    "key_taken",
    _("This key is connected with a goal already. Use another key, or disconnect it first."),
    Ground.WHAT,
)
NOT_A_PART = Verdict(
    "not_a_part", _("This is not a part of the goal. Choose one of its parts."), Ground.WHAT
)
PART_MISSING = Verdict(
    "part_missing",
    _("This goal is measured by its parts. Choose which of them this key is for."),
    Ground.WHAT,
)


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """A data source to make: its name, and until when its token works."""

    name: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A key of a source, and what it means."""

    key: str
    goal: Goal
    part: GoalPart | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Values that come together. All are kept or none, unless rows that fail may be left out.

    `shown` stands for what somebody saw that they would change; if that is no longer so, nothing
    is kept.
    """

    rows: Sequence[BroughtValue]
    origin: str = Origin.SYSTEM
    leaves_out: bool = False
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a delivery: what it changes, and whether it was kept."""

    plan: ValuesPlan
    is_kept: bool


@transaction.atomic
def make_source(plan: SourcePlan, *, by: Actor, at: datetime) -> tuple[DataSource, str]:
    """Make a data source; the secret of its token is returned this once and kept nowhere."""
    may_make_source(by).enforce()
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    source = DataSource.objects.create(
        name=plan.name,
        owner_id=by.person_id,
        digest=digest_of(secret),
        hint=secret[-4:],
        created_at=at,
        expires_at=min(plan.expires_at, at + LONGEST_LIFE),
    )
    record("data_source.created", about=source, by=by, at=at, expires_at=source.expires_at)
    return source, secret


@transaction.atomic
def revoke_source(source: DataSource, *, by: Actor, at: datetime) -> None:
    """From now on its token opens nothing. What it brought stays."""
    source = lock_source(source)
    may_revoke_source(by, source).enforce()
    if source.revoked_at is not None:
        return
    source.revoked_at = at
    source.save(update_fields=["revoked_at"])
    record("data_source.revoked", about=source, by=by, at=at)


@transaction.atomic
def connect_feed(source: DataSource, feed: Feed, *, by: Actor, at: datetime) -> SourceFeed:
    """Say which goal, or part of one, a source means by a key. The same again changes nothing."""
    source = lock_source(source)
    may_keep_source(by, source).enforce()
    _refuse_wrong_feed(feed, by)
    known = SourceFeed.objects.filter(source=source, key=feed.key).first()
    if known is not None and (known.goal_id, known.part_id) != _place(feed):
        raise Refused(KEY_TAKEN)
    if known is not None:
        return known
    goal_id, part_id = _place(feed)
    made = SourceFeed.objects.create(source=source, key=feed.key, goal_id=goal_id, part_id=part_id)
    record("data_source.fed", about=source, by=by, at=at, key=feed.key, goal=goal_id)
    return made


@transaction.atomic
def disconnect_feed(feed: SourceFeed, *, by: Actor, at: datetime) -> None:
    """From now on the key means nothing. What came in under it stays."""
    source = lock_source(feed.source)
    may_keep_source(by, source).enforce()
    gone, _by_model = SourceFeed.objects.filter(pk=feed.pk).delete()
    if gone:
        record("data_source.unfed", about=source, by=by, at=at, key=feed.key, goal=feed.goal_id)


@transaction.atomic
def bring_values(source: DataSource, delivery: Delivery, *, by: Actor, at: datetime) -> Brought:
    """Keep the values of a source and work out the scores again, all of it or nothing.

    What came before changes nothing; another value for the same key and day corrects the first.
    Deliveries of one source wait for each other.
    """
    source = lock_source(source)
    may_keep_source(by, source).enforce()
    plan = plan_values(source, delivery.rows, by)
    is_other = bool(delivery.shown) and delivery.shown != plan.digest()
    if is_other or (plan.problems and not delivery.leaves_out):
        return Brought(plan, is_kept=False)
    columns = ("source", "key", "goal", "part")
    feeds = ((source.pk, key, *place) for key, place in plan.feeds.items())
    insert_rows(SourceFeed, columns, feeds)
    insert_rows(CheckIn, CHECK_IN_COLUMNS, _check_ins(source, delivery, plan, at))
    measure_goals(change.place[0] for change in plan.changes)
    record("data_source.values_brought", about=source, by=by, at=at, **plan.counts())
    return Brought(plan, is_kept=True)


def lock_source(source: DataSource) -> DataSource:
    """The source as it is now; nobody else changes it or brings values until this ends."""
    return DataSource.objects.select_for_update(of=("self",)).get(pk=source.pk)


def _check_ins(
    source: DataSource, delivery: Delivery, plan: ValuesPlan, at: datetime
) -> Iterator[tuple[object, ...]]:
    for (_row, value, _key, _goal, _part, note), (goal_id, part_id), corrects in plan.changes:
        yield (
            goal_id,
            part_id,
            value.measured_on,
            value.value,
            value.numerator,
            value.denominator,
            note,
            str(delivery.origin),
            source.pk,
            source.owner_id,
            at,
            corrects,
        )


def _refuse_wrong_feed(feed: Feed, by: Actor) -> None:
    if not goals_to_feed(by).filter(pk=feed.goal.pk).exists():
        raise Refused(NOT_YOURS_TO_MEASURE)
    in_use = feed.goal.parts.filter(is_in_use=True)
    if feed.part is None and in_use.exists():
        raise Refused(PART_MISSING)
    if feed.part is not None and not in_use.filter(pk=feed.part.pk).exists():
        raise Refused(NOT_A_PART)


def _place(feed: Feed) -> Place:
    return feed.goal.pk, feed.part.pk if feed.part else None
