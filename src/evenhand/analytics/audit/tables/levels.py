"""The words in which organizations write levels of performance, from low to high."""

from collections.abc import Iterable

from evenhand.spreadsheets.words import plain

# A rank says where a word stands, from 0 to 100; words of one scale have ranks of their own.
_RANKS = """
2: pip, performance improvement plan, on pip, on a pip
5: unacceptable, unsatisfactory, far below expectations, significantly below expectations,
 does not meet, did not meet, does not meet expectations, did not meet expectations, not met,
 fails to meet expectations, not meeting expectations, failing, inadequate, poor, very poor,
 ungenugend, mangelhaft, insuffisant, insuficiente, no cumple, deficiente, nao atende,
 sangat kurang, onvoldoende, insufficiente, unzureichend, erfullt nicht, strongly disagree, never,
 very low, bottom, lowest, very weak, entry
15: below, below expectations, below expectation, below target, below standard, low, weak, rarely,
 disagree, underperforming, underperformer, under expectations, kurang, unter den erwartungen,
 unter erwartung, en dessous des attentes, inferieur aux attentes, por debajo,
 debajo de lo esperado, por debajo de lo esperado, abaixo do esperado, abaixo das expectativas,
 bajo, baixo, niedrig, faible, rendah, di bawah harapan, beneden verwachting, basso, schwach
25: needs improvement, need improvement, improvement needed, improvement required, marginal,
 requires improvement, needs development, needs work, verbesserungsbedurftig, a ameliorer,
 necesita mejorar, a mejorar, precisa melhorar, perlu perbaikan, perlu peningkatan,
 verbetering nodig, da migliorare
35: partially meets, partly meets, partially meets expectations, partly meets expectations,
 partially met, partially met expectations, meets some expectations, meets some, developing,
 inconsistent, partly, teilweise erfullt, erfullt teilweise, partiellement, cumple parcialmente,
 atende parcialmente, ausreichend, fair, sometimes, somewhat, basic, learning
50: meets, fully meets, meets expectations, fully meets expectations, met expectations, met,
 achieves expectations, achieves, achieved, meets all expectations, as expected, on target,
 on track, satisfactory, successful, fully successful, solid, solid performer, competent,
 proficient, effective, neutral, medium, middle, moderate, average, adequate, acceptable,
 befriedigend, erfullt, erfullt die erwartungen, entspricht den erwartungen, conforme,
 conforme aux attentes, satisfaisant, cumple, cumple las expectativas, satisfactorio, atende,
 atende as expectativas, satisfatorio, dentro do esperado, cukup, sesuai harapan,
 memenuhi harapan, voldoende, soddisfacente, mittel, moyen, medio, sedang, regular
60: good, good performance, valued, strong contributor, gut, bien, bueno, bom, baik, goed, buono,
 agree, often, usually
70: very good, strong, above, above expectations, above average, above target, above standard,
 commendable, highly effective, highly successful, high, hoch, eleve, alto, tinggi, sehr gut,
 tres bien, muy bueno,  muito bom, sangat baik, zeer goed, molto buono, advanced
80: exceeds, exceeds expectations, exceeded expectations, exceeded, exceeds some expectations,
 ubertrifft, ubertrifft die erwartungen, uber den erwartungen, depasse, depasse les attentes,
 superieur aux attentes, supera, supera las expectativas, excede, excede las expectativas,
 acima do esperado, supera as expectativas, excede as expectativas, melebihi harapan,
 di atas harapan, overtreft, supera le aspettative
90: excellent, superior, hervorragend, ausgezeichnet, excelente, eccellente, uitstekend,
 frequently exceeds, consistently exceeds, consistently exceeds expectations, top, highest,
 very high, always, strongly agree, expert
96: outstanding, exceptional, exceptional performance, far exceeds, far exceeds expectations,
 significantly exceeds, significantly exceeds expectations, greatly exceeds expectations,
 substantially exceeds, exceeds all expectations, distinguished, role model, truly outstanding,
 extraordinary, herausragend, exceptionnel, sobresaliente, excepcional, extraordinario,
 luar biasa, istimewa, uitmuntend, eccezionale
"""


def _index() -> dict[str, int]:
    index: dict[str, int] = {}
    for entry in _RANKS.strip().replace("\n ", " ").splitlines():
        rank, _colon, words = entry.partition(":")
        for word in words.split(","):
            index.setdefault(plain(word), int(rank))
    return index


_RANK = _index()


def rank(word: str) -> int | None:
    """Where a level of this name stands between 0 and 100; None when we do not know it."""
    return _RANK.get(plain(word))


def in_order(words: Iterable[str]) -> tuple[str, ...] | None:
    """The words from low to high, or None where one is unknown or two stand at the same place."""
    places = {word: rank(word) for word in words}
    known = {word: place for word, place in places.items() if place is not None}
    if len(known) < len(places) or len(set(known.values())) < len(known):
        return None
    return tuple(sorted(known, key=lambda word: known[word]))
