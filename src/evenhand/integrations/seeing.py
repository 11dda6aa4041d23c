"""What a file looks like, to be shown while somebody decides what its columns say.

Examples are shown only of columns that are known to hold nothing protected.
"""

from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from evenhand.integrations.people_files.kinds import Question
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.questions import (
    DATE_ORDER,
    MANAGER_BY,
    answered,
    settle_dates,
)
from evenhand.integrations.people_files.recognising import recognise
from evenhand.people.columns import PROTECTED, Field
from evenhand.spreadsheets.tables import Table, shown

EXAMPLES = 3
LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class Look:
    """A mapping so far, and what is still to be said about it."""

    mapping: Mapping
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    answers: Pairs[str, str] = field(default_factory=dict)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if not self.answers.get(key_of(q)))

    @property
    def is_ready(self) -> bool:
        return not self.open_questions and self.mapping.says(Field.NUMBER)


def first_look(table: Table, *, on: date) -> Look:
    """What is recognised by itself; days that could be read in two ways are asked about."""
    found = recognise(table, on=on)
    asked = tuple(_note(q, found.mapping) for q in found.questions if q.code != DATE_ORDER)
    look = look_again(table, found.mapping, {}, on=on)
    return replace(look, notes=(*table.notes, *found.notes, *asked))


def look_again(table: Table, mapping: Mapping, answers: Pairs[str, str], *, on: date) -> Look:
    """With other columns or answers. The days are read anew, so that an answer can be changed."""
    bare, questions = settle_dates(table, replace(mapping, date_styles={}), on)
    given = {key_of(q): _answer(q, mapping, answers) for q in questions}
    for question in questions:
        bare = answered(bare, question, given[key_of(question)])
    return Look(bare, tuple(questions), answers={key: a for key, a in given.items() if a})


def key_of(question: Question) -> str:
    """One column can be asked about twice: once for each way in which its days are written."""
    return f"{question.column}|{question.choices[0].value}"


def as_seen(table: Table, look: Look) -> dict[str, Any]:
    """The same as it is kept with the import: no row of the file, and nothing protected."""
    return {
        "columns": [_column(table, at, look.mapping) for at in range(len(table.header))],
        "questions": [_question(question) for question in look.questions],
        "answers": dict(look.answers),
        "notes": list(look.notes),
    }


def _note(question: Question, mapping: Mapping) -> str:
    """What a question that the choice of columns answers comes to for now."""
    if question.code == MANAGER_BY:
        names = mapping.column_for(Field.MANAGER_NAME)
        message = _(
            "The numbers in “%(numbers)s” are not numbers of people in this file, so we find the"
            " managers by name, from “%(names)s”. You can choose otherwise below."
        )
        return message % {"numbers": question.column, "names": names}
    return _("%(question)s Please choose below.") % {"question": question.message}


def _answer(question: Question, mapping: Mapping, answers: Pairs[str, str]) -> str:
    """What was answered, or what the mapping has known from before."""
    known = {style.value for style in mapping.date_styles.get(question.column, ())}
    choices = [choice.value for choice in question.choices]
    answer = answers.get(key_of(question), "")
    fitting = [choice for choice in choices if choice in known]
    if answer in choices:
        return answer
    return fitting[0] if len(fitting) == 1 else ""


def _column(table: Table, at: int, mapping: Mapping) -> dict[str, Any]:
    name = table.header[at]
    values = dict.fromkeys(row[at].strip() for row in table.rows[:LOOKED_AT])
    values.pop("", None)
    said = mapping.columns.get(name)
    may_show = said is not None and said not in PROTECTED
    examples = [shown(value) for value in list(values)[:EXAMPLES]] if may_show else []
    return {"name": name, "examples": examples, "different": len(values)}


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": key_of(question),
        "column": question.column,
        "message": question.message,
        "choices": [[choice.value, choice.label] for choice in question.choices],
    }


def fitting_names(header: Sequence[str], mapping: Mapping) -> bool:
    """Whether the file has every column that the mapping uses."""
    return set(mapping.fitted_to(header).columns) <= set(header)
