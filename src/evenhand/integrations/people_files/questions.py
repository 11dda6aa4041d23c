"""What has to be asked before a file can be read, and what an answer changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from evenhand.integrations.people_files.kinds import DATES, Choice, Question
from evenhand.integrations.people_files.labels import FIELD_LABELS
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.people.columns import PROTECTED, Field
from evenhand.spreadsheets.dates import ORDERS, DateStyle, Decision, decide, read_date
from evenhand.spreadsheets.tables import Table

DATE_ORDER, WHICH_COLUMN, MANAGER_BY = "date_order", "which_column", "manager_by"
BY_NAME, BY_NUMBER = "name", "number"
_YOUNGEST = 10
_DAY_FIRST = frozenset({DateStyle.DAY_SLASH, DateStyle.DAY_DASH})


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of days as the file writes it."""

    name: str
    said: Field
    decision: Decision


def latest_year(said: Field, on: date) -> int:
    """The last year that two digits can mean: nobody was born yesterday, some start next year."""
    return on.year - _YOUNGEST if said is Field.BIRTH_ON else on.year + 1


def settle_dates(table: Table, mapping: Mapping, on: date) -> tuple[Mapping, list[Question]]:
    """Add the date styles that the values prove; ask about the rest."""
    questions: list[Question] = []
    for name, said in mapping.columns.items():
        if said not in DATES or name not in table.header:
            continue
        decision = decide(table.column(name), latest_year=latest_year(said, on))
        chosen = mapping.date_styles.get(name, ())
        proved = (style for style in decision.styles if _is_new(style, chosen))
        mapping = mapping.with_styles(name, (*chosen, *proved))
        questions += _about_order(DateColumn(name, said, decision), chosen, on)
    return mapping, questions


def answered(mapping: Mapping, question: Question, answer: str) -> Mapping:
    """The mapping after a person has chosen. An answer that was not offered changes nothing."""
    if answer not in {choice.value for choice in question.choices}:
        return mapping
    if question.code == DATE_ORDER:
        known = mapping.date_styles.get(question.column, ())
        return mapping.with_styles(question.column, (*known, DateStyle(answer)))
    if question.code == MANAGER_BY:
        unused = Field.MANAGER_NUMBER if answer == BY_NAME else Field.MANAGER_NAME
        return mapping.without(unused)
    if not answer:
        return mapping.without(question.field)
    return mapping.with_column(answer, question.field)


def which_column(said: Field, names: Sequence[str], suggested: str) -> Question:
    label = str(FIELD_LABELS[said])
    message = _("Several columns could say this: %(label)s. Which one should we use?")
    choices = [Choice(name, name) for name in names]
    return Question(
        code=WHICH_COLUMN,
        column=suggested,
        field=said,
        message=message % {"label": label},
        choices=(*choices, Choice("", _("None of them"))),
        suggested=suggested,
        is_blocking=said is Field.NUMBER,
    )


def manager_by(number_column: str, name_column: str) -> Question:
    message = _(
        "The numbers in “%(numbers)s” are not numbers of people in this file, but the names in"
        " “%(names)s” are names of people in it. How should we find the managers?"
    )
    return Question(
        code=MANAGER_BY,
        column=number_column,
        field=Field.MANAGER_NUMBER,
        message=message % {"numbers": number_column, "names": name_column},
        choices=(
            Choice(BY_NAME, _("By name, from “%(column)s”") % {"column": name_column}),
            Choice(BY_NUMBER, _("By number, from “%(column)s”") % {"column": number_column}),
        ),
        suggested=BY_NAME,
        is_blocking=False,
    )


def _is_new(style: DateStyle, chosen: Sequence[DateStyle]) -> bool:
    """Whether a style is in nobody's way: a person's choice holds against the values."""
    return style not in chosen and not any(
        {style, other} <= set(order) for order in ORDERS for other in chosen
    )


def _about_order(column: DateColumn, chosen: Sequence[DateStyle], on: date) -> list[Question]:
    decision = column.decision
    return [
        _which_order(column, group, on, torn=group in decision.torn_groups)
        for group in (*decision.open_groups, *decision.torn_groups)
        if not set(group) & set(chosen)
    ]


def _which_order(
    column: DateColumn, group: Sequence[DateStyle], on: date, *, torn: bool
) -> Question:
    is_protected = column.said in PROTECTED
    examples = () if is_protected else column.decision.examples_of(group)
    if torn:
        message = _(
            "In “%(column)s” some days can only be written day first and others only month first."
            " Which is meant? The others will then be listed, so that you can correct them."
        )
    else:
        message = _(
            "In “%(column)s” there are days that could be day first or month first. Which is it?"
        )
    year = latest_year(column.said, on)
    return Question(
        code=DATE_ORDER,
        column=column.name,
        field=column.said,
        message=message % {"column": column.name},
        choices=tuple(Choice(s.value, _order_label(s, examples, year)) for s in group),
        examples=examples,
    )


def _order_label(style: DateStyle, examples: Sequence[str], year: int) -> str:
    name = _("Day first") if style in _DAY_FIRST else _("Month first")
    for example in examples:
        day = read_date(example, style, latest_year=year)
        if day and day.day != day.month:
            return _("%(order)s: %(example)s is %(day)s") % {
                "order": name,
                "example": example,
                "day": written(day, "j F Y"),
            }
    return name
