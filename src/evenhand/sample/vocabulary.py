"""The word lists beside this module, each read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

CULTURES_BY_COUNTRY = {
    "Germany": {"german": 70, "turkish": 12, "polish": 10, "vietnamese": 4, "indian": 4},
    "Indonesia": {"indonesian": 88, "chinese": 8, "indian": 2, "german": 2},
    "United States": {
        "american": 54,
        "hispanic": 17,
        "indian": 8,
        "chinese": 7,
        "nigerian": 6,
        "vietnamese": 4,
        "polish": 4,
    },
}
CULTURES = tuple(sorted({c for mix in CULTURES_BY_COUNTRY.values() for c in mix}))


@dataclass(frozen=True, slots=True)
class Names:
    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobFamily:
    code: str
    name: str
    titles: tuple[str, ...]
    leading: tuple[str, ...]

    def title(self, grade: int, *, leads: bool) -> str:
        return self.leading[max(grade, 5) - 5] if leads else self.titles[grade - 1]


@dataclass(frozen=True, slots=True)
class DepartmentPlan:
    name: str
    family: str
    teams: tuple[str, ...]
    country: str = ""


@dataclass(frozen=True, slots=True)
class DivisionPlan:
    name: str
    share: int
    department_size: int
    family: str
    departments: tuple[DepartmentPlan, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a person did, as a phrase without its subject, and what came of it."""

    deed: str
    outcome: str = ""
    lasted: bool = False


@dataclass(frozen=True, slots=True)
class InventedObjective:
    """A strategic objective, and words by which goals that serve it are known."""

    title: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strategy:
    """The objectives, and what people write about goals, by occasion."""

    objectives: tuple[InventedObjective, ...]
    talk: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Work:
    """The nouns and events of a job family."""

    wins: tuple[Deed, ...]
    misses: tuple[Deed, ...]
    projects: tuple[str, ...]
    partners: tuple[str, ...]
    skills: tuple[str, ...]
    helps: tuple[Deed, ...]
    nexts: tuple[str, ...]

    def and_leading(self, other: "Work") -> "Work":
        """The words of someone who does the craft and leads others in it."""
        return Work(
            wins=self.wins[:5] + other.wins,
            misses=self.misses[:3] + other.misses,
            projects=self.projects + other.projects,
            partners=self.partners + other.partners,
            skills=other.skills,
            helps=self.helps[:2] + other.helps,
            nexts=other.nexts,
        )


def _read(*path: str) -> dict[str, Any]:
    words = files("evenhand.sample").joinpath("words", *path)
    return tomllib.loads(words.read_text(encoding="utf-8"))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


@cache
def names_of(culture: str) -> Names:
    lists = _read("names", f"{culture}.toml")
    return Names(*(_listed(lists[key]) for key in ("female", "male", "family")))


@cache
def job_families() -> Mapping[str, JobFamily]:
    return {
        code: JobFamily(code, row["name"], tuple(row["titles"]), tuple(row["leading"]))
        for code, row in _read("job_families.toml").items()
    }


@cache
def divisions() -> tuple[DivisionPlan, ...]:
    return tuple(
        DivisionPlan(
            row["name"],
            row["share"],
            row["department_size"],
            row["family"],
            tuple(
                DepartmentPlan(d["name"], d["family"], tuple(d["teams"]), d.get("country", ""))
                for d in row["departments"]
            ),
        )
        for row in _read("divisions.toml")["division"]
    )


def _deeds(lines: list[str]) -> tuple[Deed, ...]:
    """A deed that begins with a tilde took weeks or months."""
    return tuple(_deed(line.removeprefix("~ "), lasted=line.startswith("~ ")) for line in lines)


def _deed(line: str, *, lasted: bool) -> Deed:
    deed, _, outcome = line.partition(" => ")
    return Deed(deed, outcome, lasted)


@cache
def work_of(family: str, *, leads: bool = False) -> Work:
    if leads:
        return work_of(family).and_leading(work_of("leading"))
    lists = _read("work", f"{family}.toml")
    return Work(
        wins=_deeds(lists["wins"]),
        misses=_deeds(lists["misses"]),
        projects=tuple(lists["projects"]),
        partners=tuple(lists["partners"]),
        skills=tuple(lists["skills"]),
        helps=_deeds(lists["helps"]),
        nexts=tuple(lists["nexts"]),
    )


@cache
def skeletons(name: str) -> Mapping[str, Any]:
    """The paragraphs of one kind of text, by section and then by band."""
    return _read(f"{name}.toml")


@cache
def strategy() -> Strategy:
    read = _read("strategy.toml")
    return Strategy(
        objectives=tuple(
            InventedObjective(row["title"], tuple(row["words"])) for row in read["objectives"]
        ),
        talk={occasion: tuple(lines) for occasion, lines in read["talk"].items()},
    )


@cache
def growing() -> Mapping[str, Any]:
    return _read("growing.toml")
