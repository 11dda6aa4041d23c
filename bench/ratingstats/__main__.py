"""`python -m bench.ratingstats`: speed, size and agreement of the crossed models."""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

from bench.measuring import Table
from bench.ratingstats import beside_r

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
LECTURES = Path("insteval") / "insteval.csv"
# Ratings up to which the exact solver and other programs are asked, too.
WAYS = (
    ("crossed", "exact"),
    ("crossed", "iterative"),
    ("crossed_in_units", "iterative"),
    ("within_units", "exact"),
)
EXACT, STATSMODELS = 10**5, (400, 1000)


def child(*given: object) -> dict:
    command = [sys.executable, "-m", "bench.ratingstats.child", *map(str, given)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def seconds_of(command: list[str], times: int = 3) -> float:
    """The median seconds of a whole process."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        seconds.append(time.perf_counter() - began)
    return median(seconds)


def bench_lectures(path: Path, *, with_r: bool) -> None:
    ours = child("lectures", path, 7)
    once = [sys.executable, "-m", "bench.ratingstats.child", "lectures", str(path), "1"]
    whole = seconds_of(once)
    if not with_r:
        print(f"fit {ours['median']:.3f} s, whole process {whole:.2f} s: {ours}")
        return
    theirs = beside_r.lectures(path, 3)
    command = ["Rscript", "--vanilla", str(beside_r.SCRIPT), str(path), "1"]
    their_whole = seconds_of(command)
    print(f"\nlme4 {theirs['version']}")
    times = Table(("73,421 ratings of lectures", "here", "lme4", "times faster"))
    for what, here, there in (
        ("fit, median", ours["median"], theirs["median"]),
        ("fit, first in its process", ours["first"], theirs["first"]),
        ("fit, lme4 without checking its derivatives", ours["median"], theirs["quick"]),
        ("read the file", ours["read"], theirs["read"]),
        ("whole process: start, read, fit", whole, their_whole),
    ):
        times.add(what, f"{here:.2f} s", f"{there:.2f} s", f"{there / here:.1f}")
    values = Table(("value", "here", "lme4", "apart"))
    found = {**ours["variances"], **{k: ours[k] for k in ("criterion", "intercept", "error")}}
    for name, value in found.items():
        apart = abs(value - theirs[name]) / (1 if name == "criterion" else abs(value))
        values.add(name, f"{value:.9g}", f"{theirs[name]:.9g}", f"{apart:.1e}")
    print(f"\n{times.as_markdown()}\n\n{values.as_markdown()}\n")


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
        for kind, solver in (
            ("crossed", "exact"),
            ("crossed", "iterative"),
            ("within_units", "exact"),
        ):
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
    return ", ".join(f"{each:+.1f}" for each in off)


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
