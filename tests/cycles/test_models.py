from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from evenhand.cycles.kinds import CYCLE_TRANSITIONS, CycleState, StageKind
from evenhand.cycles.models import ChosenReviewer
from tests.factories.cycles import (
    BareVersionFactory,
    CycleFactory,
    ParticipationFactory,
    ScaleLevelFactory,
    SectionFactory,
    SelectionFactory,
    StageFactory,
    TemplateFactory,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_every_state_of_a_cycle_has_a_way_on():
    assert set(CYCLE_TRANSITIONS) == set(CycleState)
    assert all(CYCLE_TRANSITIONS.values())


def test_a_template_has_one_version_in_writing():
    template = TemplateFactory()
    BareVersionFactory(template=template, number=1, frozen_at=timezone.now())
    BareVersionFactory(template=template, number=2)

    refused(lambda: BareVersionFactory(template=template, number=3))


def test_a_level_stands_once_in_a_scale():
    level = ScaleLevelFactory()

    refused(lambda: ScaleLevelFactory(version=level.version))


def test_a_weight_is_a_percentage():
    refused(lambda: SectionFactory(weight=101))


def test_a_stage_is_due_after_it_opens():
    today = timezone.localdate()

    refused(lambda: StageFactory(opens_on=today, due_on=today - timedelta(days=1)))


def test_a_person_takes_part_once():
    part = ParticipationFactory()

    refused(lambda: ParticipationFactory(cycle=part.cycle, person=part.person))


def test_nobody_is_taken_out_without_a_reason():
    refused(lambda: ParticipationFactory(withdrawn_at=timezone.now()))


def test_a_person_is_selected_once():
    selection = SelectionFactory()

    refused(lambda: SelectionFactory(cycle=selection.cycle, person=selection.person))


def test_nobody_is_chosen_to_review_themself():
    cycle, person = CycleFactory(draft=True), PersonFactory()

    refused(lambda: ChosenReviewer.objects.create(cycle=cycle, person=person, reviewer=person))


def test_a_cycle_knows_its_stages():
    cycle = CycleFactory()

    assert [cycle.stage(kind).kind for kind in StageKind] == list(StageKind)
