"""A review on paper: the same words as on the page, to the same readers."""

from django.template.loader import render_to_string

from evenhand.kernel.acting import Actor
from evenhand.reviews.reading import Pair
from evenhand.web.reviews.pages import last_word, sided

STYLE = "evenhand/css/document.css"


def pdf_of(actor: Actor, pair: Pair) -> bytes:
    # No other page needs the PDF library, nor the system libraries that one wants.
    from evenhand.documents.typesetting import typeset  # noqa: PLC0415  # costs 1 s

    return typeset(printed(actor, pair), STYLE)


def printed(actor: Actor, pair: Pair) -> str:
    context = {
        "review": pair.review,
        "sheet": pair.sheet,
        "other": pair.other,
        "parts": sided(pair.sheet, pair.other),
        "last_word": last_word(pair),
        "printed_on": actor.on,
        "printed_for": actor.name,
    }
    return render_to_string("reviews/document.html", context)
