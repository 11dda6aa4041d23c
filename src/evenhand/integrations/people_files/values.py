"""Cleaning what stands in a cell."""

import re

from evenhand.integrations.people_files.kinds import Status
from evenhand.spreadsheets.words import plain, tidy

_EMAIL = re.compile(r"[^\s@,;<>()\"]{1,64}@(?:[^\s@,;<>()\".]+\.)+[^\s@,;<>()\".]{2,63}")
_ANGLED = re.compile(r".*<([^<>]+)>\s*")
_QUOTED_TEXT = re.compile(r'="([^"]*)"')
_WHOLE_FLOAT = re.compile(r"(\d{1,15})\.0+", re.ASCII)
_FORMULA = re.compile(r"=|[+\-@][^()|!]*[(|!]|@\w+\b[^@]*\(", re.DOTALL)

_LONGEST_EMAIL = 254

NOTHING = frozenset({"", "-", "--", "—", "n/a", "n.a.", "null", "none", "(blank)", "#n/a", "nil"})
NO_MANAGER = frozenset({"no manager", "nomanager", "none", "not applicable", "nobody"})
_LONGEST_NOTHING = max(map(len, NOTHING))
_BODIES = frozenset(
    {
        "board",
        "board of directors",
        "the board",
        "board of trustees",
        "executive board",
        "supervisory board",
        "shareholders",
        "vorstand",
        "aufsichtsrat",
        "gesellschafter",
        "conseil d administration",
        "consejo de administracion",
        "junta directiva",
        "conselho de administracao",
        "dewan direksi",
        "dewan komisaris",
    }
)

_STATUS_WORDS = {
    Status.ACTIVE: (
        "a, active, actively employed, aktiv, actif, active employee, activo, activa, ativo, ativa,"
        " aktif, employed, current, full time, part time, probation, true, yes, en activite,"
        " beschaftigt, angestellt, en poste, tetap, kontrak, probezeit, working, hired"
    ),
    Status.ON_LEAVE: (
        "l, on leave, leave, loa, leave of absence, paid leave, unpaid leave, parental leave,"
        " maternity leave, medical leave, sabbatical, suspended, beurlaubt, elternzeit,"
        " mutterschutz, in elternzeit, langzeitkrank, en conge, conge, conge maternite,"
        " conge parental, absent,"
        " de licencia, licencia, con licencia, excedencia, cuti, sedang cuti, afastado, afastada,"
        " de licenca, licenca, inactive on leave"
    ),
    Status.LEFT: (
        "t, i, inactive, terminated, left, leaver, resigned, retired, dismissed, deceased, former,"
        " departed, separated, quit, ausgeschieden, inaktiv, gekundigt, pensioniert, ausgetreten,"
        " parti, partie, sorti, sortie, inactif, retraite, demissionne, licencie, baja, de baja,"
        " inactivo, inactiva, jubilado, cesado, keluar, nonaktif, tidak aktif, resign, berhenti,"
        " pensiun, phk, desligado, desligada, inativo, inativa, demitido, demitida, aposentado,"
        " false, no, fired, laid off"
    ),
}
_STATUS = {
    word.strip(): status for status, words in _STATUS_WORDS.items() for word in words.split(",")
}
_LEFT_STEMS = ("terminat", "voluntarily terminat", "involuntar", "resign", "retire", "left ")

_SEX = {
    "female": "f, female, woman, w, weiblich, frau, femme, feminin, mujer, femenino, perempuan,"
    " wanita, p, feminino, mulher",
    "male": "m, male, man, mannlich, mann, herr, homme, masculin, hombre, masculino, laki laki,"
    " pria, l, homem",
    "other": "x, other, diverse, divers, non binary, nonbinary, d, autre, otro, outro, no binario",
}
_SEX_WORDS = {word.strip(): sex for sex, words in _SEX.items() for word in words.split(",")}


def text(value: str) -> str:
    """A plain text; words that stand for nothing become nothing."""
    bare = tidy(value)
    quoted = _QUOTED_TEXT.fullmatch(bare) if bare.startswith("=") else None
    if quoted:
        bare = quoted[1].strip()
    return "" if len(bare) <= _LONGEST_NOTHING and bare.lower() in NOTHING else bare


def number(value: str) -> str:
    """An identifier: leading zeros stay, a spreadsheet's 10026.0 becomes 10026."""
    bare = text(value)
    whole = _WHOLE_FLOAT.fullmatch(bare)
    return whole[1] if whole else bare


def email(value: str) -> str:
    bare = text(value)
    angled = _ANGLED.fullmatch(bare)
    return (angled[1] if angled else bare).removeprefix("mailto:").strip().lower()


def is_email(value: str) -> bool:
    return len(value) <= _LONGEST_EMAIL and _EMAIL.fullmatch(value) is not None


def is_formula(value: str) -> bool:
    """Whether a spreadsheet would calculate this. Phone and negative numbers are no formulas."""
    bare = value.lstrip()
    if not bare or bare[0] not in "=+-@":
        return False
    return _FORMULA.match(bare) is not None and not _QUOTED_TEXT.fullmatch(bare.rstrip())


def status(value: str) -> Status | None:
    """What a word of status means; None when we do not know it."""
    words = plain(value)
    known = _STATUS.get(words)
    if known is None and words.startswith(_LEFT_STEMS):
        return Status.LEFT
    return known


def true_false_status(value: str) -> Status | None:
    """The same for a column that knows only t and f."""
    return {"t": Status.ACTIVE, "f": Status.LEFT}.get(plain(value))


def sex(value: str) -> str:
    return _SEX_WORDS.get(plain(value), text(value))


def is_sex(value: str) -> bool:
    return plain(value) in _SEX_WORDS


def is_no_manager(value: str) -> bool:
    return plain(value) in NO_MANAGER


def is_a_body(value: str) -> bool:
    """Whether somebody is said to report to a board rather than to a person."""
    return plain(value) in _BODIES


def unit_path(value: str) -> tuple[str, ...]:
    """“Company > Division > Team” from the top down."""
    for sign in (">", "»", "|", "\\", "/"):
        if sign in value:
            return tuple(filter(None, (text(part) for part in value.split(sign))))
    bare = text(value)
    return (bare,) if bare else ()
