"""A gap split into what goes with circumstances and what does not, as a table."""

from django.utils.translation import gettext as _

from evenhand.analytics.audit.measuring.gaps_results import AttributeGaps, GroupPoints
from evenhand.analytics.audit.telling.figures import between, count, signed
from evenhand.analytics.audit.telling.gaps_tables import modelled
from evenhand.analytics.report import Cell, Column, Table
from ratingstats.groups.decomposition import Decomposition, Part, Reference
from ratingstats.status import Status


def split_tables(attribute: AttributeGaps) -> tuple[Table, ...]:
    """One table for each group whose gap could be split."""
    return tuple(
        _table(attribute, group, group.decomposition)
        for group in attribute.points
        if group.decomposition is not None and group.decomposition.status is Status.MEASURED
    )


def _table(attribute: AttributeGaps, group: GroupPoints, split: Decomposition) -> Table:
    names = {"group": group.label, "reference": attribute.reference}
    return Table(
        title=_("The gap between %(group)s and %(reference)s, split") % names,
        columns=(
            Column(_("Returns taken from")),
            Column(_("Goes with circumstances"), is_number=True),
            Column(_("Does not"), is_number=True),
        ),
        rows=tuple(
            (
                Cell(_reference(two.reference, group.label, attribute.reference)),
                _cell(two.explained),
                _cell(two.unexplained),
            )
            for two in split.twofold
        ),
        note=_note(split),
        shown_first=len(split.twofold),
    )


def _note(split: Decomposition) -> str:
    said = _(
        "Oaxaca-Blinder, %(a)s and %(b)s people; the gap is %(gap)s points. What does not go with"
        " circumstances is not proof of discrimination, and what does is not proof of none: the"
        " split depends on whose returns are taken, so all are shown."
    ) % {"a": count(split.n_a), "b": count(split.n_b), "gap": signed(split.gap)}
    endowments, coefficients, interaction = split.endowments, split.coefficients, split.interaction
    if endowments is None or coefficients is None or interaction is None:
        return said
    parts = _("In three parts: circumstances %(e)s, returns %(c)s, both together %(i)s.") % {
        "e": signed(endowments.value),
        "c": signed(coefficients.value),
        "i": signed(interaction.value),
    }
    return f"{said} {parts}"


def _reference(reference: Reference, group: str, other: str) -> str:
    words = {
        Reference.A: group,
        Reference.B: other,
        Reference.HALF: _("half from each"),
        Reference.COTTON: _("both, by size"),
        Reference.POOLED: _("all together"),
        Reference.POOLED_WITH_GROUP: _("all together, group held equal"),
    }
    return words[reference]


def _cell(part: Part) -> Cell:
    return Cell(f"{signed(part.value)} ({between(*part.interval)})", modelled(part.value))
