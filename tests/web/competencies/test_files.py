from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.competencies.models import Competency, LibraryImport
from evenhand.competencies.workbook_rows import read_rows
from tests.competencies.workbooks import competency_row, level_rows, workbook
from tests.factories.competencies import CompetencyFactory, CompetencyVersionFactory

pytestmark = pytest.mark.django_db


def text_of(answer):
    return " ".join(answer.content.decode().split())


def uploaded(**sheets):
    return {"file": SimpleUploadedFile("library.xlsx", workbook(**sheets))}


def bytes_of(answer):
    return BytesIO(b"".join(answer.streaming_content)).getvalue()


def test_a_workbook_is_looked_at_and_then_applied(client, specialist):
    sheets = {"Competencies": [competency_row()], "Levels": level_rows()}

    plan = client.post("/competencies/files/", uploaded(**sheets), follow=True)
    brought = LibraryImport.objects.get()
    assert "New competencies" in text_of(plan)
    assert "Listening" in text_of(plan)
    client.post(f"/competencies/files/{brought.pk}/application/")

    assert Competency.objects.get().code == "listening"
    page = text_of(client.get(f"/competencies/files/{brought.pk}/"))
    assert "This file has been applied." in page


def test_mistakes_are_named_and_nothing_can_be_applied(client, specialist):
    sheets = {"Competencies": [competency_row(kind="Talent")], "Levels": level_rows()}

    page = text_of(client.post("/competencies/files/", uploaded(**sheets), follow=True))

    assert "Competencies, row 2, Kind" in page
    assert "Talent" in page
    assert "Write one of these: Knowledge, Skill, Ability." in page
    assert "Apply, in writing" not in page


def test_a_file_that_cannot_be_read_is_told_at_once(client, specialist):
    page = client.post(
        "/competencies/files/", {"file": SimpleUploadedFile("library.csv", b"Code\nx\n")}
    )

    assert page.status_code == 422
    assert "save the file as an Excel workbook" in text_of(page)
    assert not LibraryImport.objects.exists()


def test_the_library_taken_away_holds_only_what_is_published(client, somebody):
    CompetencyFactory(code="listening")
    CompetencyVersionFactory(in_writing=True)

    rows = read_rows(bytes_of(client.get("/competencies/files/library.xlsx")))

    assert [row["cells"]["code"] for row in rows["competencies"]] == ["listening"]
    assert len(rows["levels"]) == 5


def test_the_template_has_the_four_sheets_and_says_how(client, specialist):
    raw = bytes_of(client.get("/competencies/files/template.xlsx"))

    sheets = client.post("/competencies/files/", {"file": SimpleUploadedFile("t.xlsx", raw)})
    assert "We found no filled-in row" in text_of(sheets)


def test_a_file_is_thrown_away(client, specialist):
    client.post("/competencies/files/", uploaded(Competencies=[competency_row()]))

    client.post(f"/competencies/files/{LibraryImport.objects.get().pk}/removal/")

    assert not LibraryImport.objects.exists()


def test_others_bring_nothing(client, somebody):
    assert client.get("/competencies/files/").status_code == 404
    assert client.get("/competencies/files/template.xlsx").status_code == 404
