"""The words people give with a goal: cleaned, and refused when there are none or too many."""

from django.utils.translation import gettext_lazy as _

from evenhand.kernel.verdict import Ground, Refused, Verdict

LONGEST = 5_000
LONGEST_REASON = 300

SENTENCE_MISSING = Verdict(
    "sentence_missing",
    _("Please say in a sentence what you agree to. It is kept with the goal."),
    Ground.WHAT,
)
REASON_MISSING = Verdict(
    "reason_missing", _("Please say why, in a sentence. It is kept with the goal."), Ground.WHAT
)
COMMENT_MISSING = Verdict(
    "comment_missing", _("Please say what you would like to be different."), Ground.WHAT
)
CLOSING_WORD_MISSING = Verdict(
    "closing_word_missing", _("Please close the goal with a word on how it went."), Ground.WHAT
)
NOTHING_WRITTEN = Verdict("nothing_written", _("Please write something first."), Ground.WHAT)


def said(text: str, missing: Verdict | None = None, *, longest: int = LONGEST) -> str:
    """The words without blanks around them; refused when they are needed and none are there."""
    text = clean(text).strip()
    if missing is not None and not text:
        raise Refused(missing)
    if len(text) > longest:
        reason = _("Please say it in at most %(n)d characters.") % {"n": longest}
        raise Refused(Verdict("too_long", reason, Ground.WHAT))
    return text


def clean(text: str) -> str:
    """Text as a database keeps it: no NUL, no half characters, one sign for the end of a line."""
    whole = text.encode("utf-8", "replace").decode()
    return whole.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
