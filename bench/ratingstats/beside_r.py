"""lme4, in its own process, in the same run."""

import shutil
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).with_name("lectures.R")
PACKAGES = ("r-base-core", "r-cran-lme4")


def installed() -> bool:
    """Whether lme4 is there, after trying to install Debian's where it is not."""
    if not _there() and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        subprocess.run(install, check=False)
    return _there()


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
