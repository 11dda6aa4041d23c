import argparse

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all went well")


def run(args: argparse.Namespace) -> int:
    migrate(verbosity=0 if args.quiet else 1)
    return 0


def migrate(*, verbosity: int) -> None:
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)


def is_up_to_date() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
