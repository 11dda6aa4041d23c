"""The units that a file names: found by code or by the names on the way to them, or new."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.text import slugify

from evenhand.integrations.snapshots import Snapshot
from evenhand.people.changes import NewUnit

Path = tuple[str, ...]

LONGEST_CODE = 60
DEEPEST = 100


class UnitClosed(Exception):
    """The unit that is meant is no longer there."""


@dataclass(slots=True)
class UnitBook:
    """Units by code and by path. A path is found when it is how exactly one unit's path ends.

    Names in `shared` belong to several units, so that one more was made at the top.
    """

    names: dict[str, str] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    by_path: dict[Path, str] = field(default_factory=dict)
    by_end: dict[Path, list[str]] = field(default_factory=lambda: defaultdict(list))
    new: list[tuple[str, str, str]] = field(default_factory=list)
    meant: dict[tuple[Path, str], str] = field(default_factory=dict)
    shared: list[Path] = field(default_factory=list)
    closed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, now: Snapshot) -> "UnitBook":
        book = cls(codes={pk: code for pk, code, _name in now.units}, closed=now.closed_codes)
        name_of = {pk: name for pk, _code, name in now.units}
        for pk, code, name in now.units:
            path, at = [name], pk
            while (at := now.parents.get(at, 0)) in name_of and len(path) < DEEPEST:
                path.append(name_of[at])
            book._enter(code, tuple(reversed(path)))
        return book

    def code_of(self, path: Path, code: str = "", *, present: str = "") -> str:
        """The code of the unit that is meant, which is made when there is none.

        Where several end alike, somebody who works in one of them already means that one.
        """
        if present and not code and self._is_meant(path, present):
            return present
        known = self.meant.get((path, code))
        if known is None:
            known = self.meant[path, code] = self._by_code(path, code) if code else self._by(path)
        return known

    def shown(self, code: str) -> str:
        """How a unit is told from others of its name: by where it stands."""
        return " > ".join(self.paths.get(code, (code,)))

    def new_units(self, starts_on: date) -> tuple[NewUnit, ...]:
        return tuple(NewUnit(code, name, parent, starts_on) for code, name, parent in self.new)

    def _by_code(self, path: Path, code: str) -> str:
        if code in self.closed:
            raise UnitClosed
        return code if code in self.names else self._make(path or (code,), code)

    def _by(self, path: Path) -> str:
        folded = _folded(path)
        exact = self.by_path.get(folded)
        if exact is not None:
            return exact
        ending = self.by_end.get(folded, ())
        if len(ending) > 1:
            self.shared.append(path)
        return ending[0] if len(ending) == 1 else self._make(path)

    def _is_meant(self, path: Path, present: str) -> bool:
        folded = _folded(path)
        is_whole_path = len(path) > 1 and folded in self.by_path
        return not is_whole_path and present in self.by_end.get(folded, ())

    def _make(self, path: Path, code: str = "") -> str:
        *above, name = path
        parent = self.code_of(tuple(above)) if above else ""
        code = code or self._free_code(name)
        self.new.append((code, name[:200], parent))
        self._enter(code, (*self.paths.get(parent, ()), name), is_new=True)
        return code

    def _enter(self, code: str, path: Path, *, is_new: bool = False) -> None:
        self.names[code] = path[-1]
        self.paths[code] = path
        folded = _folded(path)
        self.by_path.setdefault(folded, code)
        # Only what stood there before is found by how it ends: else the order of rows would count.
        if not is_new:
            for start in range(1, len(folded)):
                self.by_end[folded[start:]].append(code)

    def _free_code(self, name: str) -> str:
        plain = slugify(name)[: LONGEST_CODE - 8] or "unit"
        code, number = plain, 1
        while code in self.names or code in self.closed:
            number += 1
            code = f"{plain}-{number}"
        return code


def _folded(path: Path) -> Path:
    return tuple(map(str.casefold, path))
