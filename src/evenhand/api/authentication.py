from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from evenhand.access.queries import actor_with_token
from evenhand.kernel.acting import Actor


class TokenAuthentication(HttpBearer):
    """A token of the person for whom the program acts, as `Authorization: Bearer evh_...`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:  # ninja's signature
        return actor_with_token(token, at=timezone.now())
