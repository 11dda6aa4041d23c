from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router

from evenhand.api.problems import REFUSALS
from evenhand.api.schemas import ApiRequest, Id, PageOf, PageQuery, Strict
from evenhand.people.policies import visible_people
from evenhand.people.queries import Among, PersonRow, directory, manager_of, rows_of

router = Router()


class PersonOut(Strict):
    id: int
    number: str
    name: str
    email: str
    title: str
    unit_id: int | None
    unit: str
    location: str
    works_here: bool


class PersonInFull(PersonOut):
    manager_id: int | None


class PeopleQuery(PageQuery):
    """Words to find, beginnings of names, number or e-mail; a unit with all below it; a manager."""

    q: str = Field("", max_length=100)
    unit: Id | None = None
    manager: Id | None = None


@router.get("", response={200: PageOf[PersonOut], **REFUSALS}, summary="People")
def people(request: ApiRequest, query: Query[PeopleQuery]) -> PageOf[PersonOut]:
    """Who works here today, by name; for the specialist also who left."""
    page = directory(
        request.auth,
        query.q,
        after=query.cursor,
        limit=query.limit,
        among=Among(unit_id=query.unit, manager_id=query.manager),
    )
    return PageOf(items=[shown(row) for row in page.rows], next_cursor=page.next_cursor)


@router.get("{person_id}", response={200: PersonInFull, **REFUSALS}, summary="One person")
def person(request: ApiRequest, person_id: Id) -> PersonInFull:
    """A person with the position held today and the manager reported to."""
    found = get_object_or_404(visible_people(request.auth), pk=person_id)
    (row,) = rows_of([found], on=request.auth.on)
    manager = manager_of(found.pk, request.auth.on)
    return PersonInFull(**shown(row).model_dump(), manager_id=manager.pk if manager else None)


def shown(row: PersonRow) -> PersonOut:
    return PersonOut(
        id=row.id,
        number=row.number,
        name=row.name,
        email=row.email,
        title=row.title,
        unit_id=row.unit_id,
        unit=row.unit,
        location=row.location,
        works_here=row.works_here,
    )
