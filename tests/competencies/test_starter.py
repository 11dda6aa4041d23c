from datetime import UTC, date, datetime

import pytest

from evenhand.competencies.actions import write_competency
from evenhand.competencies.anchor_lint import advice_on_each
from evenhand.competencies.kinds import Category, Nature
from evenhand.competencies.models import Competency, CompetencyVersion, ModelVersion
from evenhand.competencies.parts import CompetencyPart
from evenhand.competencies.problems import advice_for_competency, problems_of_competency
from evenhand.competencies.queries import model_for
from evenhand.competencies.starter import (
    bring_starter_library,
    starter_competencies,
    starter_models,
)
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import TODAY, with_role

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize("code", sorted(starter_competencies()))
def test_a_competency_of_ours_is_ready_and_needs_no_advice(code):
    part = starter_competencies()[code]

    assert problems_of_competency(part) == []
    assert advice_for_competency(part) == []
    assert part.category in Category
    assert part.nature in Nature


@pytest.mark.parametrize("code", sorted(starter_competencies()))
def test_anchors_of_ours_hold_to_our_own_rules(code):
    anchors = [a for level in starter_competencies()[code].levels for a in level.anchors]

    assert advice_on_each(anchors) == {}
    assert len(set(anchors)) == len(anchors)


@pytest.mark.parametrize("code", sorted(starter_models()))
def test_a_model_of_ours_sums_to_100_and_asks_for_levels_there_are(code):
    requirements = starter_models()[code].requirements
    levels = {c: {level.value for level in p.levels} for c, p in starter_competencies().items()}

    assert sum(r.weight for r in requirements) == 100
    assert 3 <= len({r.code for r in requirements}) == len(requirements) <= 7
    assert all(r.level in levels[r.code] for r in requirements)


def test_there_is_enough_to_begin_with():
    assert len(starter_competencies()) >= 25
    assert {part.category for part in starter_competencies().values()} == set(Category)
    assert {part.nature for part in starter_competencies().values()} == set(Nature)


@pytest.mark.django_db
def test_the_starter_library_is_in_force_from_its_first_day_and_brought_once():
    specialist = with_role(Role.SPECIALIST)

    first = bring_starter_library(by=specialist, at=NOW, starts_on=date(2026, 1, 1))
    again = bring_starter_library(by=specialist, at=NOW, starts_on=date(2026, 1, 1))

    assert first.competencies == len(starter_competencies())
    assert first.models == len(starter_models())
    assert (again.competencies, again.models) == (0, 0)
    assert CompetencyVersion.objects.in_force(date(2026, 1, 1)).count() == first.competencies
    assert ModelVersion.objects.in_force(date(2026, 1, 1)).count() == first.models
    assert model_for("Anything at all", "", "", TODAY).name == "Everybody"


@pytest.mark.django_db
def test_what_stands_already_is_left_alone():
    specialist = with_role(Role.SPECIALIST)
    write_competency(CompetencyPart("Ours"), code="safety", by=specialist, at=NOW)

    bring_starter_library(by=specialist, at=NOW, starts_on=TODAY)

    assert Competency.objects.get(code="safety").versions.get().name == "Ours"
    unready = ModelVersion.objects.filter(published_at=None)
    assert {r.competency.code for v in unready for r in v.requirements.all()} >= {"safety"}
    assert all(v.requirements.filter(competency__code="safety").exists() for v in unready)
    assert ModelVersion.objects.in_force(TODAY).exists()


@pytest.mark.django_db
def test_only_the_specialist_brings_the_starter_library():
    with pytest.raises(Refused, match="not_the_specialist"):
        bring_starter_library(by=with_role(Role.EXECUTIVE), at=NOW, starts_on=TODAY)
