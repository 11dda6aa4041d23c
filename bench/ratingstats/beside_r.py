"""lme4, in its own process, in the same run."""

import shutil
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).with_name("lectures.R")
# With OpenBLAS lme4 is three times as fast as with the linear algebra Debian puts beside it.
PACKAGES = ("r-base-core", "r-cran-lme4", "libopenblas0-pthread")


def installed() -> bool:
    """Whether lme4 is there, after trying to install Debian's where it is not."""
    if shutil.which("apt-get") and not (_there() and _quick_algebra()):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        subprocess.run(install, check=False)
    return _there()


def _quick_algebra() -> bool:
    asked = ["Rscript", "-e", "cat(extSoftVersion()['BLAS'])"]
    return "openblas" in subprocess.run(asked, capture_output=True, text=True, check=True).stdout


def _there() -> bool:
    rscript = shutil.which("Rscript")
    if rscript is None:
        return False
    asked = subprocess.run([rscript, "-e", "library(lme4)"], capture_output=True, check=False)
    return asked.returncode == 0


def lectures(path: Path, times: int) -> dict[str, float | str]:
    """The values lme4 finds, and the seconds of its first and best fit."""
    command = ["Rscript", "--vanilla", str(SCRIPT), str(path), str(times)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pairs = [line.split() for line in said.splitlines()]
    fits = [float(value) for name, value in pairs if name == "fit"]
    found: dict[str, float | str] = {
        name: value if name == "version" else float(value) for name, value in pairs
    }
    return {**found, "first": fits[0], "best": min(fits)}
