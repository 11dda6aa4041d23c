import argparse
import socket

import pytest

from evenhand.cli import migrating, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(port):
    parser = argparse.ArgumentParser()
    serving.configure(parser)
    return serving.run(parser.parse_args(["--port", str(port)]))


def test_a_database_that_is_behind_is_said_before_serving(free_port, monkeypatch, capsys):
    monkeypatch.setattr(migrating, "is_up_to_date", lambda: False)

    assert run(free_port) == 1
    assert "evenhand migrate" in capsys.readouterr().err


def test_a_port_in_use_is_said_before_serving(capsys):
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert run(other.getsockname()[1]) == 1

    assert "already answers" in capsys.readouterr().err


def test_after_migrating_the_database_is_up_to_date():
    assert migrating.is_up_to_date()
