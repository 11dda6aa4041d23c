"""Reads the environment: addresses of services, switches, and keys made once for a demo."""

import base64
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;"
)


def switch(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path).removeprefix("/"))
    if parts.scheme in {"postgres", "postgresql"}:
        return postgresql(url)
    message = "EVENHAND_DATABASE_URL must begin with sqlite:// or postgres://."
    raise ImproperlyConfigured(message)


def sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path or ":memory:",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """`?pgbouncer=1` gives up what a transaction pooler cannot keep between transactions."""
    parts = urlsplit(url)
    options: dict[str, Any] = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    behind_pgbouncer = options.pop("pgbouncer", "") == "1"
    host = options.pop("host", "") or unquote(parts.hostname or "")
    if behind_pgbouncer:
        options["prepare_threshold"] = None
    else:
        # What pages ask is answered sooner than it is compiled.
        options.setdefault("options", "-c jit=off")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path).removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": parts.port or "",
        # Every thread of the web server keeps its connection.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        "DISABLE_SERVER_SIDE_CURSORS": behind_pgbouncer,
    }


def email(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"}:
        message = "EVENHAND_EMAIL_URL must begin with smtp://, smtps://, file:// or console://."
        raise ImproperlyConfigured(message)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parse_qs(parts.query).get("tls") == ["1"],
        "EMAIL_TIMEOUT": 15,
    }


def required_secrets(var: Path, *, may_generate: bool) -> dict[str, str]:
    """From the environment or from var/keys.env, which a demo or a developer gets made once."""
    names = ("EVENHAND_SECRET_KEY", "EVENHAND_KEYS")
    known = {name: os.environ[name] for name in names if os.environ.get(name)}
    if len(known) == len(names):
        return known
    keys = var / "keys.env"
    if not may_generate and not keys.exists():
        missing = " and ".join(name for name in names if name not in known)
        message = f"Please set {missing}. `evenhand keys` prints fresh ones for the environment, "
        message += f"`evenhand keys --keep {keys}` keeps them in a file that is found by itself."
        raise ImproperlyConfigured(message)
    return kept_secrets(keys) | known


def fresh_secrets() -> dict[str, str]:
    key = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return {"EVENHAND_SECRET_KEY": secrets.token_urlsafe(50), "EVENHAND_KEYS": f"1:{key}"}


def kept_secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text("".join(f"{name}={value}\n" for name, value in fresh_secrets().items()))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was first; its keys count
        finally:
            draft.unlink()
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if line)


def field_keys(text: str) -> dict[str, bytes]:
    """`id:base64key,...`; the first is the one that new values are written with."""
    keys: dict[str, bytes] = {}
    for entry in text.split(","):
        name, _, encoded = entry.strip().partition(":")
        try:
            keys[name] = base64.urlsafe_b64decode(encoded)
        except ValueError:
            keys[name] = b""
        if not name or len(keys[name]) != KEY_BYTES:
            message = "EVENHAND_KEYS must look like id:base64key,... with keys of 32 bytes."
            raise ImproperlyConfigured(message)
    return keys
