from evenhand.sample.inventing import invent
from evenhand.sample.standing_in import send_one_manager_away
from tests.sample.seeds import seeded


def test_a_colleague_of_the_manager_is_away_and_the_manager_stands_in(organization, today):
    after, stand_in = send_one_manager_away(organization)
    principal = after.people[stand_in.principal]
    delegate = after.people[stand_in.delegate]

    assert stand_in.delegate == organization.sign_ins[1].person
    assert principal.is_away_on(today)
    assert principal.manager_on(today) == delegate.manager_on(today)
    assert after.reports_of(stand_in.principal, today)


def test_nobody_else_changes(organization):
    after, stand_in = send_one_manager_away(organization)

    assert [p for p, q in zip(organization.people, after.people, strict=True) if p != q] == [
        organization.people[stand_in.principal]
    ]


def test_where_there_is_no_colleague_nobody_goes(today):
    organization = invent(20, rng=seeded(1), today=today)

    assert send_one_manager_away(organization) == (organization, None)
