"""Refusals and faults as problem+json (RFC 9457)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from evenhand.api.schemas import Strict
from evenhand.kernel.verdict import Refused


class FieldProblem(Strict):
    """What is wrong with one part of what was sent."""

    place: str
    detail: str


class Problem(Strict):
    """Why a request was not answered: a code for programs, words for people."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] = []


REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)
"""What every route may answer besides what it is for."""


def answer_with_problems(api: NinjaAPI) -> None:
    """Let every error that the API can expect become a problem document."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(ValidationError, _not_understood)
    api.add_exception_handler(HttpError, _unusable)


def problem(
    status: int, code: str, detail: str, errors: list[FieldProblem] | None = None
) -> HttpResponse:
    titles = {400: _("Not usable"), 401: _("Who are you?"), 404: _("Not here")}
    said = Problem(
        title=titles.get(status, _("Not possible")),
        status=status,
        code=code,
        detail=detail,
        errors=errors or [],
    )
    return JsonResponse(said.model_dump(), status=status, content_type="application/problem+json")


def _refused(_request: HttpRequest, error: Refused | type[Refused]) -> HttpResponse:
    assert isinstance(error, Refused)  # noqa: S101  # ninja's types allow the class too
    verdict = error.verdict
    return problem(int(verdict.ground), verdict.code, str(verdict.reason))


def _not_found(_request: HttpRequest, _error: Http404 | type[Http404]) -> HttpResponse:
    detail = _("There is nothing here, or it is not for you to see.")
    return problem(404, "not_found", detail)


def _unknown(
    _request: HttpRequest, _error: AuthenticationError | type[AuthenticationError]
) -> HttpResponse:
    detail = _("Send a token that is valid, as “Authorization: Bearer evh_...”.")
    response = problem(401, "token_needed", detail)
    response["WWW-Authenticate"] = "Bearer"
    return response


def _not_understood(
    _request: HttpRequest, error: ValidationError | type[ValidationError]
) -> HttpResponse:
    assert isinstance(error, ValidationError)  # noqa: S101  # ninja's types allow the class too
    errors = [
        FieldProblem(place=".".join(str(part) for part in said["loc"]), detail=said["msg"])
        for said in error.errors
    ]
    detail = _("Something that was sent does not fit. “errors” says what.")
    return problem(422, "does_not_fit", detail, errors)


def _unusable(_request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    assert isinstance(error, HttpError)  # noqa: S101  # ninja's types allow the class too
    return problem(error.status_code, "not_usable", str(error))
