from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from evenhand.goals.actions.checking_in import NewCheckIn, check_in
from evenhand.goals.actions.noting import write_note
from evenhand.goals.kinds import Openness
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, DelegationFactory, RoleGrantFactory, acting
from tests.factories.goals import GoalFactory, GoalVersionFactory
from tests.factories.people import PersonFactory, ReportingLineFactory, UnitFactory
from tests.web.goals.plans import goal_of, sign_in, words

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
COMMENT = "Between the two of us: the plant is late."


@pytest.fixture
def celia():
    return PersonFactory(given_name="Celia", family_name="Above")


@pytest.fixture
def mia(celia):
    return PersonFactory(given_name="Mia", family_name="Manager", manager=celia)


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", family_name="Worker", manager=mia)


@pytest.fixture
def goal(ben):
    goal = goal_of(ben, openness=Openness.ORGANIZATION, outcome="Orders arrive whole")
    write_note(goal, COMMENT, by=acting(ben, on=TODAY), at=timezone.now())
    return goal


def page(client, goal, part=""):
    return words(client.get(f"/goals/{goal.pk}/{part}"))


def loud(seen):
    """How many buttons want to be pressed first."""
    return seen.split("</main>")[0].count("button primary")


def test_my_goals_say_how_far_how_heavy_and_what_comes_next(client, ben):
    now = timezone.now()
    told = {"score": Decimal("0.45"), "checked_in_at": now}
    goal_of(ben, outcome="Answers within a day", weight=40, **told)
    goal_of(ben, outcome="A draft of mine", draft=True)
    goal_of(ben, outcome="Done last year", closed=True)
    sign_in(client, ben)

    seen = words(client.get("/goals/"))

    assert "45%" in seen
    assert "weighs 40%" in seen
    assert "On track" in seen
    assert "check-in by" in seen
    assert "A draft of mine" in seen
    assert "Done last year" in seen
    assert loud(seen) == 1


def test_without_goals_the_page_teaches(client, ben):
    sign_in(client, ben)

    seen = words(client.get("/goals/"))

    assert "No goals yet" in seen
    assert "Three to five are plenty" in seen


def test_what_waits_for_me_is_the_loudest(client, ben, mia):
    goal_of(mia, proposed=True, author=mia)
    mine = goal_of(ben, proposed=True, author=mia, outcome="Given by the manager")
    sign_in(client, ben)

    seen = words(client.get("/goals/"))

    assert "Waiting for your word" in seen
    assert f'href="/goals/{mine.pk}/agreement/"' in seen
    assert loud(seen) == 1


def test_closed_goals_are_told_by_year(client, ben):
    goal_of(ben, closed=True, outcome="Of this year", due_on=TODAY)
    before = TODAY.replace(year=TODAY.year - 1, day=1)
    goal_of(ben, closed=True, outcome="Of last year", starts_on=before, due_on=before)
    sign_in(client, ben)

    assert f"Due in {TODAY.year}" in words(client.get("/goals/"))
    seen = words(client.get(f"/goals/?year={before.year}"))
    assert "Of last year" in seen
    assert "Of this year" not in seen
    assert "Of this year" in words(client.get("/goals/?year=nonsense"))


def test_drafts_put_away_are_found_again(client, ben):
    goal_of(ben, discarded=True, outcome="Not now, perhaps later")
    sign_in(client, ben)

    assert "Not now, perhaps later" not in words(client.get("/goals/"))
    assert "Not now, perhaps later" in words(client.get("/goals/discarded/"))


def test_where_all_goals_are_activities_one_is_asked_for_outcomes(client, ben):
    sign_in(client, ben)
    for outcome in ("Hold four meetings with the team", "Write monthly reports for the board"):
        goal_of(ben, outcome=outcome)
    assert "All of these say what is done." in words(client.get("/goals/"))

    goal_of(ben, outcome="Fewer orders arrive late")
    assert "All of these say what is done." not in words(client.get("/goals/"))


def test_goals_of_somebody_else_are_those_one_may_see(client, ben, goal):
    goal_of(ben, outcome="Only for the line")
    sign_in(client, PersonFactory(unit=UnitFactory()))

    seen = words(client.get(f"/goals/people/{ben.pk}/"))

    assert "Orders arrive whole" in seen
    assert "Only for the line" not in seen
    assert "Write a goal" not in seen


def test_lists_ask_the_same_for_few_and_many(client, ben, django_assert_max_num_queries):
    for _n in range(12):
        goal_of(ben)
        goal_of(ben, proposed=True)
    sign_in(client, ben)

    with django_assert_max_num_queries(15):
        client.get("/goals/")


@pytest.mark.parametrize("role", [None, Role.EXECUTIVE, Role.AUDITOR, Role.IT_ADMINISTRATOR])
def test_an_open_goal_shows_its_plan_and_no_words(client, goal, role):
    reader = PersonFactory(unit=UnitFactory())
    if role:
        RoleGrantFactory(person=reader, role=role)
    sign_in(client, reader)

    seen = page(client, goal)

    assert "Share of orders that left within two days" in seen
    assert COMMENT not in seen
    assert "Write to the others" not in seen
    assert "Close it" not in seen


def test_the_owner_the_line_and_hr_read_the_words(client, ben, mia, celia, goal):
    partner, specialist = PersonFactory(), PersonFactory()
    RoleGrantFactory(person=partner, role=Role.HR_PARTNER, unit=goal.unit)
    RoleGrantFactory(person=specialist, role=Role.SPECIALIST)

    for reader in (ben, mia, celia, partner, specialist):
        sign_in(client, reader)
        assert COMMENT in page(client, goal), reader


def test_a_former_manager_reads_what_was_before_and_changes_nothing(client, ben, goal):
    former = PersonFactory(given_name="Fred")
    ended = TODAY - timedelta(days=20)
    ReportingLineFactory(
        person=PersonFactory(), manager=former, starts_on=TODAY, ends_on=TODAY + timedelta(days=9)
    )
    line = ben.lines_to_managers.get()
    line.starts_on = ended
    line.save()
    ReportingLineFactory(person=ben, manager=former, ends_on=ended)
    GoalVersionFactory(goal=goal, target=Decimal(99), proposed_at=timezone.now())
    sign_in(client, former)

    seen = page(client, goal)

    assert "The plan of your time" in seen
    assert COMMENT not in seen
    assert "99 %" not in seen
    assert "Write to the others" not in seen


def test_a_delegate_acts_as_the_manager(client, ben, mia):
    goal = goal_of(ben, proposed=True)
    dora = PersonFactory(given_name="Dora")
    delegation = DelegationFactory(principal=mia, delegate=dora)
    client.force_login(AccountFactory(person=dora))
    client.post("/profile/acting/", {"delegation": delegation.pk})

    assert "Read and agree" in page(client, goal)
    assert client.get("/goals/").url == "/goals/team/"


def test_a_score_stands_with_its_formula_and_inputs(client, ben):
    goal = goal_of(ben, actual=Decimal(75), score=Decimal("0.5"), raw_score=Decimal("0.5"))
    sign_in(client, ben)

    seen = page(client, goal)

    assert "How this was worked out" in seen
    assert "Check-ins that count" in seen
    assert "It is committed: 100% is expected." in seen


def test_what_supports_what_is_linked_as_far_as_one_may_see_it(client, ben, mia):
    above = goal_of(mia, openness=Openness.LINE, outcome="Known to few")
    goal = goal_of(ben, parent=above)
    goal_of(PersonFactory(manager=ben), parent=goal, outcome="Helps from below")
    sign_in(client, ben)

    seen = page(client, goal)

    assert "A goal that you may not see" in seen
    assert "Known to few" not in seen
    assert "Helps from below" in seen


def test_a_refusal_of_the_moment_says_why(client, ben):
    goal = goal_of(ben)
    GoalVersionFactory(goal=goal, agreed_at=None, target=Decimal(95))
    sign_in(client, ben)

    seen = page(client, goal)

    assert 'aria-describedby="why-not-change"' in seen
    assert "A change waits for agreement already." in seen


def test_every_edition_says_what_it_changed(client, ben):
    goal = goal_of(ben)
    GoalVersionFactory(goal=goal, target=Decimal(95), reason="The market turned.")
    sign_in(client, ben)

    seen = " ".join(page(client, goal, "versions/").split())

    assert "Edition 2, by Ben Worker" in seen
    assert "The market turned." in seen
    assert "90 %</del>" in seen
    assert "95 %</ins>" in seen


def test_reasons_of_editions_are_words_too(client, goal):
    GoalVersionFactory(goal=goal, target=Decimal(95), reason="Told in confidence.")
    sign_in(client, PersonFactory(unit=UnitFactory()))

    seen = page(client, goal, "versions/")

    assert "Edition 2" in seen
    assert "Told in confidence." not in seen


def test_a_goal_costs_the_same_with_much_and_little_said(
    client, ben, goal, django_assert_max_num_queries
):
    actor = acting(ben, on=TODAY)
    for n in range(6):
        write_note(goal, f"Note {n}", by=actor, at=timezone.now())
        check_in(goal, NewCheckIn(TODAY, value=Decimal(n)), by=actor, at=timezone.now())
        GoalVersionFactory(goal=goal, target=Decimal(90 + n))
        GoalFactory(parent=goal, openness=Openness.ORGANIZATION)
    sign_in(client, ben)

    with django_assert_max_num_queries(27):
        page(client, goal)


def test_the_page_of_a_person_leads_to_their_goals(client, ben, mia):
    sign_in(client, mia)

    assert f'href="/goals/people/{ben.pk}/"' in words(client.get(f"/people/{ben.pk}/"))


def test_signed_out_one_is_asked_to_sign_in(client, goal):
    assert client.get(f"/goals/{goal.pk}/").status_code == 302
