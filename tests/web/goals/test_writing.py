import pytest

from evenhand.goals.kinds import GoalKind, GoalState, Scope
from evenhand.goals.models import Goal, GoalVersion, LibraryGoal
from tests.factories.access import AccountFactory, DelegationFactory
from tests.factories.people import PersonFactory, UnitFactory
from tests.web.goals.plans import filled_in, goal_of, rows, sign_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia():
    return PersonFactory(given_name="Mia", family_name="Manager")


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", family_name="Worker", manager=mia)


@pytest.fixture
def as_ben(client, ben):
    return sign_in(client, ben)


def test_one_writes_a_goal_and_only_one_sees_it(as_ben, ben):
    response = as_ben.post("/goals/new/", filled_in(ben), follow=True)

    goal = Goal.objects.get()
    assert (goal.state, goal.owner, goal.author) == (GoalState.DRAFT, ben, ben)
    assert goal.local_reason == "Nobody else here looks after orders."
    assert "Nobody else sees it until it is proposed" in words(response)
    assert "Share of orders that left within two days" in words(response)


def test_sent_twice_it_is_one_goal(as_ben, ben):
    for _time in range(2):
        as_ben.post("/goals/new/", filled_in(ben))

    assert Goal.objects.count() == 1


def test_a_half_written_draft_can_be_saved(as_ben, ben):
    as_ben.post("/goals/new/", filled_in(ben, measure="", target="", data_source=""))

    assert Goal.objects.get().target is None


def test_what_is_missing_is_said_and_nothing_typed_is_lost(as_ben, ben):
    response = as_ben.post("/goals/new/", filled_in(ben, outcome="", data_source="Own count"))

    assert response.status_code == 422
    assert "Own count" in words(response)
    assert "Please look at this again" in words(response)
    assert not Goal.objects.exists()


def test_only_what_belongs_to_the_kind_is_kept(as_ben, ben):
    as_ben.post("/goals/new/", filled_in(ben, kind="yes_no"))

    goal = Goal.objects.get()
    assert (goal.kind, goal.target, goal.metric) == (GoalKind.YES_NO, None, "")
    assert goal.measure == "Share of orders that left within two days"


def test_key_results_without_weights_weigh_the_same(as_ben, ben):
    parts = [{"title": f"Step {n}", "baseline": 0, "target": 10} for n in range(3)]
    as_ben.post("/goals/new/", filled_in(ben, kind="okr") | rows(*parts))

    assert list(Goal.objects.get().parts.values_list("weight", flat=True)) == [34, 33, 33]


def test_weights_of_key_results_that_do_not_sum_are_told(as_ben, ben):
    parts = [{"title": "One", "weight": 50}, {"title": "Two", "weight": 40}]
    response = as_ben.post("/goals/new/", filled_in(ben, kind="milestones") | rows(*parts))

    assert response.status_code == 422
    assert "so that they sum to 100" in words(response)


def test_empty_rows_do_not_count_and_milestones_have_no_figures(as_ben, ben):
    parts = [{"title": "Plan stands", "metric": "level", "target": 3}, {"title": "", "target": 4}]
    as_ben.post("/goals/new/", filled_in(ben, kind="milestones") | rows(*parts))

    part = Goal.objects.get().parts.get()
    assert (part.title, part.metric, part.target, part.weight) == ("Plan stands", "", None, 100)


def test_without_scripts_more_rows_are_asked_for_and_nothing_is_kept(as_ben, ben):
    sent = filled_in(ben, kind="okr", more="1") | rows({"title": "One"})
    response = as_ben.post("/goals/new/", sent)

    assert response.status_code == 200
    assert 'name="parts-3-title"' in words(response)
    assert not Goal.objects.exists()


def test_without_scripts_one_can_look_at_what_is_smart(as_ben, ben):
    page = words(as_ben.post("/goals/new/", filled_in(ben, look="1", target="60")))

    assert "Target and baseline are the same" in page
    assert not Goal.objects.exists()


def test_what_is_smart_is_told_while_one_writes(as_ben, ben):
    sent = filled_in(ben, outcome="Hold four meetings with every team in the house", target="40")
    part = words(as_ben.post("/goals/smart/", sent))

    assert "Lower is better here: from 60 down to 40." in part
    assert "This says what you will do." in part
    assert "<html" not in part


def test_where_the_task_is_new_a_learning_goal_is_suggested(as_ben, ben):
    part = words(as_ben.post("/goals/smart/", filled_in(ben, is_new_task="on")))

    assert "a learning goal often leads further" in part


def test_a_near_copy_of_the_goal_above_is_named(as_ben, ben, mia):
    above = goal_of(mia, outcome="Orders leave the house within two days of coming in")
    part = words(as_ben.post("/goals/smart/", filled_in(ben, supports=f"goal-{above.pk}")))

    assert "nearly the words of the goal above" not in part  # Ben may not see it
    above.openness = "organization"
    above.save()
    part = words(as_ben.post("/goals/smart/", filled_in(ben, supports=f"goal-{above.pk}")))
    assert "nearly the words of the goal above" in part


def test_a_goal_supports_what_was_chosen(as_ben, ben, mia):
    above = goal_of(mia, openness="organization")
    as_ben.post("/goals/new/", filled_in(ben, supports=f"goal-{above.pk}", local_reason=""))

    assert Goal.objects.latest("pk").parent == above


def test_the_search_finds_goals_one_may_see_and_keeps_what_is_chosen(as_ben, mia):
    seen = goal_of(mia, openness="organization", outcome="Customers stay for years")
    goal_of(mia, outcome="Customers nobody may know of")
    chosen = goal_of(mia, openness="organization", outcome="Machines run at night")

    asked = {"supports_q": "customers", "supports": f"goal-{chosen.pk}"}
    part = words(as_ben.get("/goals/choices/supports/", asked))

    assert f'value="goal-{seen.pk}"' in part
    assert "nobody may know" not in part
    assert part.index("Machines run at night") < part.index("Customers stay")


def test_before_any_search_the_goals_of_the_manager_are_offered(as_ben, mia):
    goal_of(mia, openness="organization", outcome="Customers stay for years")

    assert "Customers stay for years" in words(as_ben.get("/goals/new/"))


def test_a_manager_writes_for_somebody_below(client, mia, ben):
    sign_in(client, mia)
    assert "Ben Worker" in words(client.get(f"/goals/new/?for={ben.pk}"))
    client.post(f"/goals/new/?for={ben.pk}", filled_in(ben))

    goal = Goal.objects.get()
    assert (goal.owner, goal.author) == (ben, mia)


def test_one_does_not_write_for_others(client, mia, ben):
    sign_in(client, PersonFactory())

    assert client.get(f"/goals/new/?for={ben.pk}").status_code == 403
    assert client.post("/goals/new/", filled_in(ben)).status_code == 403


def test_a_team_goal_has_more_owners(as_ben, ben):
    cara = PersonFactory(given_name="Cara")
    as_ben.post("/goals/new/", filled_in(ben, scope="team", co_owners=[str(cara.pk)]))

    goal = Goal.objects.get()
    assert goal.scope == Scope.TEAM
    assert set(goal.owners.values_list("person", flat=True)) == {ben.pk, cara.pk}


def test_a_shared_goal_names_who_answers_in_each_unit(as_ben, ben):
    partner = PersonFactory(unit=UnitFactory(name="Plant"))
    as_ben.post("/goals/new/", filled_in(ben, scope="shared", partner=str(partner.pk)))

    parts = Goal.objects.get().unit_parts.order_by("pk")
    assert [part.responsible for part in parts] == [ben, partner]


def test_a_goal_of_the_library_fills_the_form(as_ben):
    LibraryGoal.objects.create(
        code="renewals",
        outcome="More contracts are renewed than last year",
        kind=GoalKind.KPI,
        metric="rate",
        measure="Contracts renewed",
        watch_out="Discounts buy renewals.",
    )
    page = words(as_ben.get("/goals/new/?library=renewals"))

    assert "More contracts are renewed than last year" in page
    assert "Discounts buy renewals." in page
    assert 'name="library_code" value="renewals"' in page
    assert as_ben.get("/goals/new/?library=unknown").status_code == 404


def test_a_former_goal_goes_on_from_where_it_ended(as_ben, ben):
    former = goal_of(ben, closed=True, actual="72")
    page = words(as_ben.get(f"/goals/new/?copy={former.pk}"))

    assert former.outcome in page
    assert 'name="baseline" value="72' in page
    stranger = goal_of(PersonFactory())
    assert as_ben.get(f"/goals/new/?copy={stranger.pk}").status_code == 404


def test_going_on_with_a_draft_keeps_the_former_words(as_ben, ben):
    goal = goal_of(ben, draft=True)
    as_ben.post(f"/goals/{goal.pk}/draft/", filled_in(ben, outcome="Orders arrive whole", seen="1"))

    goal.refresh_from_db()
    assert goal.outcome == "Orders arrive whole"
    assert GoalVersion.objects.filter(goal=goal).count() == 2


def test_a_draft_from_an_older_page_overwrites_nothing(as_ben, ben):
    goal = goal_of(ben, draft=True)
    for outcome in ("First words of this very goal", "Other words of this very goal"):
        sent = filled_in(ben, outcome=outcome, seen="1")
        response = as_ben.post(f"/goals/{goal.pk}/draft/", sent)

    assert response.status_code == 409
    goal.refresh_from_db()
    assert goal.outcome == "First words of this very goal"


def test_a_change_waits_while_the_old_plan_stands(as_ben, ben):
    goal = goal_of(ben)
    page = words(as_ben.get(f"/goals/{goal.pk}/change/"))
    assert "Why should it change?" in page
    assert 'name="scope"' not in page

    sent = filled_in(ben, outcome=goal.outcome, target="80", seen="1")
    said = {"reason": "The market turned.", "sentence": "I go for eighty."}
    response = as_ben.post(f"/goals/{goal.pk}/change/", sent | said, follow=True)

    goal.refresh_from_db()
    assert goal.target == 90
    assert goal.versions.get(number=2).target == 80
    assert "The plan as it was stands until all have agreed" in words(response)


def test_a_change_without_reason_or_difference_is_told_on_the_sheet(as_ben, ben):
    goal = goal_of(ben)
    sent = filled_in(ben, outcome=goal.outcome, seen="1")
    said = {"reason": "Just because.", "sentence": "I stay."}

    response = as_ben.post(f"/goals/{goal.pk}/change/", sent | said)
    assert response.status_code == 422
    assert "This is already the plan that stands." in words(response)
    assert "Just because." in words(response)
    assert as_ben.post(f"/goals/{goal.pk}/change/", sent).status_code == 422
    assert goal.versions.count() == 1


def test_the_browser_is_told_which_draft_it_need_not_keep(as_ben, ben):
    response = as_ben.post("/goals/new/", filled_in(ben, draft="abc123"))

    assert response.url.endswith("#draft-abc123")
    spoilt = as_ben.post("/goals/new/", filled_in(ben, draft="a b/../", outcome="Other words"))
    assert "#" not in spoilt.url


def test_a_delegate_writes_for_people_below(client, mia, ben):
    dora = PersonFactory(given_name="Dora")
    DelegationFactory(principal=mia, delegate=dora)
    client.force_login(AccountFactory(person=dora))
    client.post("/profile/acting/", {"delegation": dora.delegations_held.get().pk})

    assert client.post(f"/goals/new/?for={ben.pk}", filled_in(ben)).status_code == 302
    assert Goal.objects.get().author == mia
