import pytest
from django.utils import timezone

from evenhand.kernel.acting import Role
from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.visibility import counted, led_by, takes_part
from tests.factories.access import acting, standing_in, with_role
from tests.factories.people import PersonFactory
from tests.factories.workshops import ParticipantFactory, WorkshopFactory, sorters_of
from tests.workshops.actions import AT

pytestmark = pytest.mark.django_db


def test_the_specialist_leads_where_they_do_not_sort():
    specialist = with_role(Role.SPECIALIST)
    free, collects, sorts = (WorkshopFactory() for _n in range(3))
    own = {"person_id": specialist.person_id}
    ParticipantFactory(workshop=collects, **own)
    ParticipantFactory(workshop=sorts, group=Group.SORTERS, **own)

    assert set(led_by(specialist)) == {free, collects}
    assert not led_by(with_role(Role.EXECUTIVE)).exists()


def test_one_takes_part_until_one_leaves_and_only_as_oneself():
    here, gone = ParticipantFactory(), ParticipantFactory(left_at=timezone.now())

    assert list(takes_part(acting(here.person))) == [here]
    assert not takes_part(acting(gone.person)).exists()
    assert not takes_part(standing_in(here.person, PersonFactory())).exists()


@pytest.mark.parametrize(
    ("handed_in", "left", "is_closed", "counts"),
    [
        (True, None, False, True),
        (False, None, False, False),
        (True, AT, False, False),
        (True, AT.replace(hour=7), True, False),
        (True, AT.replace(hour=10), True, True),
        (False, None, True, False),
    ],
)
def test_a_vote_counts_when_handed_in_by_who_was_there_at_the_end(
    handed_in, left, is_closed, counts
):
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=1)
    if is_closed:
        workshop.stage, workshop.sorting_closed_at = Stage.SORTED, AT
        workshop.save()
    one = sorters_of(workshop)[0]
    one.sorted_at, one.left_at = (AT if handed_in else None), left
    one.save()

    assert counted(workshop, Stage.SORTING).exists() == counts
