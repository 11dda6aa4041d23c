import argparse

import pytest

from evenhand.cli import demo, serving
from evenhand.people.models import Person
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings, tmp_path, monkeypatch):
    """A var of its own, and nothing really served."""
    settings.VAR = tmp_path
    monkeypatch.setattr(serving, "serve", lambda args, when_up: when_up() or 0)
    monkeypatch.setattr(serving, "is_taken", lambda host, port: False)


def run(people=20):
    parser = argparse.ArgumentParser()
    demo.configure(parser)
    return demo.run(parser.parse_args(["--people", str(people)]))


def test_real_people_are_never_shown(capsys):
    PersonFactory()

    assert run() == 1
    assert "real people" in capsys.readouterr().err


def test_an_empty_database_is_furnished_once(capsys):
    assert run() == 0
    made_up = Person.objects.count()
    assert "Specialist" in capsys.readouterr().out

    assert run() == 0
    assert Person.objects.count() == made_up > 0
    assert "Specialist" in capsys.readouterr().out


@pytest.mark.parametrize("people", ["-1", "3", "many"])
def test_too_few_people_are_refused_in_words(people, capsys):
    with pytest.raises(SystemExit):
        run(people)

    assert "at least 20" in capsys.readouterr().err


def test_a_port_in_use_is_said_at_once(monkeypatch, capsys):
    monkeypatch.setattr(serving, "is_taken", lambda host, port: True)

    assert run() == 1
    assert "already answers" in capsys.readouterr().err
