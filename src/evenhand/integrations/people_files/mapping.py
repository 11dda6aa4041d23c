import json
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field, replace
from typing import cast

from django.utils.translation import gettext as _

from evenhand.integrations.people_files.kinds import ManagerNotFound
from evenhand.people.columns import Field
from evenhand.spreadsheets.dates import DateStyle
from evenhand.spreadsheets.words import squeezed

VERSION = 1


class UnusableMapping(Exception):
    """A saved mapping that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column says what, and how its dates are written. One column, one meaning."""

    columns: Pairs[str, Field]
    date_styles: Pairs[str, tuple[DateStyle, ...]] = field(default_factory=dict)
    manager_not_found: ManagerNotFound = ManagerNotFound.REFUSE

    def column_for(self, wanted: Field) -> str | None:
        return next((name for name, said in self.columns.items() if said is wanted), None)

    def says(self, wanted: Field) -> bool:
        return wanted in self.columns.values()

    def with_column(self, name: str, said: Field) -> "Mapping":
        """The same, with this column as the only one to say this."""
        kept = {c: f for c, f in self.columns.items() if f is not said and c != name}
        return replace(self, columns=kept | {name: said})

    def without(self, *fields: Field) -> "Mapping":
        kept = {c: f for c, f in self.columns.items() if f not in fields}
        return replace(self, columns=kept)

    def with_styles(self, name: str, styles: Iterable[DateStyle]) -> "Mapping":
        return replace(self, date_styles={**self.date_styles, name: tuple(styles)})

    def fitted_to(self, header: Sequence[str]) -> "Mapping":
        """The same for a file whose names differ in case and blanks only."""
        free = {squeezed(name): name for name in reversed(header) if name not in self.columns}
        names = {
            name: free.get(squeezed(name), name) for name in self.columns if name not in header
        }
        return replace(
            self,
            columns={names.get(name, name): said for name, said in self.columns.items()},
            date_styles={names.get(name, name): how for name, how in self.date_styles.items()},
        )

    def as_json(self) -> dict[str, object]:
        return {
            "version": VERSION,
            "columns": {name: said.value for name, said in self.columns.items()},
            "date_styles": {
                name: [style.value for style in styles] for name, styles in self.date_styles.items()
            },
            "manager_not_found": self.manager_not_found.value,
        }

    def to_text(self) -> str:
        return json.dumps(self.as_json(), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, said: object) -> "Mapping":
        if not isinstance(said, dict):
            raise UnusableMapping(_("A mapping is a JSON object with “columns”."))
        entries = cast("dict[str, object]", said)
        if entries.get("version", VERSION) != VERSION:
            raise UnusableMapping(_("This mapping was saved by another version of Evenhand."))
        try:
            return cls(
                columns=_columns(entries.get("columns")),
                date_styles=_styles(entries.get("date_styles", {})),
                manager_not_found=ManagerNotFound(
                    str(entries.get("manager_not_found", ManagerNotFound.REFUSE.value))
                ),
            )
        except ValueError as unknown:
            raise UnusableMapping(
                _("The mapping has a word we do not know: %(word)s.") % {"word": unknown}
            ) from unknown

    @classmethod
    def from_text(cls, text: str) -> "Mapping":
        try:
            return cls.from_json(json.loads(text))
        except (json.JSONDecodeError, RecursionError) as broken:
            raise UnusableMapping(_("The mapping file is not valid JSON.")) from broken


def _columns(said: object) -> dict[str, Field]:
    if not isinstance(said, dict) or not said:
        raise UnusableMapping(_("A mapping needs at least one column under “columns”."))
    columns = {str(name): Field(word) for name, word in said.items()}
    if len(set(columns.values())) < len(columns):
        raise UnusableMapping(_("Two columns of the mapping say the same thing."))
    return columns


def _styles(said: object) -> dict[str, tuple[DateStyle, ...]]:
    if not isinstance(said, dict) or not all(isinstance(v, list) for v in said.values()):
        raise UnusableMapping(_("“date_styles” gives each date column a list of styles."))
    return {str(name): tuple(DateStyle(word) for word in words) for name, words in said.items()}
