from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from evenhand.access.models import Account
from evenhand.access.policies import may_sign_in


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Signing in as this organization wants it: by invitation, for those who work here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # allauth's signature
        return False

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: object
    ) -> HttpResponse | None:
        if isinstance(user, Account) and not may_sign_in(user, on=timezone.localdate()):
            response: HttpResponse = self.respond_user_inactive(request, user)
            return response
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer
