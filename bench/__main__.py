"""`python -m bench --people 100000`: everything, into the database the environment names."""

import argparse
import os
import sys

import django
from django.core.management import call_command
from django.db import connection


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--without-autosave", action="store_true")
    parser.add_argument("--only-goals", action="store_true", help="no launch, pages or autosave")
    args = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()

    from bench.aligning import bench_alignment
    from bench.autosaving import bench_autosave
    from bench.feeding import bench_feeding
    from bench.importing import bench_import
    from bench.launching import bench_launch
    from bench.measuring import Table
    from bench.pages import bench_pages
    from evenhand.people.models import Person

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if Person.objects.exists():
        sys.exit("This database is not empty. The bench empties tables: give it one of its own.")
    table = Table(("what", "Evenhand", "limit", "ratio", "more"))
    print(f"{connection.vendor}, {args.people:,} people, {os.cpu_count()} cores", flush=True)
    bench_import(args.people, table)
    if not args.only_goals:
        cycle = bench_launch(table)
        connection.cursor().execute("ANALYZE")
        bench_pages(cycle, table)
        if not args.without_autosave:
            bench_autosave(cycle, table)
    bench_alignment(table)
    bench_feeding(table)
    print(f"\n{table.as_markdown()}")


if __name__ == "__main__":
    main()
