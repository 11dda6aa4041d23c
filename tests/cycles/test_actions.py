from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.audit.models import Entry
from evenhand.cycles import actions
from evenhand.cycles.actions import CyclePlan
from evenhand.cycles.kinds import CycleState, StageKind
from evenhand.cycles.models import ChosenReviewer, Cycle, Selection
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.people.models import Person
from tests.factories.access import TODAY, with_role
from tests.factories.cycles import CycleFactory, ParticipationFactory, TemplateVersionFactory
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAYS = {
    kind: (date(2026, 12, 1) + timedelta(days=7 * n), date(2026, 12, 6) + timedelta(days=7 * n))
    for n, kind in enumerate(StageKind)
}


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


def plan(**changes):
    said = {
        "name": "2026",
        "version": TemplateVersionFactory(),
        "period_starts_on": date(2026, 1, 1),
        "period_ends_on": date(2026, 12, 31),
    }
    return CyclePlan(**said | changes)


def test_a_cycle_begins_in_preparation_with_all_its_stages(by):
    cycle = actions.create_cycle(plan(countries=("Peru", "Kenya")), DAYS, by=by, at=AT)

    assert cycle.is_draft
    assert cycle.countries == ["Kenya", "Peru"]
    assert {StageKind(s.kind): (s.opens_on, s.due_on) for s in cycle.stages.all()} == DAYS
    assert Entry.objects.get().code == "cycle.created"


def test_a_cycle_with_a_stage_due_before_it_opens_is_not_begun(by):
    backwards = {StageKind.RELEASE: (date(2026, 12, 9), date(2026, 12, 8))}

    with pytest.raises(Refused, match="due_before_open"):
        actions.create_cycle(plan(), DAYS | backwards, by=by, at=AT)

    assert not Cycle.objects.exists()


def test_the_plan_changes_until_launch(by):
    cycle = CycleFactory(draft=True)
    actions.change_cycle(cycle, plan(name="Another"), by=by, at=AT)
    assert Cycle.objects.get().name == "Another"

    with pytest.raises(Refused, match="cycle_launched"):
        actions.change_cycle(CycleFactory(), plan(name="Too late"), by=by, at=AT)


def test_units_are_added_and_removed(by):
    cycle, unit = CycleFactory(draft=True), UnitFactory()

    actions.add_unit(cycle, unit, by=by, at=AT)
    assert list(cycle.units.all()) == [unit]
    actions.remove_unit(cycle, unit, by=by, at=AT)
    assert not cycle.units.exists()


def test_a_cycle_in_preparation_can_be_thrown_away(by):
    actions.discard_cycle(CycleFactory(draft=True), by=by, at=AT)

    assert not Cycle.objects.exists()


def test_the_later_choice_by_name_counts(by):
    cycle, person = CycleFactory(draft=True), PersonFactory()

    actions.include_person(cycle, person, reason="Asked to", by=by, at=AT)
    selection = actions.leave_out_person(cycle, person, reason="On leave", by=by, at=AT)

    assert not Selection.objects.get().is_in
    actions.drop_selection(selection, by=by, at=AT)
    assert not Selection.objects.exists()


def test_a_choice_by_name_needs_a_reason(by):
    with pytest.raises(Refused, match="reason_missing"):
        actions.include_person(CycleFactory(draft=True), PersonFactory(), reason=" ", by=by, at=AT)


def test_a_reviewer_is_chosen_and_taken_back(by):
    cycle, person, reviewer = CycleFactory(draft=True), PersonFactory(), PersonFactory()

    actions.choose_reviewer(cycle, person, reviewer, by=by, at=AT)
    assert ChosenReviewer.objects.get().reviewer == reviewer
    actions.choose_reviewer(cycle, person, None, by=by, at=AT)
    assert not ChosenReviewer.objects.exists()
    with pytest.raises(Refused, match="own_reviewer"):
        actions.choose_reviewer(cycle, person, person, by=by, at=AT)


def test_a_past_day_can_be_moved_and_is_kept_on_record(by):
    stage = CycleFactory(today=TODAY - timedelta(days=100)).stage(StageKind.SELF_REVIEW)
    before = [stage.opens_on.isoformat(), stage.due_on.isoformat()]
    later = {"opens_on": stage.opens_on, "due_on": stage.due_on + timedelta(days=3)}

    moved = actions.set_stage_dates(stage, **later, by=by, at=AT)
    actions.set_stage_dates(stage, **later, by=by, at=AT)

    assert moved.due_on == later["due_on"]
    assert Entry.objects.get(code="cycle.stage_moved").details["before"] == before


def test_more_time_moves_only_what_is_still_to_come(by):
    cycle = CycleFactory(today=TODAY - timedelta(days=15))
    before = {stage.kind: (stage.opens_on, stage.due_on) for stage in cycle.stages.all()}

    actions.extend_cycle(cycle, days=7, by=by, at=AT)

    week = timedelta(days=7)
    after = {s.kind: (s.opens_on, s.due_on) for s in Cycle.objects.get().stages.all()}
    opens, due = before[StageKind.MANAGER_REVIEW]
    assert after[StageKind.SELF_REVIEW] == before[StageKind.SELF_REVIEW]
    assert after[StageKind.MANAGER_REVIEW] == (opens, due + week)
    opens, due = before[StageKind.RELEASE]
    assert after[StageKind.RELEASE] == (opens + week, due + week)


def test_somebody_is_taken_out_with_a_reason_and_brought_back(by):
    part = ParticipationFactory()
    with pytest.raises(Refused, match="reason_missing"):
        actions.withdraw_person(part, reason="", by=by, at=AT)

    gone = actions.withdraw_person(part, reason="Long leave", by=by, at=AT)
    assert (gone.withdrawn_at, gone.withdrawn_because) == (AT, "Long leave")
    back = actions.bring_back_person(gone, by=by, at=AT)
    assert (back.withdrawn_at, back.withdrawn_because) == (None, "")


def test_a_cycle_is_closed_and_opened_again_with_a_reason(by):
    cycle = actions.close_cycle(CycleFactory(), by=by, at=AT)
    assert (cycle.state, cycle.closed_at) == (CycleState.CLOSED, AT)
    with pytest.raises(Refused, match="reason_missing"):
        actions.reopen_cycle(cycle, reason="", by=by, at=AT)

    cycle = actions.reopen_cycle(cycle, reason="Two teams need more time", by=by, at=AT)

    assert (cycle.state, cycle.closed_at) == (CycleState.OPEN, None)


def test_a_cycle_does_not_skip_a_state():
    with pytest.raises(ValueError, match="does not go"):
        actions.go_on_to(CycleFactory(draft=True), CycleState.OPEN)


def test_nobody_decides_about_themself(by):
    me = Person.objects.get(pk=by.person_id)
    draft, running = CycleFactory(state=CycleState.DRAFT), CycleFactory(state=CycleState.OPEN)
    own = ParticipationFactory(cycle=running, person=me)

    for attempt in (
        lambda: actions.withdraw_person(own, reason="Busy.", by=by, at=AT),
        lambda: actions.leave_out_person(draft, me, reason="Busy.", by=by, at=AT),
        lambda: actions.include_person(draft, me, reason="Please.", by=by, at=AT),
        lambda: actions.choose_reviewer(draft, me, PersonFactory(), by=by, at=AT),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.verdict.code == "not_about_yourself"
