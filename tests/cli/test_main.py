import importlib

import pytest

from evenhand.cli.main import COMMANDS, main


def test_without_a_command_it_lists_them_all(capsys):
    assert main([]) == 2
    listed = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in listed] == []


def test_an_unknown_command_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["dance"])

    assert stopped.value.code == 2
    assert "dance" in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_configured_and_run(name):
    module = importlib.import_module(f"evenhand.cli.{COMMANDS[name].module}")

    assert callable(module.configure)
    assert callable(module.run)


def test_an_interrupted_command_ends_without_noise(monkeypatch):
    def be_interrupted(args):
        raise KeyboardInterrupt

    monkeypatch.setattr("evenhand.cli.keys.run", be_interrupted)

    assert main(["keys"]) == 130


def test_keys_are_fresh_each_time(capsys):
    main(["keys"])
    first = capsys.readouterr().out
    main(["keys"])

    assert "EVENHAND_SECRET_KEY=" in first
    assert "EVENHAND_KEYS=1:" in first
    assert capsys.readouterr().out != first


def test_kept_keys_are_not_overwritten(tmp_path):
    file = tmp_path / "keys.env"
    main(["keys", "--keep", str(file)])
    kept = file.read_text()
    main(["keys", "--keep", str(file)])

    assert file.read_text() == kept
