"""Which raters are strict or lenient, and who rates unlike the others, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.analytics.audit.measuring.raters_results import RaterAnswers, RaterRow
from evenhand.analytics.audit.telling.figures import (
    between,
    count,
    percent,
    points,
    probability,
    signed,
)
from evenhand.analytics.audit.telling.raters_habits import alike_blocks, habit_blocks
from evenhand.analytics.audit.telling.raters_refused import refused_blocks
from evenhand.analytics.report import (
    Block,
    Cell,
    Column,
    IntervalChart,
    Mark,
    Section,
    Table,
    Tone,
    Words,
)

IN_PICTURE = 20
IN_WORDS = 4


def tell_raters(answers: RaterAnswers) -> Section:
    """Strict and lenient raters first, then what stands out, then what cannot be said."""
    blocks: list[Block] = []
    if answers.shown and not answers.none_found:
        blocks += [*_words(answers), _chart(answers)]
    blocks += [*habit_blocks(answers), *alike_blocks(answers), *refused_blocks(answers)]
    return Section(
        key="raters",
        question=_("Which raters are strict, and which are lenient?"),
        answer=_answer(answers),
        blocks=tuple(blocks),
    )


def _answer(answers: RaterAnswers) -> str:
    if not answers.raters:
        return _("These ratings do not say who gave them, so raters cannot be compared.")
    if answers.none_found:
        return _none_found(answers)
    if not answers.shown:
        return _("No rater can be compared with the others. The boxes below say why.")
    said = _how_many(answers)
    if answers.confounded:
        return f"{said} {_not_equal(answers)}"
    return said


def _none_found(answers: RaterAnswers) -> str:
    """Strict raters of strong teams would leave no trace where people have one rater each."""
    if answers.confounded:
        return _(
            "The teams of the %(n)s raters are rated alike, as far as these ratings can tell. A"
            " strict rater with a strong team would look the same, as hardly anybody has two"
            " raters."
        ) % {"n": count(answers.raters)}
    return _(
        "No difference between raters was found beyond chance: all %(n)s rate alike as far as"
        " these ratings can tell."
    ) % {"n": count(answers.raters)}


def _not_equal(answers: RaterAnswers) -> str:
    if answers.one_rater_each:
        return _(
            "Hardly anybody has two raters, so a strict rater and a weaker team look the same here."
        )
    return _(
        "These ratings do not let people be held equal, so a strict rater and a weaker team look"
        " the same here."
    )


def _how_many(answers: RaterAnswers) -> str:
    flagged = len(answers.flagged)
    facts = {
        "n": count(flagged),
        "tested": count(answers.tested),
        "matters": points(answers.matters),
        "teams": _(", or their teams,") if answers.confounded else "",
    }
    if not flagged:
        return (
            _(
                "None of the %(tested)s raters compared differs from the others by more than"
                " chance explains and by %(matters)s points or more."
            )
            % facts
        )
    return (
        ngettext(
            "%(n)s of %(tested)s raters%(teams)s differs from the others by more than chance"
            " explains and by %(matters)s points or more.",
            "%(n)s of %(tested)s raters%(teams)s differ from the others by more than chance"
            " explains and by %(matters)s points or more.",
            flagged,
        )
        % facts
    )


def _words(answers: RaterAnswers) -> list[Words]:
    furthest = sorted(answers.flagged, key=lambda row: -abs(row.severity))[:IN_WORDS]
    if not furthest:
        return []
    said = [_about(row, answers) for row in furthest]
    more = len(answers.flagged) - len(furthest)
    if more:
        said.append(
            ngettext(
                "%(n)s more rater stands out; the table names all.",
                "%(n)s more raters stand out; the table names all.",
                more,
            )
            % {"n": count(more)}
        )
    return [Words(tuple(said), title=_("In words"))]


def _about(row: RaterRow, answers: RaterAnswers) -> str:
    facts = {
        "rater": row.rater,
        "points": points(abs(row.severity)),
        "interval": between(*_from_zero(row)),
        "people": people(row.n),
    }
    is_high = row.severity > 0
    if answers.confounded:
        return (
            _(
                "People rated by %(rater)s stand %(points)s points higher than people of other"
                " raters (%(interval)s; %(people)s). The rater may be lenient, or the team good."
            )
            if is_high
            else _(
                "People rated by %(rater)s stand %(points)s points lower than people of other"
                " raters (%(interval)s; %(people)s). The rater may be strict, or the work hard."
            )
        ) % facts
    return (
        _(
            "Ratings by %(rater)s run %(points)s points higher than those of other raters for"
            " comparable people (%(interval)s; %(people)s)."
        )
        if is_high
        else _(
            "Ratings by %(rater)s run %(points)s points lower than those of other raters for"
            " comparable people (%(interval)s; %(people)s)."
        )
    ) % facts


def _from_zero(row: RaterRow) -> tuple[float, float]:
    """The interval of how far, whichever way: 0.41 to 0.81 lower as well as higher."""
    return (row.low, row.high) if row.severity > 0 else (-row.high, -row.low)


def people(n: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": count(n)}


def _chart(answers: RaterAnswers) -> IntervalChart:
    teams = answers.confounded
    return IntervalChart(
        title=_("Raters and their teams") if teams else _("Strict and lenient raters"),
        marks=tuple(_mark(row) for row in _extreme(answers.shown)),
        reference=0.0,
        low_label=_("rated lower") if teams else _("stricter"),
        reference_label=_("the average rater"),
        high_label=_("rated higher") if teams else _("more lenient"),
        note=" ".join(_notes(answers)),
        table=_table(answers),
    )


def _extreme(rows: tuple[RaterRow, ...]) -> tuple[RaterRow, ...]:
    """From both ends, so that the picture shows the most lenient and the strictest."""
    half = IN_PICTURE // 2
    return rows if len(rows) <= IN_PICTURE else (*rows[:half], *rows[-half:])


def _mark(row: RaterRow) -> Mark:
    return Mark(
        label=row.rater,
        detail=people(row.n),
        low=row.low,
        middle=row.severity,
        high=row.high,
        text=signed(row.severity),
        tone=Tone.LOOK if row.flag else Tone.PLAIN,
    )


def _notes(answers: RaterAnswers) -> list[str]:
    notes = [
        _("Points from the average rater, with %(level)s intervals.")
        % {"level": percent(answers.level)}
    ]
    if len(answers.shown) > IN_PICTURE:
        furthest = _("The picture shows %(n)s of %(all)s raters, from both ends.")
        notes.append(furthest % {"n": count(IN_PICTURE), "all": count(len(answers.shown))})
    if answers.confounded:
        notes.append(_("Each rater's people are compared with all others."))
    else:
        notes.append(_("The people rated are held equal."))
    if answers.equal_units:
        notes.append(_("Units are held equal."))
    notes.append(_("Estimates shrink towards the average where a rater has few people."))
    return notes


def _table(answers: RaterAnswers) -> Table:
    return Table(
        title=_("All raters compared"),
        columns=(
            Column(_("Rater")),
            Column.of_numbers(_("People")),
            Column.of_numbers(_("Points from the average rater")),
            Column.of_numbers(_("%(level)s interval") % {"level": percent(answers.level)}),
            Column.of_numbers(
                _("q"),
                _("p after correction for all raters tested (Benjamini-Hochberg)"),
            ),
            Column(_("Worth a look")),
        ),
        rows=tuple(_cells(row, answers) for row in answers.shown),
        note=_table_note(answers),
    )


def _cells(row: RaterRow, answers: RaterAnswers) -> tuple[Cell, ...]:
    return (
        Cell(row.rater),
        Cell(count(row.n), row.n),
        Cell(signed(row.severity), row.severity),
        Cell(between(row.low, row.high)),
        Cell(probability(row.q), row.q),
        _tag(row, answers),
    )


def _tag(row: RaterRow, answers: RaterAnswers) -> Cell:
    """Strict or lenient only where the team is held equal."""
    if not row.flag:
        return Cell("")
    if answers.confounded:
        word = _("rated higher") if row.severity > 0 else _("rated lower")
    else:
        word = _("lenient") if row.severity > 0 else _("strict")
    return Cell(word, tone=Tone.LOOK, is_tag=True)


def _table_note(answers: RaterAnswers) -> str:
    said = _("%(n)s raters tested.") % {"n": count(answers.tested)}
    if not answers.hidden:
        return said
    hidden = ngettext(
        "%(n)s rater with fewer than %(fewest)s people is not shown.",
        "%(n)s raters with fewer than %(fewest)s people are not shown.",
        answers.hidden,
    ) % {"n": count(answers.hidden), "fewest": count(answers.fewest)}
    return f"{said} {hidden}"
