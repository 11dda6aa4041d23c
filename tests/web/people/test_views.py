from datetime import date, timedelta

import pytest
from django.utils import timezone

from evenhand.kernel.acting import Role
from evenhand.people.models import Person
from evenhand.people.queries import manager_of
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.people import LeaveFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def specialist(client):
    account = AccountFactory(person__family_name="Zweig")
    RoleGrantFactory(person=account.person, role=Role.SPECIALIST)
    client.force_login(account)
    return account.person


@pytest.fixture
def employee(client):
    account = AccountFactory(person__family_name="Zweig")
    client.force_login(account)
    return account.person


def text(response):
    return response.content.decode()


class TestDirectory:
    def test_people_are_found_by_the_beginnings_of_their_names(self, client, employee):
        PersonFactory(given_name="Åsa", family_name="Lindqvist", title="Nurse")
        PersonFactory(given_name="Emeka", family_name="Okafor")

        page = text(client.get("/people/", {"q": "lind asa"}))

        assert "Åsa Lindqvist" in page
        assert "Nurse" in page
        assert "Okafor" not in page

    def test_htmx_gets_the_list_alone(self, client, employee):
        page = text(client.get("/people/", {"q": "zweig"}, headers={"HX-Request": "true"}))

        assert "Zweig" in page
        assert "<html" not in page

    def test_a_search_that_finds_nobody_says_what_to_try(self, client, employee):
        assert "Try a part of the name" in text(client.get("/people/", {"q": "qqq"}))

    def test_pages_lead_on_and_back(self, client, employee):
        PersonFactory.create_batch(60, family_name="Abel")

        first = client.get("/people/")
        second = client.get("/people/", {"cursor": first.context["page"].next_cursor})

        assert "Zweig" not in [row.name.split()[-1] for row in first.context["page"].rows]
        assert [row.name for row in second.context["page"].rows][-1].endswith("Zweig")
        assert "Before" in text(second)

    def test_a_forged_cursor_is_refused_kindly(self, client, employee):
        assert client.get("/people/", {"cursor": "nonsense"}).status_code == 422

    def test_it_can_be_narrowed_to_a_unit_and_to_a_manager(self, client, employee):
        unit = UnitFactory()
        PersonFactory(family_name="Inside", unit=unit)
        PersonFactory(family_name="Report", manager=employee)

        inside = text(client.get("/people/", {"unit": unit.pk}))
        reports = text(client.get("/people/", {"manager": employee.pk}))

        assert ("Inside" in inside, "Report" in inside) == (True, False)
        assert ("Inside" in reports, "Report" in reports) == (False, True)

    @pytest.mark.parametrize("key", ["x", "²", "-1", "9" * 30, "\0"])
    def test_odd_addresses_break_nothing(self, client, employee, key):
        assert client.get("/people/", {"unit": key, "manager": key, "q": key}).status_code == 200

    def test_who_has_left_is_found_by_the_specialist_only(self, client, employee):
        gone = PersonFactory(family_name="Gone", left_on=YESTERDAY)

        assert "Gone" not in text(client.get("/people/"))
        assert client.get(f"/people/{gone.pk}/").status_code == 404

        RoleGrantFactory(person=employee, role=Role.SPECIALIST)

        assert "Gone" in text(client.get("/people/"))
        assert "does not work here today" in text(client.get(f"/people/{gone.pk}/"))


class TestQueryCounts:
    @pytest.mark.parametrize("path", ["/people/", "/people/?q=report", "/people/{}/", "/units/"])
    def test_three_people_cost_as_many_queries_as_one(
        self, client, specialist, path, django_assert_max_num_queries
    ):
        path = path.format(specialist.pk)
        PersonFactory(family_name="Report", manager=specialist)
        with django_assert_max_num_queries(15) as one:
            client.get(path)
        PersonFactory.create_batch(
            2, family_name="Report", manager=specialist, unit=UnitFactory(parent=UnitFactory())
        )

        with django_assert_max_num_queries(15) as three:
            client.get(path)

        assert len(three) == len(one)


class TestSearch:
    def test_a_picker_gets_choices_for_its_form(self, client, employee):
        person = PersonFactory(family_name="Lindqvist")

        found = text(client.get("/people/search/", {"q": "lin", "form": "change"}))

        assert f'value="{person.pk}"' in found
        assert 'form="change"' in found
        assert "<html" not in found

    def test_without_a_form_it_leads_to_the_person(self, client, employee):
        person = PersonFactory(family_name="Lindqvist")

        assert f"/people/{person.pk}/" in text(client.get("/people/search/", {"q": "lindqv"}))

    def test_it_says_when_there_are_more(self, client, employee):
        PersonFactory.create_batch(14, family_name="Lindqvist")

        assert "There are more" in text(client.get("/people/search/", {"q": "lin"}))

    def test_units_are_found_the_same_way(self, client, employee):
        unit = UnitFactory(name="Laboratory")

        found = text(client.get("/units/search/", {"q": "labor", "form": "change"}))

        assert f'value="{unit.pk}"' in found


class TestPerson:
    def test_everyone_sees_who_somebody_is_but_not_their_record(self, client, employee):
        boss = PersonFactory(family_name="Boss")
        person = PersonFactory(manager=boss, title="Nurse")

        page = text(client.get(f"/people/{person.pk}/"))

        assert "Nurse" in page
        assert "Boss" in page
        assert "On record" not in page

    def test_managers_see_the_record_of_those_below_them(self, client, employee):
        person = PersonFactory(manager=PersonFactory(manager=employee))

        page = text(client.get(f"/people/{person.pk}/"))

        assert "On record" in page
        assert "since 1 January 2020" in page

    def test_only_the_specialist_is_offered_changes(self, client, employee):
        page = text(client.get(f"/people/{employee.pk}/"))

        assert "Change manager" not in page


CHANGES = ["details", "manager", "matrix-manager", "position", "departure", "return", "leave"]


class TestChanges:
    @pytest.mark.parametrize("change", CHANGES)
    def test_nobody_else_may_change_people(self, client, employee, change):
        person = PersonFactory()

        assert client.get(f"/people/{person.pk}/{change}/").status_code == 403
        assert client.post(f"/people/{person.pk}/{change}/", {}).status_code == 403
        assert client.get("/people/new/").status_code == 403

    @pytest.mark.parametrize("change", CHANGES)
    def test_a_form_is_shown_and_an_empty_answer_comes_back(self, client, specialist, change):
        person = PersonFactory()

        assert client.get(f"/people/{person.pk}/{change}/").status_code == 200
        assert client.post(f"/people/{person.pk}/{change}/", {}).status_code in {302, 422}

    def test_someone_new_is_added_then_placed_then_given_a_manager(self, client, specialist):
        unit = UnitFactory(name="Laboratory")
        day = "2026-01-01"
        name = {"given_name": "Ada", "family_name": "Lovelace", "number": "9", "email": "A@b.org"}

        client.post("/people/new/", {**name, "on": day})
        ada = Person.objects.get(number="9")
        client.post(f"/people/{ada.pk}/position/", {"unit": unit.pk, "title": "Poet", "on": day})
        answer = client.post(
            f"/people/{ada.pk}/manager/", {"person": specialist.pk, "on": day}, follow=True
        )

        page = text(answer)
        assert "The new reporting line is noted." in page
        assert "Poet" in page
        assert "Laboratory" in page
        assert ada.email == "a@b.org"
        assert manager_of(ada.pk, timezone.localdate()) == specialist

    def test_a_refusal_says_why(self, client, specialist):
        report = PersonFactory(manager=specialist)

        answer = client.post(
            f"/people/{specialist.pk}/manager/", {"person": report.pk, "on": "2026-01-01"}
        )

        assert answer.status_code == 422
        assert "reports to this person" in text(answer)

    def test_what_was_typed_and_chosen_is_shown_again(self, client, specialist):
        boss = PersonFactory(family_name="Boss")

        answer = client.post(
            f"/people/{specialist.pk}/manager/", {"person": boss.pk, "on": "31.12.2026"}
        )

        assert answer.status_code == 422
        assert "31.12.2026" in text(answer)
        assert "checked" in text(answer)

    def test_the_last_day_is_still_a_day_of_work(self, client, specialist):
        person = PersonFactory()

        client.post(f"/people/{person.pk}/departure/", {"last_day": "2026-03-31"})

        assert person.employments.get().ends_on == date(2026, 4, 1)
        assert "1 January 2020 to 31 March 2026" in text(client.get(f"/people/{person.pk}/"))

    def test_a_leave_is_noted_and_ended(self, client, specialist):
        person = PersonFactory()

        client.post(f"/people/{person.pk}/leave/", {"on": "2026-01-01", "last_day": ""})
        leave = person.leaves.get()
        client.post(f"/people/{person.pk}/leave/{leave.pk}/end/", {"last_day": "2026-01-31"})

        leave.refresh_from_db()
        assert leave.ends_on == date(2026, 2, 1)

    def test_a_leave_belongs_to_its_person(self, client, specialist):
        leave = LeaveFactory()

        assert client.get(f"/people/{specialist.pk}/leave/{leave.pk}/end/").status_code == 404

    def test_a_year_nobody_meant_is_asked_again(self, client, specialist):
        answer = client.post(f"/people/{specialist.pk}/leave/", {"on": "0202-01-01"})

        assert "look at the year again" in text(answer)
