"""Keeps the processes of an installation running: started together, stopped together."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

HURRIED = 5.0
ENOUGH_TRIES = 3
PATIENCE = 15.0
GLANCE = 0.25


@dataclass(slots=True)
class Child:
    """A process that should always run; it is given up when it dies at once, again and again."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    early_deaths: int = 0

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the supervisor only, which stops all in order.
        self.process = subprocess.Popen(  # noqa: S603  # the command is ours
            [*tether(), *self.command], env=dict(self.environment), start_new_session=True
        )
        self.started = time.monotonic()

    def revive(self) -> bool:
        """Start again when dead; false when that has proved hopeless."""
        if self.process is None or self.process.poll() is None:
            return True
        hurried = time.monotonic() - self.started < HURRIED
        self.early_deaths = self.early_deaths + 1 if hurried else 0
        if self.early_deaths >= ENOUGH_TRIES:
            return False
        self.clear_away()
        print(f"{self.name} stopped ({self.process.returncode}); starting it again.", flush=True)
        self.start()
        return True

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, patience: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.clear_away()

    def clear_away(self) -> None:
        """End what the process started and left behind."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def tether() -> list[str]:
    """Where the system can: a child is asked to stop when its supervisor dies, however it dies."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


@dataclass(slots=True)
class Supervisor:
    children: Sequence[Child]
    asked_to_stop: bool = field(default=False, init=False)

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask_to_stop)
        try:
            for child in self.children:
                child.start()
            return self.watch()
        finally:
            self.stop()

    def watch(self) -> int:
        while not self.asked_to_stop:
            for child in self.children:
                if not child.revive():
                    print(f"{child.name} does not stay up; giving up.", file=sys.stderr)
                    return 1
            time.sleep(GLANCE)
        return 0

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def stop(self) -> None:
        for child in self.children:
            child.stop()
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            child.wait(max(0.0, deadline - time.monotonic()))
