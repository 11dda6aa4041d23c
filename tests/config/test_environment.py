import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    for name in ("EVENHAND_SECRET_KEY", "EVENHAND_KEYS"):
        monkeypatch.delenv(name, raising=False)


def test_a_demo_makes_its_keys_once_and_keeps_them_from_others(tmp_path):
    first = environment.required_secrets(tmp_path / "var", may_generate=True)
    again = environment.required_secrets(tmp_path / "var", may_generate=True)

    assert first == again
    assert stat.S_IMODE((tmp_path / "var" / "keys.env").stat().st_mode) == 0o600
    assert environment.field_keys(first["EVENHAND_KEYS"]).keys() == {"1"}


def test_a_real_installation_without_keys_says_what_to_set(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="EVENHAND_SECRET_KEY and EVENHAND_KEYS"):
        environment.required_secrets(tmp_path, may_generate=False)


def test_a_real_installation_may_keep_its_keys_in_the_file(tmp_path):
    kept = environment.kept_secrets(tmp_path / "keys.env")

    assert environment.required_secrets(tmp_path, may_generate=False) == kept


def test_keys_in_the_environment_go_before_those_in_the_file(tmp_path, monkeypatch):
    environment.kept_secrets(tmp_path / "keys.env")
    monkeypatch.setenv("EVENHAND_SECRET_KEY", "from outside")

    found = environment.required_secrets(tmp_path, may_generate=False)

    assert found["EVENHAND_SECRET_KEY"] == "from outside"
    assert found["EVENHAND_KEYS"]


@pytest.mark.parametrize("text", ["", "1", "1:", "1:tooshort", ":" + 43 * "A" + "="])
def test_malformed_field_keys_are_refused(text):
    with pytest.raises(ImproperlyConfigured, match="EVENHAND_KEYS"):
        environment.field_keys(text)


def test_the_first_field_key_stays_first():
    key = 43 * "A" + "="

    assert list(environment.field_keys(f"new:{key}, old:{key}")) == ["new", "old"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///var/evenhand.sqlite3", "var/evenhand.sqlite3"),
        ("sqlite:////srv/evenhand.sqlite3", "/srv/evenhand.sqlite3"),
        ("sqlite://", ":memory:"),
    ],
)
def test_sqlite_is_a_file_below_here_or_anywhere(url, name):
    assert environment.database(url)["NAME"] == name


def test_postgresql_takes_its_parts_from_the_address():
    database = environment.database("postgres://eve:p%40ss@db:5433/even?sslmode=require")

    assert database["NAME"] == "even"
    assert (database["USER"], database["PASSWORD"]) == ("eve", "p@ss")
    assert (database["HOST"], database["PORT"]) == ("db", 5433)
    assert database["OPTIONS"] == {"sslmode": "require", "options": "-c jit=off"}


def test_postgresql_can_be_a_socket_on_this_machine():
    database = environment.database("postgres://eve@/even?host=/run/postgresql")

    assert database["HOST"] == "/run/postgresql"


def test_postgresql_compiles_no_queries_unless_asked_to():
    usual = environment.database("postgres://eve@db/even")
    other = environment.database("postgres://eve@db/even?options=-c%20jit%3Don")

    assert usual["OPTIONS"] == {"options": "-c jit=off"}
    assert other["OPTIONS"] == {"options": "-c jit=on"}


def test_behind_pgbouncer_nothing_outlives_a_transaction():
    database = environment.database("postgres://eve@db/even?pgbouncer=1")

    assert database["DISABLE_SERVER_SIDE_CURSORS"]
    assert database["OPTIONS"] == {"prepare_threshold": None}


def test_another_database_is_refused_in_words():
    with pytest.raises(ImproperlyConfigured, match="sqlite:// or postgres://"):
        environment.database("mysql://db/even")


def test_mail_goes_where_the_address_says():
    assert environment.email("file:///srv/mail")["EMAIL_FILE_PATH"] == "/srv/mail"
    assert environment.email("console://")["EMAIL_BACKEND"].endswith("console.EmailBackend")
    smtp = environment.email("smtp://eve:p%40ss@mail:587?tls=1")
    assert (smtp["EMAIL_HOST"], smtp["EMAIL_PORT"], smtp["EMAIL_USE_TLS"]) == ("mail", 587, True)
    assert smtp["EMAIL_HOST_PASSWORD"] == "p@ss"
    assert environment.email("smtps://mail")["EMAIL_USE_SSL"]


def test_mail_to_nowhere_is_refused_in_words():
    with pytest.raises(ImproperlyConfigured, match="smtp://"):
        environment.email("pigeon://")
