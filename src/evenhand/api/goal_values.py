"""Values of goals from other systems, each under the token of its data source."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router
from ninja.security import HttpBearer

from evenhand.api.problems import REFUSALS, FieldProblem, problem
from evenhand.api.schemas import Id, Strict
from evenhand.goals.actions.feeding import Delivery, bring_values
from evenhand.goals.bringing import BroughtValue, ValuesPlan, plan_values
from evenhand.goals.models import DataSource
from evenhand.goals.sources import may_keep_source, source_with_token
from evenhand.goals.value_tables import LONGEST_KEY, LONGEST_NOTE
from evenhand.goals.values import Value
from evenhand.kernel.acting import Actor

MOST_VALUES = 5_000
MOST_ERRORS = 200

Number = Annotated[Decimal, Field(max_digits=20, allow_inf_nan=False)]


class Sender(NamedTuple):
    """A data source, and its owner, in whose name it brings values."""

    source: DataSource
    actor: Actor


class SourceAuthentication(HttpBearer):
    """The token of a data source, as `Authorization: Bearer evs_...`."""

    def authenticate(self, request: HttpRequest, token: str) -> Sender | None:  # ninja's signature
        found = source_with_token(token, at=timezone.now())
        return Sender(*found) if found else None


class SourceRequest(HttpRequest):
    """A request of a data source whose token was accepted."""

    auth: Sender


class ValueIn(Strict):
    """A value of a day, under the key of the source, or for a goal (and a part of it) by number.

    A rate has `some` and `all`, everything else `value`; yes is 1 and no is 0.
    """

    key: str = Field("", max_length=LONGEST_KEY)
    goal: Id | None = None
    part: int | None = Field(None, ge=1, le=1000)
    day: date
    value: Number | None = None
    some: Number | None = None
    all: Number | None = None
    note: str = Field("", max_length=LONGEST_NOTE)


class ValuesIn(Strict):
    """Values to be kept all together or not at all; with `dry_run` nothing is kept."""

    values: list[ValueIn] = Field(min_length=1, max_length=MOST_VALUES)
    dry_run: bool = False


class ValuesOut(Strict):
    """How many values are new, correct others, or were there already."""

    is_kept: bool
    new: int
    corrected: int
    same: int


router = Router(auth=SourceAuthentication())


@router.post("", response={200: ValuesOut, **REFUSALS}, summary="Bring values of goals")
def bring_goal_values(request: SourceRequest, body: ValuesIn) -> ValuesOut | HttpResponse:
    """Keep values and work out the scores again. The same value again changes nothing.

    Another value for the same key and day corrects the first one. One that does not fit keeps all
    of them out; `errors` names each by its place.
    """
    source, by = request.auth
    rows = [_row(place, value) for place, value in enumerate(body.values)]
    if body.dry_run:
        may_keep_source(by, source).enforce()
        plan, is_kept = plan_values(source, rows, by), False
    else:
        done = bring_values(source, Delivery(rows), by=by, at=timezone.now())
        plan, is_kept = done.plan, done.is_kept
    return _problems(plan) if plan.problems else _told(plan, is_kept=is_kept)


def _row(place: int, value: ValueIn) -> BroughtValue:
    measured = Value(value.day, value.value, value.some, value.all)
    return BroughtValue(place, measured, value.key, value.goal, value.part, value.note)


def _told(plan: ValuesPlan, *, is_kept: bool) -> ValuesOut:
    new = len(plan.changes) - plan.corrected
    return ValuesOut(is_kept=is_kept, new=new, corrected=plan.corrected, same=plan.same)


def _problems(plan: ValuesPlan) -> HttpResponse:
    errors = [
        FieldProblem(place=f"values.{found.row}", detail=str(found.verdict.reason))
        for found in plan.problems[:MOST_ERRORS]
    ]
    detail = _("Nothing was kept, since some values do not fit. “errors” says which.")
    return problem(422, "values_do_not_fit", detail, errors)
