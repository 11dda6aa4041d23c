"""Guessing from names and values what each column says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from evenhand.integrations.people_files import looks, units, values
from evenhand.integrations.people_files.kinds import Question
from evenhand.integrations.people_files.labels import FIELD_LABELS
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.names import key_of, name_key
from evenhand.integrations.people_files.questions import manager_by, settle_dates, which_column
from evenhand.people.columns import CERTAIN, LIKELY, POSSIBLE, Field, meaning
from evenhand.spreadsheets.tables import Table
from evenhand.spreadsheets.words import squeezed

_BY_LOOKS = 40


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column probably says; confidence out of 100."""

    column: str
    said: Field
    confidence: int


@dataclass(frozen=True, slots=True)
class Recognition:
    """A mapping to start from, how sure each guess is, and what has to be asked."""

    mapping: Mapping
    guesses: tuple[Guess, ...]
    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()

    @property
    def blocking(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.is_blocking)


def recognise(table: Table, *, on: date) -> Recognition:
    """Guess what the columns say. `on` is the day against which two-digit years are read."""
    found = {name: looks.distinct(table.column(name)) for name in table.header}
    guesses, doubts = _by_name(found)
    chosen, questions, notes = _one_each(table, guesses)
    chosen = _settle_names(chosen, found)
    chosen, asked = _by_looks(table, chosen, found)
    columns, unit_notes = units.settle(table, {guess.column: guess.said for guess in chosen})
    mapping, by = _settle_manager(table, Mapping(columns))
    confidence = {guess.column: guess.confidence for guess in chosen}
    mapping, orders = settle_dates(table, mapping, on)
    return Recognition(
        mapping=mapping,
        guesses=tuple(
            Guess(name, said, confidence.get(name, LIKELY))
            for name, said in mapping.columns.items()
        ),
        questions=(*questions, *asked, *by, *orders),
        notes=(*doubts, *notes, *unit_notes),
    )


def _by_name(found: dict[str, list[str]]) -> tuple[list[Guess], list[str]]:
    """What the names promise and the values keep, and a word on sure names that do not."""
    guesses: list[Guess] = []
    doubts: list[str] = []
    for name, distinct in found.items():
        known = meaning(name)
        if known is None:
            continue
        said = looks.manager_field(known[0], distinct)
        if looks.fits(said, distinct, known[1]):
            empty = 0 if distinct else POSSIBLE // 2
            guesses.append(Guess(name, said, known[1] - empty))
        elif known[1] == CERTAIN:
            doubts.append(_doubt(name, said))
    return guesses, doubts


def _doubt(name: str, said: Field) -> str:
    message = _("“%(column)s” does not hold what its name says (%(label)s), so we leave it out.")
    return message % {"column": name, "label": FIELD_LABELS[said]}


def _one_each(
    table: Table, guesses: Sequence[Guess]
) -> tuple[list[Guess], list[Question], list[str]]:
    """The surest column for each meaning; equals with the same content are no question."""
    chosen: list[Guess] = []
    questions: list[Question] = []
    notes: list[str] = []
    for said in dict.fromkeys(guess.said for guess in guesses):
        rivals = [guess for guess in guesses if guess.said is said]
        best = max(guess.confidence for guess in rivals)
        rivals = [guess for guess in rivals if guess.confidence == best]
        contents = {tuple(map(str.strip, table.column(guess.column))) for guess in rivals}
        if len(rivals) > 1 and len(contents) > 1:
            questions.append(which_column(said, [g.column for g in rivals], rivals[0].column))
            continue
        if len(rivals) > 1:
            notes.append(
                _("These columns say the same, so we use only the first: %(names)s.")
                % {"names": ", ".join(guess.column for guess in rivals)}
            )
        chosen.append(rivals[0])
    return chosen, questions, notes


def _settle_names(chosen: list[Guess], found: dict[str, list[str]]) -> list[Guess]:
    """“Name” beside a given name is the family name; a lone “Nombre” of two words the full one."""
    by_field = {guess.said: guess for guess in chosen}
    given, family = by_field.get(Field.GIVEN_NAME), by_field.get(Field.FAMILY_NAME)
    full = by_field.get(Field.FULL_NAME)
    if full and given and family:
        return [guess for guess in chosen if guess is not full]
    if full and given and squeezed(full.column) in {"name", "nom", "nama", "nome"}:
        return _renamed(chosen, full, Field.FAMILY_NAME)
    if full and (given or family):
        return [guess for guess in chosen if guess not in {given, family}]
    lone = None if full or (given and family) else given or family
    if lone and looks.has_several_words(found[lone.column]):
        return _renamed(chosen, lone, Field.FULL_NAME)
    return chosen


def _renamed(chosen: list[Guess], guess: Guess, said: Field) -> list[Guess]:
    return [Guess(g.column, said, g.confidence) if g is guess else g for g in chosen]


def _by_looks(
    table: Table, chosen: list[Guess], found: dict[str, list[str]]
) -> tuple[list[Guess], list[Question]]:
    """Addresses are known without a name; a personnel number has to be confirmed."""
    taken = {guess.column for guess in chosen}
    said = {guess.said for guess in chosen}
    free = [name for name in table.header if name not in taken]
    if Field.EMAIL not in said:
        addresses = [name for name in free if looks.is_address_column(found[name])]
        chosen = [*chosen, *(Guess(n, Field.EMAIL, _BY_LOOKS) for n in addresses[:1])]
    if Field.NUMBER in said or any(meaning(n) == (Field.NUMBER, 100) for n in free):
        return chosen, []
    numbers = [name for name in free if looks.is_number_column(table.column(name), found[name])]
    return chosen, [which_column(Field.NUMBER, numbers, numbers[0])] if numbers else []


def _settle_manager(table: Table, mapping: Mapping) -> tuple[Mapping, list[Question]]:
    """Some files number managers in a series of their own; then only the names tell."""
    numbers, names = (mapping.column_for(f) for f in (Field.MANAGER_NUMBER, Field.MANAGER_NAME))
    if not (numbers and names and mapping.says(Field.NUMBER)):
        return mapping, []
    people = _keys_by_number(table, mapping)
    said = set(zip(table.column(numbers), table.column(names), strict=True))
    pairs = [(values.number(n), key_of(name)) for n, name in said if n.strip() and name.strip()]
    in_file = [(number, key) for number, key in pairs if number in people]
    if in_file and sum(people[number] == key for number, key in in_file) * 2 >= len(in_file):
        return mapping, []
    wanted = {key for _number, key in pairs}
    if not wanted or len(wanted & set(people.values())) * 2 < len(wanted):
        return mapping, []
    return mapping.without(Field.MANAGER_NUMBER), [manager_by(numbers, names)]


def _keys_by_number(table: Table, mapping: Mapping) -> dict[str, tuple[str, ...]]:
    """Each person's name, ready to be compared, by their number."""
    columns = {said: name for name, said in mapping.columns.items()}
    numbers = map(values.number, table.column(columns[Field.NUMBER]))
    if Field.FULL_NAME in columns:
        return dict(zip(numbers, map(key_of, table.column(columns[Field.FULL_NAME])), strict=True))
    if Field.GIVEN_NAME in columns and Field.FAMILY_NAME in columns:
        given, family = (table.column(columns[f]) for f in (Field.GIVEN_NAME, Field.FAMILY_NAME))
        return dict(zip(numbers, map(name_key, given, family), strict=True))
    return {}
