from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from evenhand.kernel.acting import Role
from evenhand.kernel.periods import Dated, DatedQuerySet, ends_after_it_starts
from evenhand.people.models import Person, Unit


class AccountManager(BaseUserManager["Account"]):
    """Accounts come with their person: whoever signs in is named on every page."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """How a person signs in."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    def __str__(self) -> str:
        return self.email


class RoleGrant(Dated):
    """A role given to a person, for a unit and all below it or for everywhere, while it lasts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="role_grants"
    )
    reason = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet["RoleGrant"].as_manager()

    class Meta:
        constraints = (ends_after_it_starts("role_grant"),)
        indexes = (models.Index(fields=["person", "ends_on"], name="role_by_person"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Delegation(Dated):
    """That one person does another's work as a manager, for a while."""

    principal = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="delegations_given"
    )
    delegate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_held")
    reason = models.CharField(max_length=200)

    objects = DatedQuerySet["Delegation"].as_manager()

    class Meta:
        constraints = (
            ends_after_it_starts("delegation"),
            models.CheckConstraint(
                condition=~Q(principal=F("delegate")), name="nobody_is_their_own_delegate"
            ),
        )

    def __str__(self) -> str:
        return f"{self.delegate} for {self.principal}"


class ApiToken(models.Model):
    """A key for a machine that acts for a person in one role. Only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
