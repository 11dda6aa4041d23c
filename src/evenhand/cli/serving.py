import argparse
import os
import socket
import sys
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from evenhand.cli import migrating
from evenhand.cli.supervising import Child, Supervisor
from evenhand.cli.working import workers

GLANCE = 0.1


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--without-jobs", action="store_true", help="perform no jobs here")


def run(args: argparse.Namespace) -> int:
    if is_taken(args.host, args.port):
        return refuse_port(args)
    if not migrating.is_up_to_date():
        print("The database is not up to date. Please run: evenhand migrate", file=sys.stderr)
        return 1
    return serve(args, lambda: print(f"Evenhand is at {address(args)}", flush=True))


def serve(args: argparse.Namespace, when_up: Callable[[], None]) -> int:
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    os.environ.setdefault("EVENHAND_URL", address(args))
    children = [web(args.host, args.port)]
    if not args.without_jobs:
        children += workers()
    threading.Thread(target=wait_for, args=(args, when_up), daemon=True).start()
    return Supervisor(children).run()


def wait_for(args: argparse.Namespace, when_up: Callable[[], None]) -> None:
    while not is_taken(args.host, args.port):
        time.sleep(GLANCE)
    when_up()


def address(args: argparse.Namespace) -> str:
    return f"http://{args.host}:{args.port}"


def refuse_port(args: argparse.Namespace) -> int:
    print(f"Something else already answers at {args.host}:{args.port}.", file=sys.stderr)
    return 1


def is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def web(host: str, port: int) -> Child:
    # SQLite has one writer anyway; one process spares it the queue.
    processes = "1" if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") else "2"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", host, "--port", str(port), "--log-level", "error"]
    command += ["--workers", os.environ.get("EVENHAND_WEB_PROCESSES", processes)]
    command += ["--blocking-threads", os.environ.get("EVENHAND_WEB_THREADS", "8")]
    return Child("The web server", [*command, "config.wsgi:application"], dict(os.environ))
