import argparse
from pathlib import Path

from config.environment import fresh_secrets, kept_secrets


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--keep", metavar="FILE", type=Path, help="write them to FILE, unless it is already there"
    )


def run(args: argparse.Namespace) -> int:
    if args.keep:
        kept_secrets(args.keep)
        print(f"The keys are in {args.keep}. Keep a copy: without them no text can be read.")
        return 0
    for name, value in fresh_secrets().items():
        print(f"{name}={value}")
    return 0
