import pytest
from django.db import IntegrityError, connection, transaction

from evenhand.audit.models import Entry, Seal
from evenhand.audit.sealing import seal_entries
from tests.factories.audit import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kept", [Entry, Seal])
def test_the_database_refuses_to_change_the_trail(kept):
    EntryFactory()
    seal_entries()
    column = "code" if kept is Entry else "digest"

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        kept.objects.update(**{column: "x"})


@pytest.mark.parametrize("kept", [Entry, Seal])
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="tests empty tables with DELETE on SQLite; see conftest"
)
def test_the_database_refuses_to_delete_from_the_trail(kept):
    EntryFactory()
    seal_entries()

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        kept.objects.all().delete()
