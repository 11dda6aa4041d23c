from django.db import models

from evenhand.kernel.fields import EncryptedTextField
from evenhand.people.models import Person


class ProtectedFacts(models.Model):
    """What the law protects about a person. Never shown, never an input to a rating."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    sex = EncryptedTextField(blank=True)
    race = EncryptedTextField(blank=True)
    birth_on = EncryptedTextField(blank=True)
    disability = EncryptedTextField(blank=True)

    class Meta:
        verbose_name_plural = "protected facts"

    def __str__(self) -> str:
        return f"protected facts {self.pk}"
