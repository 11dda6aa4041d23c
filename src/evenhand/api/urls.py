"""The routes of version 1. Everything is read through `visible_*` and refused by `may_*`."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from evenhand.api import (
    assessments,
    audits,
    competencies,
    cycles,
    goal_values,
    goals,
    people,
    problems,
    reviews,
)
from evenhand.api.authentication import TokenAuthentication
from evenhand.api.schemas import PlainNumbers

PROBLEM_JSON = "application/problem+json"


class VersionedApi(NinjaAPI):
    """The API, whose description also says in which form its problems come."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) in problems.REFUSALS:
                        response["content"][PROBLEM_JSON] = response["content"]["application/json"]
        return schema


api = VersionedApi(
    title="Evenhand",
    version="1",
    description=(
        "People, competencies, goals, cycles, reviews and audits of ratings. Make a token under"
        " Profile and security and send it as `Authorization: Bearer evh_...`. It sees and may do"
        " what its person sees and may do in the token's one role. Lists answer in pages: follow"
        " `next_cursor` until it is empty."
        " Refusals are `application/problem+json` with a stable `code` and a `detail` for people."
    ),
    auth=TokenAuthentication(),
    docs_url=None,  # its scripts would come from elsewhere; openapi.json says it all
    urls_namespace="api",
    renderer=PlainNumbers(),
)
api.add_router("people/", people.router, tags=["People"])
api.add_router("competencies/", competencies.router, tags=["Competencies"])
api.add_router("competency-models/", competencies.model_router, tags=["Competencies"])
api.add_router("cycles/", cycles.router, tags=["Cycles"])
api.add_router("reviews/", reviews.router, tags=["Reviews"])
api.add_router("audits/", audits.router, tags=["Audits of ratings"])
api.add_router("assessments/", assessments.router, tags=["Assessments"])
api.add_router("goals/", goals.router, tags=["Goals"])
api.add_router("objectives/", goals.objective_router, tags=["Goals"])
api.add_router("goal-values/", goal_values.router, tags=["Values of goals"])
problems.answer_with_problems(api)


app_name = "api"
urlpatterns = api.urls[0]
for pattern in urlpatterns:
    if isinstance(pattern, URLPattern):
        # The token says who acts; pages' sign-in has no part in it.
        pattern.callback = login_not_required(pattern.callback)
