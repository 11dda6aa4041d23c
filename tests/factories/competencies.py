"""Competencies and models as they stand in the database.

CompetencyFactory()                          one published version since 2020, five levels
CompetencyFactory(code="listening", name="Listening")
CompetencyVersionFactory(in_writing=True)    a version nobody but the specialist sees
ModelFactory(requirements={"listening": (3, 40), ...}, job_family="Engineering", grades=["G5"])
                                             missing competencies are made; else three of them
"""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from evenhand.competencies.models import (
    Anchor,
    Competency,
    CompetencyModel,
    CompetencyVersion,
    Level,
    ModelVersion,
    Requirement,
)
from tests.factories.people import SINCE, PersonFactory

WRITTEN_AT = datetime(2020, 1, 1, 8, tzinfo=UTC)
LABELS = {1: "Learning", 2: "With guidance", 3: "On their own", 4: "Guides others", 5: "Shapes"}
THREE = {"listening": (3, 40), "writing": (2, 30), "planning": (4, 30)}


class CompetencyFactory(DjangoModelFactory):
    """A competency with a published version; `name`, `category`, `starts_on` go to the version."""

    class Meta:
        model = Competency
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"competency-{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        own = {name: kwargs.pop(name) for name in ("code", "retired_at") if name in kwargs}
        competency = super()._create(model_class, *args, **own)
        name = competency.code.replace("-", " ").capitalize()
        CompetencyVersionFactory(competency=competency, **{"name": name, **kwargs})
        return competency


class CompetencyVersionFactory(DjangoModelFactory):
    """A published version with five levels of two anchors each; `levels=()` for other ones."""

    class Meta:
        model = CompetencyVersion
        skip_postgeneration_save = True

    class Params:
        in_writing = factory.Trait(starts_on=None, published_at=None)

    competency = factory.LazyFunction(
        lambda: Competency.objects.create(code=f"bare-{Competency.objects.count()}")
    )
    number = 1
    name = "Listening"
    definition = "Takes in what others say and lets it count."
    questions = factory.LazyFunction(lambda: ["When did you change your mind after listening?"])
    look_for = factory.LazyFunction(lambda: ["Names what changed because of what was heard."])
    starts_on = SINCE
    published_at = WRITTEN_AT
    written_at = WRITTEN_AT
    author = factory.SubFactory(PersonFactory)

    @factory.post_generation
    def levels(self, create, extracted, **_):
        if not create:
            return
        for value in LABELS if extracted is None else extracted:
            level = Level.objects.create(
                version=self,
                value=value,
                label=LABELS[value],
                descriptor=f"What {self.name.lower()} means at level {value}.",
            )
            for place in (1, 2):
                text = f"Writes {value} notes of {self.name.lower()} for meeting {place}."
                Anchor.objects.create(level=level, place=place, text=text)


class ModelVersionFactory(DjangoModelFactory):
    """A published version of a model without requirements."""

    class Meta:
        model = ModelVersion

    class Params:
        in_writing = factory.Trait(starts_on=None, published_at=None)

    model = factory.LazyFunction(
        lambda: CompetencyModel.objects.create(code=f"model-{CompetencyModel.objects.count()}")
    )
    number = 1
    name = "Engineer"
    starts_on = SINCE
    published_at = WRITTEN_AT
    written_at = WRITTEN_AT
    author = factory.SubFactory(PersonFactory)


class ModelFactory(ModelVersionFactory):
    """A version of a model, with its requirements: code of competency to (level, weight)."""

    class Meta:
        model = ModelVersion
        skip_postgeneration_save = True

    @factory.post_generation
    def requirements(self, create, extracted, **_):
        if create:
            require(self, THREE if extracted is None else extracted)


def require(version, wanted):
    """Let a version of a model ask for competencies: code to (level, weight)."""
    for place, (code, (level, weight)) in enumerate(wanted.items(), start=1):
        competency = Competency.objects.filter(code=code).first() or CompetencyFactory(code=code)
        Requirement.objects.create(
            version=version,
            competency=competency,
            place=place,
            expected_level=level,
            weight=weight,
        )
