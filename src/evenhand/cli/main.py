import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

UNUSABLE = 2
INTERRUPTED = 130


class CommandModule(Protocol):
    def configure(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


@dataclass(frozen=True, slots=True)
class Command:
    module: str
    summary: str
    needs_django: bool = True
    settings: str = "config.settings"


COMMANDS = {
    "serve": Command("serving", "serve the pages and perform jobs"),
    "work": Command("working", "perform jobs only, for a machine that serves no pages"),
    "demo": Command("demo", "serve a made-up organization, to try everything"),
    "migrate": Command("migrating", "bring the database up to date"),
    "appoint": Command("appointing", "make somebody the first specialist"),
    "import": Command("importing", "import people from a file"),
    "audit": Command(
        "auditing", "audit the ratings in a CSV or Excel file", settings="config.alone"
    ),
    "audit-trail": Command("audit_trail", "prove that the audit trail is whole"),
    "keys": Command("keys", "print fresh keys, or rotate to the newest", needs_django=False),
    "manage": Command("manage", "run one of Django's own commands"),
}


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    parser = front_parser()
    if not words or words[0] not in COMMANDS:
        parser.parse_args(words)
        parser.print_help()
        return UNUSABLE
    name, *rest = words
    try:
        command = load(name)
    except ImproperlyConfigured as problem:
        print(problem, file=sys.stderr)
        return UNUSABLE
    command_parser = argparse.ArgumentParser(
        prog=f"evenhand {name}", description=COMMANDS[name].summary
    )
    command.configure(command_parser)
    try:
        return command.run(command_parser.parse_args(rest))
    except KeyboardInterrupt:
        return INTERRUPTED


def front_parser() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {name:<12} {c.summary}" for name, c in COMMANDS.items())
    return argparse.ArgumentParser(
        prog="evenhand",
        usage="evenhand COMMAND ...",
        description=f"commands:\n{commands}",
        epilog="`evenhand COMMAND --help` tells more about one.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def load(name: str) -> CommandModule:
    """A command's module is imported by name, once the settings it needs are in place."""
    choose_settings(COMMANDS[name].settings)
    if name == "demo":
        os.environ["EVENHAND_DEMO"] = "1"
    if name != "audit":
        # Servers and workers share the machine; more threads would wait for each other.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if COMMANDS[name].needs_django:
        django.setup()
    module = importlib.import_module(f"evenhand.cli.{COMMANDS[name].module}")
    return cast("CommandModule", module)


def choose_settings(module: str) -> None:
    """A command that works on files alone must not ask for what a server needs."""
    if module != "config.settings" and not settings.configured:
        os.environ["DJANGO_SETTINGS_MODULE"] = module
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", module)


if __name__ == "__main__":
    sys.exit(main())
