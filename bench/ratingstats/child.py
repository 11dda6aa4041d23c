"""`python -m bench.ratingstats.child`: one measure in a process of its own, told as JSON."""

import json
import sys
import time
from pathlib import Path

import numpy as np

from ratingstats.crossed import Design, Factor, Fit, fit


def lectures(path: str, times: int) -> dict[str, object]:
    """Read the file and fit it `times` times."""
    began = time.perf_counter()
    columns = np.loadtxt(path, delimiter=",", skiprows=1, dtype=np.int64).T
    with Path(path).open(encoding="utf-8") as file:
        names = file.readline().strip().split(",")
    of = dict(zip(names, columns, strict=True))
    design = Design(of["y"], (Factor.of("s", of["s"])[0], Factor.of("d", of["d"])[0]))
    read = time.perf_counter() - began
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        found = fit(design)
        seconds.append(time.perf_counter() - began)
    return {"read": read, "first": seconds[0], "best": min(seconds), **_values(found)}


def drawn(kind: str, ratings: int, solver: str) -> dict[str, object]:
    """Fit ratings drawn from a known truth."""
    from bench.ratingstats import drawing

    design = getattr(drawing, kind)(ratings)
    before = peak_mebibytes()
    began = time.perf_counter()
    found = fit(design, solver=solver)
    seconds = time.perf_counter() - began
    errors = np.sqrt(np.diag(found.covariance)).tolist()
    peak = {"before": before, "peak": peak_mebibytes()}
    return {"seconds": seconds, "errors": errors, **peak, **_values(found)}


def peak_mebibytes() -> float:
    """The most memory this process has had; what its parent had is not counted."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kibibytes = next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]
    return int(kibibytes) / 1024


def _values(found: Fit) -> dict[str, object]:
    return {
        "status": found.status.value,
        "solver": found.solver,
        "evaluations": found.evaluations,
        "variances": {**found.variances, "residual": found.residual},
        "criterion": found.criterion,
        "intercept": float(found.fixed.estimates[0]),
        "error": float(found.fixed.errors[0]),
    }


if __name__ == "__main__":
    what, *given = sys.argv[1:]
    if what == "lectures":
        print(json.dumps(lectures(given[0], int(given[1]))))
    else:
        print(json.dumps(drawn(given[0], int(given[1]), given[2])))
