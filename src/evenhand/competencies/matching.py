"""Which of several models a job has: the most specific one that fits."""

from collections.abc import Iterable

from evenhand.competencies.models import ModelVersion
from evenhand.competencies.parts import Job
from evenhand.spreadsheets.words import tidy

Scope = tuple[str, str, str]


class ModelChoice:
    """The models in force on a day, ready to be asked for many jobs.

    A title beats a job family with a grade, which beats a job family, which beats a grade alone,
    which beats a model for every job. Of two for the same jobs the one that began later counts.
    """

    def __init__(self, versions: Iterable[ModelVersion]) -> None:
        self._by_scope: dict[Scope, ModelVersion] = {}
        for version in sorted(versions, key=lambda v: (v.starts_on, v.pk)):
            for scope in scopes_of(version):
                self._by_scope[scope] = version

    def model_for(self, job: Job) -> ModelVersion | None:
        """The model of a job, if any fits."""
        wanted = _alike(job.title), _alike(job.job_family), _alike(job.grade)
        for title in _given_or_any(wanted[0]):
            for family in _given_or_any(wanted[1]):
                for grade in _given_or_any(wanted[2]):
                    if found := self._by_scope.get((title, family, grade)):
                        return found
        return None


def scopes_of(version: ModelVersion) -> list[Scope]:
    """For which jobs a version is, as texts that can be compared: one for each of its grades."""
    title, family = _alike(version.title), _alike(version.job_family)
    grades = [_alike(grade) for grade in version.grades] or [""]
    return [(title, family, grade) for grade in grades]


def _alike(text: str) -> str:
    """A text as it is compared: case and blanks do not matter, signs do (A+ is not A)."""
    return tidy(text).casefold()


def _given_or_any(word: str) -> tuple[str, ...]:
    return (word, "") if word else ("",)
