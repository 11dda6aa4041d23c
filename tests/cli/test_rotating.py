import argparse

import pytest

from evenhand.audit.models import Entry
from evenhand.cli import keys
from evenhand.reviews.models import Answer
from tests.factories.reviews import AnswerFactory

pytestmark = pytest.mark.django_db

OLD, NEW = 32 * b"o", 32 * b"n"


def evenhand_keys(*words):
    parser = argparse.ArgumentParser()
    keys.configure(parser)
    return keys.run(parser.parse_args(words))


def test_every_text_passes_to_the_newest_key_and_that_is_on_record(settings, capsys):
    settings.FIELD_KEYS = {"old": OLD}
    answer = AnswerFactory(text="Dependable.")
    settings.FIELD_KEYS = {"new": NEW, "old": OLD}

    assert evenhand_keys("rotate") == 0

    said = capsys.readouterr().out
    assert "sealed again with the newest key 'new': 1" in said
    settings.FIELD_KEYS = {"new": NEW}
    assert Answer.objects.get(pk=answer.pk).text == "Dependable."
    assert Entry.objects.filter(code="keys.rotated", by_name="Evenhand").exists()


def test_a_text_whose_key_is_lost_is_said_to_be_so(settings, capsys):
    settings.FIELD_KEYS = {"old": OLD}
    AnswerFactory(text="Dependable.")
    settings.FIELD_KEYS = {"new": NEW}

    assert evenhand_keys("rotate") == 1

    assert "does not have" in capsys.readouterr().out
