from dataclasses import replace

import pytest

from evenhand.goals.kinds import GoalKind
from evenhand.goals.library import (
    FOLDER,
    LibraryDraft,
    LibraryPart,
    Wanted,
    cleaned,
    columns_of,
    draft_of_library_goal,
    families_of,
    goals_that_come_along,
    library_page,
    may_be_offered,
    may_change_library_goal,
    may_keep_library,
    visible_library_goals,
)
from evenhand.goals.models import LibraryGoal
from evenhand.goals.wording import vague_words
from evenhand.kernel.acting import Role
from tests.factories.access import acting, with_role
from tests.factories.library import LibraryGoalFactory
from tests.factories.people import PersonFactory, UnitFactory, company

pytestmark = pytest.mark.django_db

STEPS = (LibraryPart("The first step is taken", 40), LibraryPart("The second one too", 60))


def test_every_goal_that_comes_along_fits_the_model_and_the_rules():
    drafts = goals_that_come_along()

    for code, draft in drafts.items():
        assert may_be_offered(draft), code
        assert draft == cleaned(draft), code
        LibraryGoal(code=code, **columns_of(draft)).clean_fields()
    assert len(drafts) >= 100


def test_codes_are_given_once_over_all_files():
    entries = sum(path.read_text().count("[[goal]]") for path in FOLDER.glob("*.toml"))

    assert entries == len(goals_that_come_along())


def test_goals_that_come_along_say_more_than_vague_words():
    outcomes = [draft.outcome for draft in goals_that_come_along().values()]

    vague = [outcome for outcome in outcomes if vague_words(outcome)[:1] not in ([], ["better"])]

    assert vague == []


def test_there_is_something_for_every_kind_of_goal_and_for_every_job():
    drafts = goals_that_come_along().values()

    assert {draft.kind for draft in drafts} == set(GoalKind)
    assert any(not draft.job_families for draft in drafts)


def test_a_draft_read_from_its_columns_is_the_same_draft():
    draft = LibraryDraft("Ship the release", ("Software",), kind=GoalKind.MILESTONES, parts=STEPS)

    kept = LibraryGoal(code="release", **columns_of(draft))

    assert draft_of_library_goal(kept) == draft


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"outcome": ""}, "outcome_missing"),
        ({"outcome": "x" * 301}, "text_too_long"),
        ({"kind": "wish"}, "unknown_choice"),
        ({"direction": "sideways"}, "unknown_choice"),
        ({"cadence_days": 0}, "cadence_out_of_bounds"),
        ({"job_families": ("x" * 101,)}, "text_too_long"),
        ({"kind": GoalKind.KPI, "parts": STEPS}, "parts_do_not_fit"),
        ({"kind": GoalKind.OKR, "parts": STEPS[:1]}, "parts_do_not_fit"),
        ({"kind": GoalKind.OKR, "parts": ()}, "parts_do_not_fit"),
    ],
)
def test_what_cannot_be_started_from_is_refused_with_its_reason(change, code):
    verdict = may_be_offered(replace(LibraryDraft("Ship the release"), **change))

    assert verdict.code == code


def test_only_specialists_of_everything_keep_the_library():
    assert may_keep_library(with_role(Role.SPECIALIST))
    for actor in (
        with_role(Role.HR_PARTNER),
        with_role(Role.SPECIALIST, company()),
        acting(PersonFactory()),
    ):
        assert may_keep_library(actor).code == "not_a_keeper"


def test_what_is_retired_is_seen_by_who_keeps_it_and_changed_after_it_is_offered_again():
    retired, offered = LibraryGoalFactory(retired=True), LibraryGoalFactory()
    keeper, reader = with_role(Role.SPECIALIST), acting(PersonFactory())

    assert list(visible_library_goals(reader)) == [offered]
    assert set(visible_library_goals(keeper)) == {offered, retired}
    assert may_change_library_goal(keeper, offered)
    assert may_change_library_goal(keeper, retired).code == "library_goal_retired"


def test_goals_for_ones_own_jobs_come_first_then_those_for_all():
    other = LibraryGoalFactory(outcome="A", job_families=["Finance"])
    everyone = LibraryGoalFactory(outcome="B", job_families=[])
    own = LibraryGoalFactory(outcome="C", job_families=["Sales", "Qualität & Prüfung"])
    actor = acting(PersonFactory(job_family="Qualität & Prüfung"))

    assert list(library_page(actor, Wanted()).rows) == [own, everyone, other]
    assert families_of(actor) == ["Qualität & Prüfung", "Finance", "Sales"]


def test_goals_are_found_by_family_kind_and_words():
    wanted = LibraryGoalFactory(
        outcome="Cut the days", kind=GoalKind.MAINTAIN, job_families=["Finance"]
    )
    LibraryGoalFactory(outcome="Cut the hours", job_families=["Financing"])
    LibraryGoalFactory(retired=True, job_families=["Finance"])
    actor = acting(PersonFactory())

    for choice in (
        Wanted(family="finance"),
        Wanted(kind=GoalKind.MAINTAIN),
        Wanted(words="days CUT"),
    ):
        assert list(library_page(actor, choice).rows) == [wanted]


def test_a_long_library_comes_page_by_page():
    LibraryGoalFactory.create_batch(50)
    actor = acting(PersonFactory(unit=UnitFactory()))

    first = library_page(actor, Wanted())
    second = library_page(actor, Wanted(), cursor=first.next_cursor)

    assert len(first.rows) == 40
    assert len(second.rows) == 10
    assert not {found.pk for found in first.rows} & {found.pk for found in second.rows}
