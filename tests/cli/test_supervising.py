import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from evenhand.cli import supervising
from evenhand.cli.supervising import Child, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(supervising, "GLANCE", 0.02)
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def child(command, name="The child"):
    return Child(name, command, dict(os.environ))


def until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_running(number):
    status = Path(f"/proc/{number}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def later(do):
    thread = threading.Thread(target=do)
    thread.start()
    return thread


def test_a_signal_stops_every_child():
    children = [child(SLEEP), child(SLEEP)]

    def interrupt():
        until(lambda: all(c.process for c in children))
        os.kill(os.getpid(), signal.SIGTERM)

    later(interrupt)

    assert Supervisor(children).run() == 0
    assert all(c.process.returncode == -signal.SIGTERM for c in children)


def test_a_child_that_dies_is_started_again(capsys):
    only = child(SLEEP)
    supervisor = Supervisor([only])

    def kill_and_stop():
        until(lambda: only.process)
        first = only.process
        first.kill()
        until(lambda: only.process is not first)
        supervisor.asked_to_stop = True

    later(kill_and_stop)

    assert supervisor.run() == 0
    assert "The child stopped (-9); starting it again." in capsys.readouterr().out


def test_what_a_dead_child_started_is_ended_too(tmp_path):
    left = tmp_path / "left"
    only = child(["sh", "-c", f"sleep 60 & echo $! > {left}; wait"])
    only.start()
    until(lambda: left.exists() and left.read_text())
    grandchild = int(left.read_text())
    only.process.kill()
    only.process.wait()

    only.revive()

    until(lambda: not is_running(grandchild))
    only.stop()
    only.wait(5)


@pytest.mark.skipif(not supervising.tether(), reason="this system cannot tether processes")
def test_children_do_not_outlive_a_supervisor_that_was_killed(tmp_path):
    alive = tmp_path / "alive"
    script = (
        "import os; from evenhand.cli.supervising import Child, Supervisor; "
        f"Supervisor([Child('c', ['sh', '-c', 'echo $$ > {alive}; sleep 60'], os.environ)]).run()"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", script])
    until(lambda: alive.exists() and alive.read_text().strip())
    supervisor.kill()
    supervisor.wait()

    until(lambda: not is_running(int(alive.read_text())))


def test_a_child_that_never_stays_up_is_given_up_and_takes_the_others_along(capsys):
    other = child(SLEEP)

    assert Supervisor([child([sys.executable, "-c", "raise SystemExit(3)"]), other]).run() == 1
    assert "does not stay up" in capsys.readouterr().err
    assert other.process.returncode == -signal.SIGTERM


def test_a_child_that_will_not_stop_is_killed():
    stubborn = child([sys.executable, "-c", STUBBORN])
    stubborn.process = subprocess.Popen(stubborn.command, stdout=subprocess.PIPE)
    stubborn.process.stdout.readline()
    stubborn.stop()

    stubborn.wait(0.2)

    assert stubborn.process.returncode == -signal.SIGKILL
    stubborn.process.stdout.close()
