from typing import Annotated, Any, Generic, TypeVar

from django.http import HttpRequest
from ninja import Field, Schema
from ninja.renderers import JSONRenderer
from pydantic import ConfigDict

from evenhand.kernel.acting import Actor

T = TypeVar("T")

LARGEST_ID = 2**63 - 1
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class ApiRequest(HttpRequest):
    """A request whose token was accepted: `auth` is who acts."""

    auth: Actor


class Strict(Schema):
    """What is not known is refused, so that a slip of the pen is noticed."""

    model_config = ConfigDict(extra="forbid")


class PageOf(Strict, Generic[T]):
    """Some of a list, and the cursor with which to ask for more. Empty when there is no more."""

    items: list[T]
    next_cursor: str


class PageQuery(Strict):
    """Which page, and how long."""

    cursor: str = Field("", max_length=1000)
    limit: int = Field(50, ge=1, le=200)


class PlainNumbers(JSONRenderer):
    """JSON without NaN and infinities, which JSON does not know."""

    json_dumps_params: dict[str, Any] = {"allow_nan": False}
