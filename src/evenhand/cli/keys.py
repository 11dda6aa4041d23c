import argparse
import importlib
from pathlib import Path

import django

from config.environment import fresh_secrets, kept_secrets


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "task", nargs="?", choices=["rotate"], help="seal every text again with the newest key"
    )
    parser.add_argument(
        "--keep", metavar="FILE", type=Path, help="write them to FILE, unless it is already there"
    )


def run(args: argparse.Namespace) -> int:
    if args.task == "rotate":
        return rotate()
    if args.keep:
        kept_secrets(args.keep)
        print(f"The keys are in {args.keep}. Keep a copy: without them no text can be read.")
        return 0
    for name, value in fresh_secrets().items():
        print(f"{name}={value}")
    return 0


def rotate() -> int:
    # Fresh keys are printed before any settings exist; only this task needs them.
    django.setup()
    return int(importlib.import_module("evenhand.cli.rotating").rotate_keys())
