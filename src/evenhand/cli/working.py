import argparse
import os
import sys

from evenhand.cli.supervising import Child, Supervisor


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments: how many work at a time is set in the environment."""


def run(args: argparse.Namespace) -> int:
    return Supervisor(workers()).run()


def workers() -> list[Child]:
    environment = dict(os.environ)
    command = [sys.executable, "-m", "django"]
    return [
        Child("The worker", [*command, "qcluster"], environment),
        Child("The timekeeper", [*command, "keep_time"], environment),
    ]
