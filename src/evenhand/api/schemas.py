from typing import Annotated, Any, Generic, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema
from ninja.renderers import JSONRenderer
from pydantic import ConfigDict, ValidationInfo, model_validator

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

    @model_validator(mode="before")
    @classmethod
    def _knows_every_word(cls, values: object, info: ValidationInfo) -> object:
        """Ninja hands over only the words a route knows, so the others are looked for here."""
        unknown = info.context["request"].GET.keys() - cls.model_fields if info.context else set()
        if unknown:
            words = ", ".join(f"“{word}”" for word in sorted(unknown))
            message = _("This list knows no %(words)s.") % {"words": words}
            raise ValueError(message)
        return values


class PlainNumbers(JSONRenderer):
    """JSON without NaN and infinities, which JSON does not know."""

    json_dumps_params: dict[str, Any] = {"allow_nan": False}
