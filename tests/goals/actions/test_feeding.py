from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from evenhand.access.kinds import digest_of
from evenhand.audit.models import Entry
from evenhand.goals import policies, sources
from evenhand.goals.actions import feeding
from evenhand.goals.actions.feeding import (
    Delivery,
    Feed,
    SourcePlan,
    bring_values,
    connect_feed,
    disconnect_feed,
    make_source,
    revoke_source,
)
from evenhand.goals.bringing import BroughtValue
from evenhand.goals.kinds import GoalKind, Origin
from evenhand.goals.models import CheckIn, DataSource, SourceFeed
from evenhand.goals.values import Value
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting, with_role
from tests.factories.check_ins import agreed_goal, key_results
from tests.factories.people import PersonFactory
from tests.factories.sources import DataSourceFactory, fed

pytestmark = pytest.mark.django_db

D = Decimal
MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OKR = {"kind": GoalKind.OKR, "metric": "", "baseline": None, "target": None}


@pytest.fixture
def source():
    return DataSourceFactory()


@pytest.fixture
def goal(source):
    goal = agreed_goal(owner=source.owner)
    fed(source, goal, "sales")
    return goal


def refused(verdict):
    return pytest.raises(Refused, match=f"^{verdict.code}$")


def row(number, key, value, on=MAY, **named):
    return BroughtValue(number, Value(on, D(value)), key, **named)


def bring(source, *rows, **how):
    by = acting(source.owner)
    return bring_values(source, Delivery(rows, **how), by=by, at=NOW)


def test_the_token_of_a_new_source_is_told_once_and_only_its_digest_is_kept():
    person = PersonFactory()
    plan = SourcePlan("Sales system", NOW + timedelta(days=3000))

    source, secret = make_source(plan, by=acting(person), at=NOW)

    source.refresh_from_db()
    assert secret.startswith("evs_")
    assert source.digest == digest_of(secret)
    assert source.owner == person
    assert source.expires_at == NOW + feeding.LONGEST_LIFE
    assert not DataSource.objects.filter(digest__contains=secret).exists()


def test_a_revoked_source_opens_nothing_and_what_it_brought_stays(source, goal):
    bring(source, row(1, "sales", "42"))

    revoke_source(source, by=with_role("it_administrator"), at=NOW)
    revoke_source(source, by=acting(source.owner), at=NOW)

    goal.refresh_from_db()
    assert goal.actual == 42
    assert Entry.objects.filter(code="data_source.revoked").count() == 1
    with refused(sources.SOURCE_ENDED):
        bring(source, row(1, "sales", "43"))


def test_a_key_is_connected_once(source):
    goal, other = agreed_goal(owner=source.owner), agreed_goal(owner=source.owner)
    by = acting(source.owner)

    first = connect_feed(source, Feed("sales", goal), by=by, at=NOW)

    assert connect_feed(source, Feed("sales", goal), by=by, at=NOW) == first
    with refused(feeding.KEY_TAKEN):
        connect_feed(source, Feed("sales", other), by=by, at=NOW)


def test_a_key_leads_to_a_goal_or_a_part_whose_progress_one_may_tell(source):
    okr = agreed_goal(owner=source.owner, **OKR)
    part, gone = key_results(okr, (50, 0, 10), (50, 0, 10))
    gone.is_in_use = False
    gone.save()
    by = acting(source.owner)

    assert connect_feed(source, Feed("a", okr, part), by=by, at=NOW).part == part
    for feed, verdict in (
        (Feed("b", okr), feeding.PART_MISSING),
        (Feed("b", okr, gone), feeding.NOT_A_PART),
        (Feed("b", agreed_goal()), policies.NOT_YOURS_TO_MEASURE),
    ):
        with refused(verdict):
            connect_feed(source, feed, by=by, at=NOW)


def test_only_the_owner_connects_and_brings(source, goal):
    specialist = with_role("specialist")

    for act in (
        lambda: connect_feed(source, Feed("x", goal), by=specialist, at=NOW),
        lambda: disconnect_feed(source.feeds.get(), by=specialist, at=NOW),
        lambda: bring_values(source, Delivery([]), by=specialist, at=NOW),
    ):
        with refused(sources.NOT_YOUR_SOURCE):
            act()


def test_a_key_is_disconnected_and_what_came_in_under_it_stays(source, goal):
    bring(source, row(1, "sales", "42"))
    feed = source.feeds.get()

    disconnect_feed(feed, by=acting(source.owner), at=NOW)
    disconnect_feed(feed, by=acting(source.owner), at=NOW)

    assert CheckIn.objects.count() == 1
    assert not bring(source, row(1, "sales", "43")).is_kept
    assert Entry.objects.filter(code="data_source.unfed").count() == 1


def test_values_become_check_ins_and_move_the_score(source, goal):
    done = bring(source, row(1, "sales", "10"), row(2, "sales", "42", JUNE, note="Preliminary."))

    goal.refresh_from_db()
    last = CheckIn.objects.get(measured_on=JUNE)
    assert done.is_kept
    assert (goal.score, goal.measured_on, goal.checked_in_at) == (D("0.42"), JUNE, NOW)
    assert (last.origin, last.source, last.author) == (Origin.SYSTEM, source, source.owner)
    assert last.note == "Preliminary."
    entry = Entry.objects.get(code="data_source.values_brought")
    assert entry.details["new"] == 2


def test_the_same_delivery_again_changes_nothing(source, goal):
    rows = [row(1, "sales", "10"), row(2, "sales", "42", JUNE)]

    bring(source, *rows)
    again = bring(source, *rows)

    assert again.plan.same == 2
    assert CheckIn.objects.count() == 2


def test_another_value_for_a_day_corrects_the_first(source, goal):
    bring(source, row(1, "sales", "10"))
    bring(source, row(1, "sales", "11"))
    bring(source, row(1, "sales", "12"))

    goal.refresh_from_db()
    assert goal.actual == 12
    assert CheckIn.objects.filter(correction=None).count() == 1


def test_what_adds_up_is_not_added_twice(source, goal):
    goal.metric = "cumulative"
    goal.save()

    bring(source, row(1, "sales", "10"), row(2, "sales", "20", JUNE))
    bring(source, row(1, "sales", "11"), row(2, "sales", "20", JUNE))

    goal.refresh_from_db()
    assert goal.actual == 31


def test_one_wrong_row_keeps_all_out_unless_it_may_be_left_out(source, goal):
    rows = [row(1, "sales", "10"), row(2, "nobody", "5")]

    assert not bring(source, *rows).is_kept
    assert not CheckIn.objects.exists()

    assert bring(source, *rows, leaves_out=True).is_kept
    assert CheckIn.objects.count() == 1


def test_what_is_no_longer_as_it_was_shown_is_not_kept(source, goal):
    rows = [row(1, "sales", "10")]
    shown = bring(source, *rows, shown="something else")

    assert not shown.is_kept
    assert bring(source, *rows, shown=shown.plan.digest()).is_kept


def test_rows_that_name_their_goals_connect_their_keys(source):
    goal = agreed_goal(owner=source.owner)

    bring(source, row(1, "", "10", goal_id=goal.pk))
    bring(source, row(1, str(goal.pk), "20", JUNE))

    assert SourceFeed.objects.get(key=str(goal.pk)).goal == goal
    assert CheckIn.objects.count() == 2
