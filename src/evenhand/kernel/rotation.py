"""Seals again with the primary key what an older key still seals, a batch at a time.

A text changed meanwhile is left alone: it was sealed with the primary key when it was changed.
"""

from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Cast, StrIndex, Substr

from evenhand.kernel.encryption import VERSION, key_ring
from evenhand.kernel.fields import EncryptedTextField

COUNT = "keys.count"
ROTATION = "keys.rotation"
BATCH = 500

Column = tuple[type[models.Model], EncryptedTextField]


def sealed_columns() -> list[Column]:
    """Every encrypted column of every room."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    ]


def keys_in_use() -> dict[str, int]:
    """How many texts each key seals. Reads every text, so it takes its time."""
    counts: Counter[str] = Counter()
    for column in sealed_columns():
        after_version = Substr("raw", len(VERSION) + 2)
        key = Substr(after_version, 1, StrIndex(after_version, Value(".")) - 1)
        found = (
            _raw(column).exclude(raw="").annotate(sealed_with=key).order_by().values("sealed_with")
        )
        for row in found.annotate(number=Count("pk")):
            counts[row["sealed_with"]] += row["number"]
    return dict(counts)


def outdated(column: Column) -> models.QuerySet[models.Model]:
    """The rows whose text in this column is sealed with another key than the primary one."""
    current = f"{VERSION}.{key_ring().primary}."
    return _raw(column).exclude(Q(raw="") | Q(raw__startswith=current) | Q(raw=None))


def rotate(column: Column) -> Iterator[int]:
    """Seal the outdated texts of a column again; yields how many after each batch."""
    after = 0
    while batch := _batch(column, after):
        with transaction.atomic():
            for pk, raw in batch:
                _seal_again(column, pk, raw)
        after = batch[-1][0]
        yield len(batch)


def _batch(column: Column, after: int) -> list[tuple[int, str]]:
    rows = outdated(column).filter(pk__gt=after).order_by("pk").values_list("pk", "raw")
    return list(rows[:BATCH])


def _seal_again(column: Column, pk: int, raw: str) -> None:
    _model, field = column
    sealed = key_ring().seal(key_ring().open(raw, place=field.place), place=field.place)
    # Given as an expression, the value passes by the field, which would seal it a second time.
    value = Value(sealed, output_field=models.TextField())
    _raw(column).filter(pk=pk, raw=raw).update(**{field.name: value})


def _raw(column: Column) -> models.QuerySet[models.Model]:
    model, field = column
    raw = Cast(F(field.name), models.TextField())
    rows: models.QuerySet[models.Model] = models.QuerySet(model).annotate(raw=raw)
    return rows
