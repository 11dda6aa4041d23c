from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.people.actions import close_unit, create_unit, move_unit, rename_unit
from evenhand.people.charting import count_people, find_units, unit_tree, units_above
from evenhand.people.models import Unit
from evenhand.people.policies import may_change_people, visible_units
from evenhand.people.queries import Among, directory
from evenhand.web.http import PersonRequest, go_to
from evenhand.web.people import asking
from evenhand.web.people.forms import LastDayForm, said
from evenhand.web.people.pickers import chosen, found_units, unit_picker
from evenhand.web.units.forms import NameForm, NewUnitForm, PlaceForm

MOST_FOUND = 12
MOST_PEOPLE = 20

form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def units(request: PersonRequest) -> HttpResponse:
    """The units at the top, from which one walks down; or those found by words."""
    words = request.GET.get("q", "")[:100]
    on = request.actor.on
    context = {
        "rows": unit_tree(None, on=on),
        "query": words,
        "found": found_units(find_units(visible_units(request.actor), words)),
        "may_change": may_change_people(request.actor),
    }
    return render(request, "units/units.html", context)


@require_safe
def search(request: PersonRequest) -> HttpResponse:
    """A few units found by words: to go to, or to choose one for the form that asks."""
    words = request.GET.get("q", "")[:100]
    found = find_units(visible_units(request.actor), words, limit=MOST_FOUND + 1)
    context = {
        "query": words,
        "people": found_units(found[:MOST_FOUND]),
        "are_more": len(found) > MOST_FOUND,
        "form_id": request.GET.get("form", ""),
        "name": request.GET.get("name", "unit"),
    }
    return render(request, "ui/person_search.html#found", context)


@require_safe
def unit(request: PersonRequest, pk: int) -> HttpResponse:
    """Where a unit stands, what stands in it, and who works there."""
    shown = get_object_or_404(visible_units(request.actor), pk=pk)
    actor = request.actor
    context = {
        "unit": shown,
        "above": units_above(shown),
        "rows": unit_tree(shown, on=actor.on),
        "count": count_people([shown.pk], on=actor.on).get(shown.pk, 0),
        "page": directory(actor, among=Among(unit_id=shown.pk), limit=MOST_PEOPLE),
        "may_change": may_change_people(actor),
    }
    return render(request, "units/unit.html", context)


@form_view
def new_unit(request: PersonRequest) -> HttpResponse:
    may_change_people(request.actor).enforce()
    form = NewUnitForm(request.actor, said(request))
    if not form.is_valid():
        parent = chosen(visible_units(request.actor), request.GET.get("parent", ""))
        picker = unit_picker(request, parent, name="parent")
        return _ask(request, form, asking.NEW_UNIT, picker=picker)
    on = form.cleaned_data["on"]
    created = create_unit(form.details, on=on, by=request.actor, at=timezone.now())
    return _done(request, created, _("The unit is there."))


@form_view
def name(request: PersonRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    form = NameForm(said(request), initial={"name": unit.name})
    if not form.is_valid():
        return _ask(request, form, asking.UNIT_NAME, unit=unit)
    rename_unit(unit, form.cleaned_data["name"], by=request.actor, at=timezone.now())
    return _done(request, unit, _("The unit has its new name."))


@form_view
def place(request: PersonRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    form = PlaceForm(request.actor, said(request))
    if not form.is_valid():
        picker = unit_picker(request, None, name="parent")
        return _ask(request, form, asking.UNIT_PLACE, unit=unit, picker=picker)
    parent, on = form.cleaned_data["parent"], form.cleaned_data["on"]
    move_unit(unit, parent, on=on, by=request.actor, at=timezone.now())
    return _done(request, unit, _("The unit has moved."))


@form_view
def closure(request: PersonRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    form = LastDayForm(said(request))
    if not form.is_valid():
        return _ask(request, form, asking.UNIT_CLOSURE, unit=unit)
    close_unit(unit, on=form.ends_on, by=request.actor, at=timezone.now())
    return _done(request, unit, _("The unit has its last day."))


def _unit(request: PersonRequest, pk: int) -> Unit:
    unit = get_object_or_404(visible_units(request.actor), pk=pk)
    may_change_people(request.actor).enforce()
    return unit


def _ask(
    request: PersonRequest, form: Form, says: asking.Asking, **context: object
) -> HttpResponse:
    context |= {"form": form, "asking": says}
    return render(request, "units/change.html", context, status=422 if form.errors else 200)


def _done(request: PersonRequest, unit: Unit, said: str) -> HttpResponse:
    messages.success(request, said)
    return go_to(request, "units:unit", unit.pk)
