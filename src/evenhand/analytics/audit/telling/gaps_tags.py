"""One or two words for what a comparison asks for, and how they want to be seen."""

from django.utils.translation import gettext as _

from evenhand.analytics.audit.measuring.gaps_results import GroupRate, Test
from evenhand.analytics.report import Cell, Tone
from ratingstats.groups.deciding import Decision

# A gap of this size could have stayed unseen: then nothing seen says nothing.
BLIND = 0.20

TONES = {
    Decision.REVIEW: Tone.BAD,
    Decision.LOOK: Tone.LOOK,
    Decision.WATCH: Tone.SOFT,
    Decision.STATISTICAL_ONLY: Tone.SOFT,
    Decision.NOT_STABLE: Tone.SOFT,
}


def is_blind(test: Test) -> bool:
    """Whether nothing was seen, and a large gap would not have been seen either."""
    return test.decision is Decision.NO_INDICATION and test.visible >= BLIND


def tag(group: GroupRate) -> Cell:
    test = group.test
    if group.is_reference:
        return Cell("")
    if test is None or is_blind(test):
        return Cell(_("too few to tell"), tone=Tone.SOFT, is_tag=True)
    return Cell(_word(test.decision), tone=TONES.get(test.decision, Tone.GOOD), is_tag=True)


def _word(decision: Decision) -> str:
    words = {
        Decision.REVIEW: _("look here"),
        Decision.LOOK: _("look here"),
        Decision.WATCH: _("watch"),
        Decision.STATISTICAL_ONLY: _("too small to matter"),
        Decision.NOT_STABLE: _("hangs on one person"),
    }
    return words.get(decision, _("no gap seen"))
