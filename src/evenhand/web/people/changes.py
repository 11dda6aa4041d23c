"""Forms by which the specialist changes people; each leads back to the person's page."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.people import actions
from evenhand.people.changes import Beginning
from evenhand.people.models import Person
from evenhand.people.policies import may_change_people, visible_people
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.people import asking
from evenhand.web.people.forms import (
    DetailsForm,
    FirstDayForm,
    LastDayForm,
    LeaveForm,
    ManagerForm,
    NewPersonForm,
    PositionForm,
    WorkingTimeForm,
    said,
)
from evenhand.web.people.pickers import person_picker, unit_picker

form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
def new_person(request: PersonRequest) -> HttpResponse:
    """Someone new: first how they are called, then, on the next page, what they do."""
    may_change_people(request.actor).enforce()
    form = NewPersonForm(said(request), initial={"on": request.actor.on})
    if not form.is_valid():
        return _ask(request, form, asking.NEW_PERSON)
    beginning = Beginning(form.cleaned_data["on"])
    added = actions.add_person(form.details, beginning, by=request.actor, at=timezone.now())
    messages.success(request, _("%(name)s is in. Now say what they do and where.") % _name(added))
    return go_to(request, "people:position", added.pk)


@form_view
def details(request: PersonRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = DetailsForm(person, said(request))
    if not form.is_valid():
        return _ask(request, form, asking.DETAILS, person=person)
    actions.change_person_details(person, form.details, by=request.actor, at=timezone.now())
    return _done(request, person, _("The details are changed."))


@form_view
def manager(request: PersonRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = ManagerForm(request.actor, said(request))
    if not form.is_valid():
        picker = person_picker(request)
        return _ask(request, form, asking.MANAGER, person=person, picker=picker)
    new, on = form.cleaned_data["person"], form.cleaned_data["on"]
    actions.change_manager(person, new, on=on, by=request.actor, at=timezone.now())
    return _done(request, person, _("The new reporting line is noted."))


@form_view
def matrix_manager(request: PersonRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = ManagerForm(request.actor, said(request))
    if not form.is_valid():
        picker = person_picker(request)
        return _ask(request, form, asking.MATRIX_MANAGER, person=person, picker=picker)
    new, on = form.cleaned_data["person"], form.cleaned_data["on"]
    actions.change_matrix_manager(person, new, on=on, by=request.actor, at=timezone.now())
    return _done(request, person, _("The new reporting line is noted."))


@form_view
def position(request: PersonRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    present = person.positions.on(request.actor.on).select_related("unit").first()
    form = PositionForm(request.actor, present, said(request))
    if not form.is_valid():
        picker = unit_picker(request, present.unit if present else None)
        return _ask(request, form, asking.POSITION, person=person, picker=picker)
    on = form.cleaned_data["on"]
    actions.change_position(person, form.details, on=on, by=request.actor, at=timezone.now())
    return _done(request, person, _("The new position is noted."))


@form_view
def departure(request: PersonRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = LastDayForm(said(request))
    if not form.is_valid():
        return _ask(request, form, asking.DEPARTURE, person=person)
    actions.end_employment(person, on=form.ends_on, by=request.actor, at=timezone.now())
    return _done(request, person, _("The last day is noted."))


@form_view
def comeback(request: PersonRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = FirstDayForm(said(request))
    if not form.is_valid():
        return _ask(request, form, asking.COMEBACK, person=person)
    beginning = Beginning(form.cleaned_data["on"])
    actions.return_person(person, beginning, by=request.actor, at=timezone.now())
    messages.success(request, _("%(name)s is back. Now say what they do.") % _name(person))
    return go_to(request, "people:position", person.pk)


@form_view
def leave(request: PersonRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = LeaveForm(said(request))
    if not form.is_valid():
        return _ask(request, form, asking.LEAVE, person=person)
    on, until = form.cleaned_data["on"], form.until
    actions.start_leave(person, on=on, until=until, by=request.actor, at=timezone.now())
    return _done(request, person, _("The leave is noted."))


@form_view
def working_time(request: PersonRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = WorkingTimeForm(said(request))
    if not form.is_valid():
        return _ask(request, form, asking.WORKING_TIME, person=person)
    percent, on = form.cleaned_data["percent"], form.cleaned_data["on"]
    actions.change_working_time(person, percent, on=on, by=request.actor, at=timezone.now())
    return _done(request, person, _("The working time is noted."))


@form_view
def leave_end(request: PersonRequest, pk: int, leave_pk: int) -> HttpResponse:
    person = _person(request, pk)
    away = get_object_or_404(person.leaves, pk=leave_pk)
    form = LastDayForm(said(request))
    if not form.is_valid():
        return _ask(request, form, asking.LEAVE_END, person=person, leave=away)
    actions.end_leave(away, on=form.ends_on, by=request.actor, at=timezone.now())
    return _done(request, person, _("The end of the leave is noted."))


def _person(request: PersonRequest, pk: int) -> Person:
    person = get_object_or_404(visible_people(request.actor), pk=pk)
    may_change_people(request.actor).enforce()
    return person


def _name(person: Person) -> dict[str, str]:
    return {"name": person.name}


def _ask(
    request: PersonRequest, form: Form, says: asking.Asking, **context: object
) -> HttpResponse:
    context |= {"form": form, "asking": says}
    return render(request, "people/change.html", context, status=422 if form.errors else 200)


def _done(request: PersonRequest, person: Person, said: str) -> HttpResponse:
    messages.success(request, said)
    return go_to(request, "people:person", person.pk)
