"""`python -m bench.ratingstats`: speed, size and agreement of the crossed models."""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from bench.measuring import Table
from bench.ratingstats import beside_r

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
LECTURES = Path("insteval") / "insteval.csv"
# Designs, and the solvers asked for each.
WAYS = (
    ("crossed", "exact"),
    ("crossed", "iterative"),
    ("crossed_in_units", "iterative"),
    ("within_units", "exact"),
)
# Ratings up to which the exact solver is asked for crossed designs; those statsmodels is asked for.
EXACT, STATSMODELS = 10**5, (400, 1000)
ROUNDS = 4


def child(*given: object) -> dict:
    command = [sys.executable, "-m", "bench.ratingstats.child", *map(str, given)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def seconds_of(command: list[str]) -> float:
    """The seconds of a whole process."""
    began = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - began


def rounds(path: Path, *, with_r: bool) -> tuple[list[dict], list[dict]]:
    """Both programs in turn, so that a busy spell of the machine falls on either."""
    ours, theirs = [], []
    once = [sys.executable, "-m", "bench.ratingstats.child", "lectures", str(path), "1"]
    r_once = ["Rscript", "--vanilla", str(beside_r.SCRIPT), str(path), "1"]
    for _ in range(ROUNDS):
        ours.append(child("lectures", path, 5) | {"whole": seconds_of(once)})
        if with_r:
            theirs.append(beside_r.lectures(path, 2) | {"whole": seconds_of(r_once)})
    return ours, theirs


def bench_lectures(path: Path, *, with_r: bool) -> None:
    ours, theirs = rounds(path, with_r=with_r)
    columns = ("73,421 ratings of lectures, best of 4", "here", "lme4", "times faster")
    times = Table(columns if with_r else columns[:2])
    for what, here, there in (
        ("fit", "best", "best"),
        ("fit, first in its process", "first", "first"),
        ("fit, lme4 without checking its derivatives", "best", "quick"),
        ("read the file", "read", "read"),
        ("whole process: start, read, fit", "whole", "whole"),
    ):
        mine = min(each[here] for each in ours)
        cells = [what, f"{mine:.2f} s"]
        if with_r:
            other = min(each[there] for each in theirs)
            cells += [f"{other:.2f} s", f"{other / mine:.1f}"]
        times.add(*cells)
    print(f"\n{times.as_markdown()}\n")
    if with_r:
        _compare(ours[0], theirs[0])


def _compare(ours: dict, theirs: dict) -> None:
    values = Table(("value", "here", f"lme4 {theirs['version']}", "apart"))
    found = {**ours["variances"], **{k: ours[k] for k in ("criterion", "intercept", "error")}}
    for name, value in found.items():
        apart = abs(value - theirs[name]) / (1 if name == "criterion" else abs(value))
        values.add(name, f"{value:.9g}", f"{theirs[name]:.9g}", f"{apart:.1e}")
    print(f"\n{values.as_markdown()}\n")


def bench_statsmodels() -> None:
    from bench.ratingstats.beside_statsmodels import beside

    table = Table(("ratings", "here", "statsmodels", "times faster", "variances apart"))
    for ratings in STATSMODELS:
        found = beside(ratings)
        faster = f"{found['theirs'] / found['ours']:.0f}"
        ours, theirs = f"{1000 * found['ours']:.0f} ms", f"{found['theirs']:.1f} s"
        table.add(ratings, ours, theirs, faster, f"{found['apart']:.1e}")
    print(f"\n{table.as_markdown()}\n")


def bench_growth(most: int) -> None:
    columns = (
        "ratings",
        "design",
        "solver",
        "seconds",
        "MiB of the fit",
        "MiB at most",
        "evaluations",
    )
    table = Table((*columns, "standard errors from the truth"))
    seconds: dict[tuple[str, str], list[tuple[float, float]]] = {}
    sizes = [10**power for power in range(4, 8) if 10**power <= most]
    for ratings in sizes:
        for kind, solver in WAYS:
            if (kind, solver) == ("crossed", "exact") and ratings > EXACT:
                continue
            found = child("drawn", kind, ratings, solver)
            seconds.setdefault((kind, solver), []).append((ratings, found["seconds"]))
            fit_alone = found["peak"] - found["before"]
            memory = f"{fit_alone:.0f}", f"{found['peak']:.0f}"
            shown = f"{found['seconds']:.2f}", *memory, found["evaluations"]
            table.add(f"{ratings:,}", kind.replace("_", " "), solver, *shown, _from_truth(found))
    print(f"\n{table.as_markdown()}\n")
    for (kind, solver), times in seconds.items():
        if len(times) > 2:  # noqa: PLR2004  # a slope through two points fits them always
            slope = np.polyfit(*np.log10(np.array(times)).T, 1)[0]
            print(f"{kind.replace('_', ' ')}, {solver}: seconds grow as ratings to the {slope:.2f}")


def _from_truth(found: dict) -> str:
    from bench.ratingstats.drawing import TRUTH

    errors = zip(found["variances"].items(), found["errors"], strict=True)
    off = [(variance - TRUTH[name]) / error for (name, variance), error in errors]
    return ", ".join("at zero" if np.isnan(each) else f"{each:+.1f}" for each in off)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.ratingstats")
    data = os.environ.get("EVENHAND_REFERENCE_DATA", DATA)
    parser.add_argument("--data", type=Path, default=data, help="the folder of reference data")
    parser.add_argument("--most", type=float, default=1e7, help="ratings of the largest fit")
    parser.add_argument("--without-r", action="store_true")
    args = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start", flush=True)
    lectures = Path(args.data) / LECTURES
    if lectures.exists():
        bench_lectures(lectures, with_r=not args.without_r and beside_r.installed())
    bench_statsmodels()
    bench_growth(int(args.most))
    print(f"load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
