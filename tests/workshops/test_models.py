import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.models import Decision, Grading, Incident, Placement
from tests.factories.workshops import (
    IncidentFactory,
    ParticipantFactory,
    WorkshopFactory,
    grade,
    place,
)

pytestmark = pytest.mark.django_db


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()
    return True


def test_a_workshop_ended_in_a_stage_or_has_not_ended():
    workshop = WorkshopFactory()

    assert refused(lambda: type(workshop).objects.update(stage=Stage.ENDED))
    assert refused(lambda: type(workshop).objects.update(ended_in=Stage.SORTING))
    type(workshop).objects.update(stage=Stage.ENDED, ended_in=Stage.SORTED)
    workshop.refresh_from_db()
    assert workshop.has_ended
    assert workshop.reached == Stage.SORTED
    assert workshop.tells_sorting
    assert not workshop.tells_scaling


def test_nobody_takes_part_twice_at_a_time():
    one = ParticipantFactory(left_at=timezone.now())
    ParticipantFactory(workshop=one.workshop, person=one.person)

    assert refused(lambda: ParticipantFactory(workshop=one.workshop, person=one.person))


def test_only_sorters_hand_in():
    collector = ParticipantFactory()
    assert refused(lambda: type(collector).objects.update(sorted_at=timezone.now()))

    type(collector).objects.update(group=Group.SORTERS, sorted_at=timezone.now())


def test_words_are_kept_sealed():
    incident = IncidentFactory(behaviour="Counted the parts twice.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT situation, behaviour, outcome FROM workshops_incident")
        kept = " ".join(cursor.fetchone())

    assert "Counted" not in kept
    assert Incident.objects.get().behaviour == "Counted the parts twice."
    assert "Counted" not in str(incident)


def test_a_level_is_one_of_five():
    workshop = WorkshopFactory(stage=Stage.SCALING, sorters=1, incidents=1)

    assert refused(lambda: grade(workshop.incidents.get(), [6]))
    assert refused(lambda: grade(workshop.incidents.get(), [0]))


def test_a_decision_has_a_reason():
    incident = IncidentFactory()
    made = {"incident": incident, "author": incident.collector.person, "is_kept": True}

    assert refused(
        lambda: Decision.objects.create(
            **made, reason="", stage=Stage.SORTED, decided_at=timezone.now()
        )
    )


@pytest.mark.django_db(transaction=True)
def test_votes_are_never_changed_in_the_database():
    workshop = WorkshopFactory(stage=Stage.SCALING, sorters=1, incidents=1)
    place(workshop.incidents.get(), "A")
    grade(workshop.incidents.get(), [3])

    assert refused(lambda: Placement.objects.update(competency=None))
    assert refused(lambda: Grading.objects.update(value=4))
