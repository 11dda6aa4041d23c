from datetime import date, datetime, time, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.audit.queries import Search
from evenhand.people.models import Person
from evenhand.people.searching import plain_words
from evenhand.web.audit_trail.sentences import SENTENCES, THINGS

MOST_PEOPLE = 200
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
IN_REACH = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2900, 1, 1)))
EVERYTHING = ("", _("Anything"))


class SearchForm(forms.Form):
    """What an auditor looks for."""

    who = forms.CharField(label=_("Who did it"), required=False, max_length=100)
    code = forms.ChoiceField(label=_("What was done"), required=False)
    about = forms.ChoiceField(label=_("To what"), required=False)
    about_id = forms.IntegerField(
        label=_("Its number"), required=False, min_value=0, max_value=2**62
    )
    named = forms.CharField(label=_("Its name contains"), required=False, max_length=100)
    since = forms.DateField(label=_("From"), required=False, widget=DAY, validators=IN_REACH)
    until = forms.DateField(label=_("To"), required=False, widget=DAY, validators=IN_REACH)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        codes = sorted(SENTENCES.items(), key=lambda item: str(item[1]))
        things = sorted(THINGS.items(), key=lambda item: str(item[1]))
        self.fields["code"].choices = [EVERYTHING, *codes]  # type: ignore[attr-defined]
        self.fields["about"].choices = [EVERYTHING, *things]  # type: ignore[attr-defined]

    @property
    def search(self) -> Search:
        """The search, as far as it can be understood."""
        asked = self.cleaned_data
        return Search(
            code=asked.get("code", ""),
            people=_people(asked.get("who", "")),
            about=asked.get("about", ""),
            about_id=asked.get("about_id"),
            named=asked.get("named", ""),
            since=_midnight(asked.get("since")),
            until=_midnight(asked.get("until"), days=1),
        )


def _people(words: str) -> list[int] | None:
    """Whose deeds are meant: everyone ever here whose name, number or address fits."""
    if not (found := plain_words(words)):
        return None
    people = Person.objects.order_by("pk")
    for word in found:
        people = people.filter(search_text__contains=f" {word}")
    return list(people.values_list("pk", flat=True)[:MOST_PEOPLE])


def _midnight(day: date | None, *, days: int = 0) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time()))
