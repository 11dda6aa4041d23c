from datetime import UTC, datetime

import pytest

from evenhand.audit.models import Entry
from evenhand.competencies.importing import (
    apply_library_import,
    bring_library_file,
    discard_library_import,
    visible_imports,
)
from evenhand.competencies.models import (
    Competency,
    CompetencyVersion,
    LibraryImport,
    ModelVersion,
)
from evenhand.competencies.planning import newest_competencies, newest_models, plan_of
from evenhand.competencies.reading import competency_part
from evenhand.competencies.workbook_rows import read_rows
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.competencies.workbooks import (
    competency_row,
    level_rows,
    library_workbook,
    workbook,
)
from tests.factories.access import with_role
from tests.factories.competencies import CompetencyVersionFactory, ModelFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


def brought(raw, by):
    return bring_library_file("library.xlsx", read_rows(raw), by=by, at=NOW)


def test_a_file_changes_nothing_until_it_is_applied(specialist):
    file = brought(workbook(Competencies=[competency_row()], Levels=level_rows()), specialist)

    assert not Competency.objects.exists()
    plan = apply_library_import(file, by=specialist, at=NOW)

    assert list(plan.new_competencies) == ["listening"]
    version = CompetencyVersion.objects.get()
    assert not version.is_published
    assert competency_part(version) == plan.new_competencies["listening"]


def test_applied_twice_it_writes_once(specialist):
    file = brought(workbook(Competencies=[competency_row()], Levels=level_rows()), specialist)

    apply_library_import(file, by=specialist, at=NOW)
    assert apply_library_import(file, by=specialist, at=NOW) is None

    assert CompetencyVersion.objects.count() == 1
    file.refresh_from_db()
    assert file.rows == {}


def test_what_was_taken_away_and_brought_back_changes_nothing(specialist):
    ModelFactory()
    raw = library_workbook(newest_competencies(), newest_models())

    plan = plan_of(read_rows(raw))

    assert plan.mistakes == []
    assert not plan.changes_something
    assert plan.same == 4


def test_a_changed_competency_and_model_become_new_versions_in_writing(specialist):
    model = ModelFactory()
    competencies, models = newest_competencies(), newest_models()
    part = competencies["listening"]
    competencies["listening"] = type(part)(
        "Hearing", part.category, part.nature, "Hears.", levels=part.levels
    )
    code = model.model.code
    models[code] = type(models[code])("Engineers", requirements=models[code].requirements)
    file = brought(library_workbook(competencies, models), specialist)

    plan = apply_library_import(file, by=specialist, at=NOW)

    assert (list(plan.changed_competencies), list(plan.changed_models)) == (["listening"], [code])
    assert CompetencyVersion.objects.get(published_at=None).name == "Hearing"
    assert ModelVersion.objects.get(published_at=None).name == "Engineers"
    assert plan.same == 2


def test_a_version_in_writing_is_never_written_over(specialist):
    version = CompetencyVersionFactory(in_writing=True)
    Competency.objects.update(code="listening")
    raw = workbook(Competencies=[competency_row()], Levels=level_rows())
    file = brought(raw, specialist)

    (mistake,) = plan_of(read_rows(raw)).mistakes
    assert "in writing already" in mistake.remedy
    with pytest.raises(Refused, match="not_applicable"):
        apply_library_import(file, by=specialist, at=NOW)

    version.refresh_from_db()
    assert version.name == "Listening"


def test_what_is_retired_is_brought_back_first(specialist):
    Competency.objects.create(code="listening", retired_at=NOW)

    plan = plan_of(read_rows(workbook(Competencies=[competency_row()], Levels=level_rows())))

    assert "has been retired" in plan.mistakes[0].remedy


def test_one_mistake_keeps_the_whole_file_out(specialist):
    rows = [competency_row(), competency_row("writing", kind="Talent")]
    file = brought(workbook(Competencies=rows, Levels=level_rows()), specialist)

    with pytest.raises(Refused, match="not_applicable"):
        apply_library_import(file, by=specialist, at=NOW)

    assert not Competency.objects.exists()


def test_a_file_is_thrown_away_until_it_is_applied(specialist):
    raw = workbook(Competencies=[competency_row()], Levels=level_rows())
    first, second = brought(raw, specialist), brought(raw, specialist)
    apply_library_import(second, by=specialist, at=NOW)

    discard_library_import(first, by=specialist, at=NOW)
    with pytest.raises(Refused, match="applied"):
        discard_library_import(second, by=specialist, at=NOW)

    assert LibraryImport.objects.get() == second
    codes = set(Entry.objects.values_list("code", flat=True))
    assert codes == {
        "competency.written",
        "competency_library.imported",
        "competency_library.discarded",
    }


def test_files_are_for_the_specialist(specialist):
    executive = with_role(Role.EXECUTIVE)
    raw = workbook(Competencies=[competency_row()], Levels=level_rows())
    file = brought(raw, specialist)

    assert visible_imports(specialist).get() == file
    assert not visible_imports(executive).exists()
    for change in (
        lambda: brought(raw, executive),
        lambda: apply_library_import(file, by=executive, at=NOW),
        lambda: discard_library_import(file, by=executive, at=NOW),
    ):
        with pytest.raises(Refused, match="not_the_specialist"):
            change()
