from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from evenhand.integrations.kinds import ImportState
from evenhand.integrations.models import PeopleImport, SavedMapping
from evenhand.kernel.acting import Role
from evenhand.people.models import Person
from evenhand.people.queries import manager_of
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.integrations.files import csv_of

pytestmark = pytest.mark.django_db

HEADER = ["Employee ID", "First name", "Last name", "Manager ID", "Department", "Hire date", "Race"]
ADA = ["1", "Ada", "Lund", "", "Research", "2020-02-28", "Martian"]
BO = ["2", "Bo", "Okafor", "1", "Research", "2021-03-15", "Venusian"]


@pytest.fixture
def specialist(client):
    account = AccountFactory(person__family_name="Zweig")
    RoleGrantFactory(person=account.person, role=Role.SPECIALIST)
    client.force_login(account)
    return account.person


def text(response):
    return response.content.decode()


def upload(client, *rows, name="people.csv", raw=None):
    content = csv_of(*rows) if raw is None else raw
    return client.post("/imports/new/", {"file": SimpleUploadedFile(name, content)})


def brought():
    return PeopleImport.objects.latest("pk")


def choose(client, found=None, **said):
    """Send the columns page as it stands, with what is said otherwise."""
    found = found or brought()
    form = client.get(f"/imports/{found.pk}/columns/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data.pop("is_complete")
    return client.post(f"/imports/{found.pk}/columns/", data | said)


def planned(client, *rows):
    upload(client, *rows)
    choose(client)
    return brought()


class TestTheWayFromAFileToPeople:
    def test_upload_columns_plan_apply_result(self, client, specialist):
        upload(client, HEADER, ADA, BO)
        found = brought()
        assert "Personnel number" in text(client.get(f"/imports/{found.pk}/columns/"))

        assert choose(client).url == f"/imports/{found.pk}/"
        plan = text(client.get(f"/imports/{found.pk}/"))
        assert "Apply all of this" in plan
        assert "New units" in plan
        people = text(client.get(f"/imports/{found.pk}/", {"kind": "added"}))
        assert "Ada Lund" in people
        assert not Person.objects.filter(number="1").exists()

        client.post(f"/imports/{found.pk}/application/")
        assert manager_of(Person.objects.get(number="2").pk, timezone.localdate()).number == "1"
        assert "This file was applied" in text(client.get(f"/imports/{found.pk}/"))
        assert "people.csv" in text(client.get("/imports/"))

    def test_nothing_of_the_file_is_kept_once_it_is_applied(self, client, specialist):
        found = planned(client, HEADER, ADA)
        folder = settings.VAR / "files" / "imports"
        before = set(folder.iterdir())

        client.post(f"/imports/{found.pk}/application/")

        found.refresh_from_db()
        assert (found.file, found.seen) == ("", {})
        assert not found.changes.exists()
        assert before  # it is deleted after the commit, see tests/integrations

    def test_an_import_can_be_discarded(self, client, specialist):
        found = planned(client, HEADER, ADA)

        client.post(f"/imports/{found.pk}/discarding/")

        found.refresh_from_db()
        assert found.state == ImportState.DISCARDED
        assert not Person.objects.filter(number="1").exists()
        assert "was discarded" in text(client.get(f"/imports/{found.pk}/"))
        assert client.post(f"/imports/{found.pk}/application/").status_code == 409

    def test_changes_are_told_field_by_field_with_old_and_new(self, client, specialist):
        client.post(f"/imports/{planned(client, HEADER, ADA, BO).pk}/application/")

        found = planned(client, HEADER, ADA, [*BO[:2], "Olsen", *BO[3:]])

        page = text(client.get(f"/imports/{found.pk}/", {"kind": "changed"}))
        assert "<del>Okafor</del>" in page
        assert "<ins>Olsen</ins>" in page

    def test_changes_are_found_by_name_and_by_what_changes(self, client, specialist):
        found = planned(client, HEADER, ADA, BO)

        page = text(client.get(f"/imports/{found.pk}/", {"kind": "added", "q": "okaf"}))
        assert ("Okafor" in page, "Lund</b>" in page) == (True, False)
        page = text(client.get(f"/imports/{found.pk}/", {"kind": "added", "fact": "manager"}))
        assert ("Bo Okafor</b>" in page, "Ada Lund</b>" in page) == (True, False)
        odd = {"kind": "\0", "q": "\0%_", "fact": "x", "cursor": ""}
        assert client.get(f"/imports/{found.pk}/", odd).status_code == 200

    def test_people_who_changed_in_between_are_looked_at_anew(self, client, specialist):
        found = planned(client, HEADER, ADA)
        client.post(f"/imports/{planned(client, HEADER, ADA).pk}/application/")

        client.post(f"/imports/{found.pk}/application/")

        page = text(client.get(f"/imports/{found.pk}/"))
        assert "People have changed since this plan was made" in page
        assert "Everything in this file is so already" in page


class TestColumns:
    def test_a_file_that_cannot_be_used_says_why_where_it_was_chosen(self, client, specialist):
        answer = upload(client, raw=b"%PDF-1.7 not a table")

        assert answer.status_code == 422
        assert not PeopleImport.objects.exists()

    def test_no_file_and_an_empty_file_are_told_kindly(self, client, specialist):
        assert client.post("/imports/new/").status_code == 422
        assert upload(client, raw=b"").status_code == 422

    def test_days_that_could_be_read_in_two_ways_are_asked_about(self, client, specialist):
        upload(client, HEADER, [*ADA[:5], "03/04/2020", ""], [*BO[:5], "05/06/2021", ""])
        found = brought()

        assert "day first or month first" in text(client.get(f"/imports/{found.pk}/columns/"))
        refused = choose(client)
        assert refused.status_code == 422
        assert "nobody can tell from the days alone" in text(refused)

        choose(client, **{"question-0": "month/day/year"})
        client.post(f"/imports/{found.pk}/application/")
        assert Person.objects.get(number="1").employments.get().starts_on == date(2020, 3, 4)

    def test_an_answer_can_be_changed(self, client, specialist):
        upload(client, HEADER, [*ADA[:5], "03/04/2020", ""])
        choose(client, **{"question-0": "month/day/year"})

        choose(client, **{"question-0": "day/month/year"})

        client.post(f"/imports/{brought().pk}/application/")
        assert Person.objects.get(number="1").employments.get().starts_on == date(2020, 4, 3)

    def test_two_columns_cannot_say_the_same(self, client, specialist):
        upload(client, HEADER, ADA)

        assert choose(client, **{"column-1": "number"}).status_code == 422

    def test_the_number_cannot_be_left_out(self, client, specialist):
        upload(client, HEADER, ADA)

        refused = choose(client, **{"column-0": ""})

        assert "it tells people apart" in text(refused)

    def test_a_file_of_very_many_columns_can_be_read(self, client, specialist):
        extra = [f"Extra {at}" for at in range(800)]
        upload(client, [*HEADER, *extra], [*ADA, *extra])

        assert "more columns" in text(client.get(f"/imports/{brought().pk}/columns/"))
        assert choose(client).status_code == 302

    def test_unknown_managers_are_explained_and_can_be_left_out(self, client, specialist):
        found = planned(client, HEADER, [*ADA[:3], "99", *ADA[4:]])
        assert "let these people in without one" in text(client.get(f"/imports/{found.pk}/"))
        page = text(client.get(f"/imports/{found.pk}/problems/"))
        assert "We know nobody like “99”" in page
        assert client.post(f"/imports/{found.pk}/application/").status_code == 422

        choose(client, managers="leave_empty")

        client.post(f"/imports/{found.pk}/application/")
        assert manager_of(Person.objects.get(number="1").pk, timezone.localdate()) is None

    def test_whoever_is_missing_has_left_only_when_that_is_said(self, client, specialist):
        client.post(f"/imports/{planned(client, HEADER, ADA, BO).pk}/application/")
        found = planned(client, HEADER, ADA)
        assert "not in the file and stay" in text(client.get(f"/imports/{found.pk}/"))

        choose(client, is_complete="on")

        page = text(client.get(f"/imports/{found.pk}/", {"kind": "left"}))
        assert "Bo Okafor" in page


class TestMappings:
    def test_choices_are_saved_under_a_name_and_used_for_the_next_file(self, client, specialist):
        upload(client, HEADER, ADA)
        choose(client, save_as="Monthly export", **{"column-4": "job_family"})

        upload(client, HEADER, BO)

        assert brought().mapping_name == "Monthly export"
        page = text(client.get(f"/imports/{brought().pk}/columns/"))
        assert "We used the mapping “Monthly export”" in page
        assert brought().mapping["columns"]["Department"] == "job_family"

    def test_a_mapping_can_be_chosen_for_a_file_that_lacks_some_columns(self, client, specialist):
        upload(client, HEADER, ADA)
        choose(client, save_as="Monthly export", **{"column-4": "job_family"})
        saved = SavedMapping.objects.get()
        upload(client, HEADER[:5], ADA[:5])
        found = brought()

        client.post(f"/imports/{found.pk}/columns/mapping/", {"mapping": saved.pk})

        found.refresh_from_db()
        assert found.mapping["columns"]["Department"] == "job_family"
        assert "Race" not in found.mapping["columns"]
        path = f"/imports/{found.pk}/columns/mapping/"
        odd = [client.post(path, {"mapping": key}).status_code for key in ("x", "", "9" * 30)]
        assert odd == [404, 404, 404]

    def test_mappings_are_renamed_and_deleted(self, client, specialist):
        upload(client, HEADER, ADA)
        choose(client, save_as="Old")
        saved = SavedMapping.objects.get()
        assert "Employee ID" in text(client.get(f"/imports/mappings/{saved.pk}/"))

        client.post(f"/imports/mappings/{saved.pk}/", {"name": "New"})
        assert "New" in text(client.get("/imports/mappings/"))

        client.post(f"/imports/mappings/{saved.pk}/removal/")
        assert "No mapping is saved yet" in text(client.get("/imports/mappings/"))


class TestProblems:
    def test_they_can_be_taken_away_and_never_calculate(self, client, specialist):
        found = planned(client, HEADER, ["=1+1", *ADA[1:]], BO)

        answer = client.get(f"/imports/{found.pk}/problems/file/")

        content = b"".join(answer.streaming_content).decode()
        assert "formula" in content
        assert ",=1+1" not in content
        sheet = client.get(f"/imports/{found.pk}/problems/file/?as=xlsx")
        assert b"".join(sheet.streaming_content).startswith(b"PK")

    def test_many_are_paged(self, client, specialist):
        rows = [[str(at), "Al", f"Kim {at}", "X99", "Lab", "2020-01-31", ""] for at in range(70)]
        found = planned(client, HEADER, *rows)

        first = client.get(f"/imports/{found.pk}/problems/")
        cursor = first.context["page"].next_cursor
        second = client.get(f"/imports/{found.pk}/problems/", {"cursor": cursor})

        assert (len(first.context["page"].rows), len(second.context["page"].rows)) == (50, 20)


class TestWhoMay:
    PATHS = (
        "/imports/",
        "/imports/new/",
        "/imports/mappings/",
        "/imports/mappings/{mapping}/",
        "/imports/{pk}/",
        "/imports/{pk}/columns/",
        "/imports/{pk}/problems/",
        "/imports/{pk}/problems/file/",
    )
    POSTS = (
        "/imports/new/",
        "/imports/mappings/{mapping}/",
        "/imports/mappings/{mapping}/removal/",
        "/imports/{pk}/columns/",
        "/imports/{pk}/columns/mapping/",
        "/imports/{pk}/application/",
        "/imports/{pk}/discarding/",
    )

    @pytest.mark.parametrize("role", [None, *(r for r in Role if r != Role.SPECIALIST)])
    def test_for_everybody_but_the_specialist_the_pages_are_not_there(
        self, client, specialist, role
    ):
        upload(client, HEADER, ADA)
        choose(client, save_as="Export")
        keys = {"pk": brought().pk, "mapping": SavedMapping.objects.get().pk}
        other = AccountFactory()
        if role:
            RoleGrantFactory(person=other.person, role=role)
        client.force_login(other)

        statuses = {client.get(path.format(**keys)).status_code for path in self.PATHS}
        statuses |= {client.post(path.format(**keys)).status_code for path in self.POSTS}

        assert statuses == {404}
        assert not Person.objects.filter(number="1").exists()


class TestProtectedFacts:
    def test_no_page_shows_them(self, client, specialist):
        upload(client, HEADER, ADA, BO)
        found = brought()
        pages = [text(client.get(f"/imports/{found.pk}/columns/"))]
        pages += [text(choose(client, **{"column-0": ""})), text(choose(client))]
        pages += [
            text(client.get(f"/imports/{found.pk}/", {"kind": kind})) for kind in ("unit", "added")
        ]
        pages += [text(client.get(f"/imports/{found.pk}/problems/", {"severity": "warning"}))]
        client.post(f"/imports/{found.pk}/application/")
        pages += [text(client.get(f"/imports/{found.pk}/")), text(client.get("/imports/"))]

        assert [page for page in pages if "Martian" in page or "Venusian" in page] == []

    def test_a_column_left_out_shows_no_examples(self, client, specialist):
        upload(client, [*HEADER, "Shoe"], [*ADA, "Size 44"])

        assert "Size 44" not in text(client.get(f"/imports/{brought().pk}/columns/"))


class TestQueryCounts:
    @pytest.mark.parametrize(
        "path", ["/imports/", "/imports/{}/?kind=added", "/imports/{}/problems/"]
    )
    def test_many_rows_cost_as_many_queries_as_one(
        self, client, specialist, path, django_assert_max_num_queries
    ):
        counts = []
        for size in (1, 40):
            rows = [
                [f"N{at}", "Al", f"Kim {at}", "", "Lab", "2020-01-31", ""] for at in range(size)
            ]
            found = planned(client, HEADER, *rows)
            with django_assert_max_num_queries(15) as queries:
                client.get(path.format(found.pk))
            counts.append(len(queries))

        assert counts[0] == counts[1]
