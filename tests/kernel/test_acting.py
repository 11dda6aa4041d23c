from datetime import date

from evenhand.kernel.acting import Actor, Grant, Role, system

TODAY = date(2026, 3, 2)
SALES = 7
ADA = Actor(1, "Ada", TODAY, frozenset({Grant(Role.HR_PARTNER, SALES), Grant(Role.AUDITOR)}))


def test_a_role_in_one_unit_is_not_held_everywhere():
    assert ADA.holds(Role.HR_PARTNER)
    assert not ADA.holds_everywhere(Role.HR_PARTNER)
    assert ADA.holds_everywhere(Role.HR_PARTNER, Role.AUDITOR)
    assert ADA.units_as(Role.HR_PARTNER, Role.AUDITOR) == {SALES}


def test_a_token_acts_with_no_more_than_its_role():
    limited = ADA.limited_to([Role.AUDITOR])

    assert limited.holds(Role.AUDITOR)
    assert not limited.holds(Role.HR_PARTNER)
    assert not ADA.limited_to([]).grants


def test_a_delegate_is_both_people_when_it_comes_to_what_is_about_them():
    delegate = Actor(1, "Ada", TODAY, delegate_id=2, delegate_name="Ben")

    assert delegate.is_delegate
    assert delegate.own_ids == {1, 2}
    assert ADA.own_ids == {1}


def test_what_nobody_asked_for_is_done_without_any_role():
    assert not system(TODAY).grants
