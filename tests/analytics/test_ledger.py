import numpy as np
import pytest

from evenhand.analytics.ledger import CycleLedger
from evenhand.analytics.models import ReleasedSet
from evenhand.analytics.policies import TOLD_MEANWHILE
from evenhand.kernel.verdict import Refused
from ratingstats.disclosure.ledger import PersonSet, Release, keys_of, may_release
from tests.factories.analytics import RatingAuditFactory
from tests.factories.cycles import CycleFactory

pytestmark = pytest.mark.django_db
PEOPLE = {f"Person {key}": key for key in range(100, 140)}


NOBODY = PersonSet.of([])


def release(*names, measure="ratings by group"):
    return Release(measure, "", (PersonSet.of(keys_of(names)),))


def told(audit, *names):
    ledger = CycleLedger(audit.cycle, PEOPLE)
    ledger.keep(release(*names))
    return ledger.store(audit, NOBODY)


def test_what_an_audit_told_is_known_to_the_next():
    audit, names = RatingAuditFactory(), list(PEOPLE)
    assert told(audit, *names[:20]) == 1

    later = CycleLedger(audit.cycle, PEOPLE)

    assert not may_release(later, release(*names[:21]), 5).is_allowed
    assert may_release(later, release(*names[:20]), 5).is_allowed
    assert may_release(later, release(*names[:25]), 5).is_allowed


def rated(names, *changed):
    keys = keys_of(names, ["4" if name in changed else "3" for name in names])
    return Release("ratings by group", "", (PersonSet.of(keys),), has_states=True)


def test_one_changed_rating_of_the_same_people_cannot_be_subtracted():
    audit, names = RatingAuditFactory(), list(PEOPLE)[:20]
    first = CycleLedger(audit.cycle, PEOPLE)
    first.keep(rated(names))
    assert first.store(audit, NOBODY) == 1

    later = CycleLedger(audit.cycle, PEOPLE)

    assert may_release(later, rated(names), 5).is_allowed
    assert not may_release(later, rated(names, names[3]), 5).is_allowed
    assert not may_release(later, rated(names, *names[:4]), 5).is_allowed
    assert may_release(later, rated(names, *names[:5]), 5).is_allowed


def test_other_cycles_and_other_measures_are_apart():
    audit, names = RatingAuditFactory(), list(PEOPLE)
    told(audit, *names[:20])

    other = CycleLedger(CycleFactory(), PEOPLE)

    assert may_release(other, release(*names[:21]), 5).is_allowed
    same = CycleLedger(audit.cycle, PEOPLE)
    assert may_release(same, release(*names[:21], measure="something else"), 5).is_allowed


def test_the_same_people_are_stored_once():
    audit, names = RatingAuditFactory(), list(PEOPLE)

    assert told(audit, *names[:20]) == 1
    assert told(RatingAuditFactory(cycle=audit.cycle), *names[:20]) == 0


def test_two_audits_at_once_are_not_both_kept():
    audit, names = RatingAuditFactory(), list(PEOPLE)
    slow = CycleLedger(audit.cycle, PEOPLE)
    slow.keep(release(*names[:21]))
    told(audit, *names[:20])

    with pytest.raises(Refused) as refused:
        slow.store(audit, NOBODY)
    assert refused.value.verdict == TOLD_MEANWHILE


def test_somebody_with_a_new_name_is_still_the_same():
    audit, names = RatingAuditFactory(), list(PEOPLE)
    told(audit, *names[:20])
    renamed = {f"New {name}" if key == 105 else name: key for name, key in PEOPLE.items()}
    twenty = [name for name, key in renamed.items() if key < 120]

    later = CycleLedger(audit.cycle, renamed)

    assert may_release(later, release(*twenty), 5).is_allowed


def test_somebody_who_is_gone_is_still_somebody():
    audit, names = RatingAuditFactory(), list(PEOPLE)
    told(audit, *names[:20])
    left = {name: key for name, key in PEOPLE.items() if key != 105}

    later = CycleLedger(audit.cycle, left)

    assert not may_release(later, release(*list(left)[:19]), 5).is_allowed
    (known,) = later.sets("ratings by group", "")
    assert len(known) == 20
    assert (known.keys == -(105 << 16)).sum() == 1


def test_nobody_is_left_to_compare_with():
    audit = RatingAuditFactory()
    told(audit, *list(PEOPLE)[:20])

    (known,) = CycleLedger(audit.cycle, {}).sets("ratings by group", "")

    assert np.array_equal(np.sort(-known.keys) >> 16, np.arange(100, 120))


def test_who_is_in_a_set_is_sealed_and_small():
    told(RatingAuditFactory(), *PEOPLE)

    row = ReleasedSet.objects.get(measure="ratings by group")

    assert row.people == 40
    assert len(row.members) < 120
