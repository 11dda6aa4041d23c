"""Whether an anchor says what one can see: an act, one of them, at work, no trait, no bare "often".

Advice, not a rule: words are looked at, not their meaning.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

FEWEST_WORDS = 4


class Rule(StrEnum):
    """What an anchor is looked at for."""

    OBSERVABLE = "observable"
    TRAIT = "trait"
    ONE_BEHAVIOUR = "one_behaviour"
    FREQUENCY = "frequency"
    JOB_RELATED = "job_related"


@dataclass(frozen=True, slots=True)
class Advice:
    """What stands out in an anchor: the rule, the words that were found, and what to do."""

    rule: Rule
    words: str
    remedy: str


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


# What goes on in a head, or could be done, is not seen.
_INWARD = re.compile(
    r"^(?:\w+ly\s+)?(?:"
    r"knows|understands|believes|feels|thinks|wants|wishes|values|appreciates|cares|likes|hopes"
    r"|intends|tries|realizes|realises|remembers|possesses|lacks|demonstrates|displays|exhibits"
    r"|can\b|could\b|is able|is capable|is aware|is willing|is ready|is familiar|is interested"
    r"|has (?:a |an |the )?(?:good |deep |sound |strong |basic |clear |thorough )*"
    r"(?:ability|capacity|knowledge|understanding|grasp|awareness|interest|experience|skills?)"
    r")\b",
    re.IGNORECASE,
)
_JUDGED = _pattern(
    "good|bad|poor|poorly|excellent|excellently|strong|weak|outstanding|adequate|adequately"
    "|inadequate|effective|effectively|efficiently|appropriately|successfully|properly|very well"
    "|well enough|great|exceptional|superior"
)
_TRAIT = _pattern(
    "friendly|proactive|proactively|motivated|enthusiastic|enthusiastically|passionate"
    "|passionately|charismatic|intelligent|intelligently|smart|clever|lazy|careless|hard-working"
    "|hardworking|ambitious|dynamic|energetic|assertive|assertively|empathetic|open-minded"
    "|narrow-minded|humble|arrogant|courageous|trustworthy|conscientious|conscientiously|loyal"
    "|stubborn|moody|cheerful|likeable|likable|introverted|extroverted|shy|self-confident"
    "|self-motivated|result-oriented|results-driven|team player|self-starter|natural leader"
    "|people person|attitude|personality|character trait|temperament|mindset|charisma"
    "|professionalism|work ethic|honest person|nice person|go-getter"
)
# These say what somebody is like only after a form of "to be" and its kin.
_TRAIT_SAID_OF_SOMEBODY = re.compile(
    r"\b(?:is|are|be|being|remains?|stays?|seems?|appears?|comes across as|acts?|behaves?)\s+"
    r"(?:not\s+|very\s+|always\s+|never\s+|quite\s+|too\s+)*"
    r"((?:reliable|unreliable|flexible|inflexible|honest|dishonest|creative|positive|negative"
    r"|confident|insecure|patient|impatient|committed|dedicated|professional|unprofessional"
    r"|dependable|responsible|irresponsible|mature|immature|polite|rude|kind|open|curious|calm"
    r"|nervous|sensitive|independent|organized|organised|disorganized|thorough|decisive"
    r"|indecisive|helpful|supportive|cooperative|approachable|tolerant|diplomatic|tactful)(?:ly)?)\b",
    re.IGNORECASE,
)
_TRAIT_AS_THING = re.compile(
    r"\b(?:shows?|showing|demonstrates?|displays?|has|takes?|brings?|exhibits?)\s+(?:a\s+|an\s+)?"
    r"(?:high\s+|great\s+|strong\s+|real\s+|much\s+|little\s+|no\s+)*"
    r"((?:commitment|initiative|ownership|leadership|empathy|enthusiasm|passion|loyalty"
    r"|integrity|motivation|drive|dedication|resilience|respect|interest|courage|maturity"
    r"|flexibility|creativity|reliability|accountability|pride))\b",
    re.IGNORECASE,
)
_FREQUENCY = _pattern(
    "usually|often|sometimes|always|never|rarely|frequently|regularly|generally|normally"
    "|occasionally|seldom|mostly|consistently|constantly|typically|from time to time|hardly ever"
    "|most of the time"
)
# With a number or an occasion beside it, the adverb no longer stands alone.
_OCCASION = _pattern(
    r"\d+|one|two|three|four|five|six|ten|each|every|per|within|before|after|until|unless|when"
    r"|whenever|daily|weekly|monthly|quarterly|yearly|once|twice"
)
_PRIVATE = _pattern(
    "religion|religious|church|mosque|synagogue|prayers?|politics|political opinions?|husband|wife"
    "|spouse|marital|pregnant|pregnancy|hobby|hobbies|attractive|good-looking|well-dressed|accent"
    "|physical appearance|private life|personal life|family life|at home with|astrology|star sign"
    "|after-work drinks|parties|weight loss|sexual|nationality|union member(?:ship)?"
)
_SECOND_SENTENCE = re.compile(r"[.;]\s+\w")
_ACTS = """
    accepts adapts adds admits adjusts advises agrees aligns allows analyses analyzes anticipates
    answers apologizes applies approves argues arranges asks assesses assigns attends avoids brings
    builds calls cancels carries celebrates challenges changes checks chooses cites clarifies
    closes coaches collects comes compares completes confirms connects contacts contributes
    coordinates copies corrects creates cuts deals decides declines defines delays delegates
    delivers describes designs develops discusses documents drafts draws drops encourages
    escalates estimates explains facilitates files fills finds finishes fixes follows forwards
    gathers gets gives goes handles hands helps holds identifies ignores implements improves
    includes informs inspects installs interrupts introduces investigates invites involves joins
    keeps leads learns leaves lets listens looks maintains makes measures meets mentors monitors
    moves negotiates notifies offers opens organizes organises passes pays picks plans points
    postpones prepares presents prevents prioritizes produces promises proposes protects provides
    publishes puts reacts reads receives recognizes recognises recommends records reduces refuses
    rejects reminds removes repairs repeats replaces replies reports requests resolves responds
    returns reviews revises rewrites runs saves says schedules seeks selects sells sends separates
    serves sets settles shares shows signs simplifies solves speaks spends splits stops
    stores submits suggests summarizes summarises supports takes talks teaches tells tests thanks
    tracks trains translates treats tries turns updates uses verifies visits waits walks warns
    welcomes withholds works writes
"""
# Words that also name things count as acts only with something to act upon after them.
_MAYBE_THINGS = """
    calls changes checks copies cuts delays designs documents drafts drops estimates files hands
    looks measures meets moves offers picks plans points promises records repairs replies reports
    requests returns reviews runs sets shares shows signs splits stops stores supports talks tests
    tracks trains turns updates uses visits waits walks works
"""
_ACTED_UPON = r"(?=\s+(?:the|an?|them|it|her|his|their|what|how|who|whether|each|every|all|this)\b)"
_SURE_ACTS = "|".join(word for word in _ACTS.split() if word not in _MAYBE_THINGS.split())
_SECOND_ACT = re.compile(
    r"\b(?:and|but)\s+(?:then\s+|also\s+|\w+ly\s+)?"
    rf"(?:(?:{_SURE_ACTS})\b|(?:{'|'.join(_MAYBE_THINGS.split())})\b{_ACTED_UPON})"
    r"|\bas well as\b",
    re.IGNORECASE,
)


def advice_on(anchor: str) -> tuple[Advice, ...]:
    """What to look at again in an anchor; nothing when it reads like one, or is empty."""
    text = " ".join(anchor.split())
    if not text:
        return ()
    return tuple(found for rule in _RULES for found in rule(text))


def advice_on_each(anchors: Iterable[str]) -> dict[str, tuple[Advice, ...]]:
    """The same for several anchors; those without advice are left out."""
    advised = {anchor: advice_on(anchor) for anchor in anchors}
    return {anchor: found for anchor, found in advised.items() if found}


def _observable(text: str) -> Iterator[Advice]:
    if found := _INWARD.search(text):
        remedy = _(
            "“%(words)s” cannot be seen. Say what one sees or hears the person do, such as"
            " “explains”, “checks”, “asks”."
        )
        yield _advice(Rule.OBSERVABLE, found[0], remedy)
    elif found := _JUDGED.search(text):
        remedy = _(
            "“%(words)s” is a judgement; two people would see it differently. Say what was done,"
            " so that the reader can judge."
        )
        yield _advice(Rule.OBSERVABLE, found[0], remedy)
    elif len(text.split()) < FEWEST_WORDS:
        remedy = _("“%(words)s” is very short. Say what is done, with what or for whom.")
        yield _advice(Rule.OBSERVABLE, text, remedy)


def _trait(text: str) -> Iterator[Advice]:
    found = _TRAIT.search(text)
    said = _TRAIT_SAID_OF_SOMEBODY.search(text) or _TRAIT_AS_THING.search(text)
    words = found[0] if found else said[1] if said else ""
    if words:
        remedy = _(
            "“%(words)s” says what somebody is like. Say what such a person does that another"
            " would not do."
        )
        yield _advice(Rule.TRAIT, words, remedy)


def _one_behaviour(text: str) -> Iterator[Advice]:
    remedy = _(
        "“%(words)s” begins a second act. Somebody may do one and not the other: make two anchors"
        " of it, or keep the one that matters."
    )
    if found := _SECOND_SENTENCE.search(text):
        yield _advice(Rule.ONE_BEHAVIOUR, text[found.start() + 1 :].strip(), remedy)
    elif found := _SECOND_ACT.search(text):
        yield _advice(Rule.ONE_BEHAVIOUR, found[0], remedy)


def _frequency(text: str) -> Iterator[Advice]:
    found = _FREQUENCY.search(text)
    if found and not _OCCASION.search(text.replace(found[0], "")):
        remedy = _(
            "“%(words)s” alone means something else to everybody. Say on which occasion, or how"
            " many times in which period."
        )
        yield _advice(Rule.FREQUENCY, found[0], remedy)


def _job_related(text: str) -> Iterator[Advice]:
    if found := _PRIVATE.search(text):
        remedy = _(
            "“%(words)s” belongs to private life or looks. Keep to what somebody does at work."
        )
        yield _advice(Rule.JOB_RELATED, found[0], remedy)


def _advice(rule: Rule, words: str, remedy: str) -> Advice:
    return Advice(rule, words, remedy % {"words": words})


_RULES: tuple[Callable[[str], Iterator[Advice]], ...] = (
    _observable,
    _trait,
    _one_behaviour,
    _frequency,
    _job_related,
)
