from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.lookups import Lookup

from evenhand.kernel.encryption import key_ring

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField


class EncryptedTextField(_TextField):
    """Words that only the application can read. They cannot be searched, sorted or counted.

    The empty string is stored as it is: that nothing was written is not a secret, and lists may
    ask for it. Anything to filter or count by has its own column.
    """

    @property
    def place(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: object) -> str | None:
        text: str | None = super().get_prep_value(value)
        return key_ring().seal(text, place=self.place) if text else text

    def from_db_value(
        self, value: str | None, _expression: Expression, _connection: BaseDatabaseWrapper
    ) -> str | None:
        return key_ring().open(value, place=self.place) if value else value

    def get_lookup(self, lookup_name: str) -> "type[Lookup[Any]] | None":
        if lookup_name not in {"isnull", "exact"}:
            message = f"{self.place} is encrypted: it has no {lookup_name!r} lookup."
            raise TypeError(message)
        return super().get_lookup(lookup_name)
