"""A structured interview from a model: what everybody is asked, and what an answer is held to.

A guide knows jobs and competencies. Who was interviewed, and how they did, is never kept.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from evenhand.competencies.models import ModelVersion
from evenhand.competencies.queries import RequirementRow, requirements_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FEWEST_INTERVIEWERS, MOST_INTERVIEWERS = 1, 6
ADVICE: tuple["StrOrPromise", ...] = (
    _("Ask everybody the same questions, in the same order."),
    _("Ask for what was done: what happened, what the person did, what came of it."),
    _("Write down what you hear while you hear it."),
    _(
        "Rate each competency against its anchors right after the interview, before you talk with"
        " the other interviewers."
    ),
    _("Leave a rating out where you heard nothing about it. That is not a low rating."),
    _(
        "Ask nothing about family, health, age, religion, origin or other private matters, and"
        " write nothing down about them."
    ),
)
FORMULA: "StrOrPromise" = _(
    "Result = weights times ratings, summed, divided by the sum of the weights of what was rated."
    " It helps you compare notes; people decide, and say why."
)


@dataclass(frozen=True, slots=True)
class Guide:
    """What stands in an interview guide, with a scorecard for each interviewer."""

    name: str
    jobs: str
    number: int
    on: date
    rows: tuple[RequirementRow, ...]
    interviewers: int

    @property
    def cards(self) -> range:
        """The scorecards by their numbers."""
        return range(1, self.interviewers + 1)


def guide_of(version: ModelVersion, on: date, *, interviewers: int = 2) -> Guide:
    """The guide for a version of a model, in the words that hold on the day."""
    grades = _("grade %(grades)s") % {"grades": ", ".join(version.grades)} if version.grades else ""
    return Guide(
        name=version.name,
        jobs=" · ".join(filter(None, (version.title, version.job_family, str(grades)))),
        number=version.number,
        on=on,
        rows=requirements_of(version, on),
        interviewers=min(MOST_INTERVIEWERS, max(FEWEST_INTERVIEWERS, interviewers)),
    )
