"""What a column can say in an audit, and how files of many languages name it."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from evenhand.people.columns import CERTAIN, LIKELY, POSSIBLE, PROTECTED, Field, meaning
from evenhand.spreadsheets.vocabulary import Vocabulary
from evenhand.spreadsheets.words import plain


class Role(StrEnum):
    """What a column says about a rating."""

    PERSON = "person"
    RATER = "rater"
    RATING = "rating"
    BEFORE = "before"
    UNIT = "unit"
    OCCASION = "occasion"
    DATE = "date"
    TEXT = "text"
    GROUP = "group"
    CONTROL = "control"


# Surest names first; after the bar names that other columns may have a better claim to.
_NAMES: Mapping[Role, str] = MappingProxyType(
    {
        Role.PERSON: (
            "ratee, ratee id, ratee name, subject, subject id, person rated, rated person,"
            " person assessed, employee rated, reviewee, reviewee id, reviewee name, appraisee,"
            " assessee, evaluatee, bewertete person, beurteilte person, persona evaluada,"
            " evaluado, personne evaluee, evalue, avaliado, pessoa avaliada, yang dinilai"
            " | person, candidate, student, participant, paper, colleague"
        ),
        Role.RATER: (
            "rater, rater id, rater name, rated by, reviewer, reviewer id, reviewer name,"
            " reviewed by, evaluator, evaluator id, evaluator name, evaluated by, assessor,"
            " assessor id, assessed by, appraiser, appraised by, judge, examiner, scorer, grader,"
            " bewerter, beurteiler, bewertende person, gutachter, evaluateur, notateur, evaluado"
            " por, evaluador, calificador, avaliador, avaliado por, penilai, dinilai oleh,"
            " beoordelaar, valutatore | author, interviewer, given by"
        ),
        Role.RATING: (
            "rating, ratings, overall rating, performance rating, perf rating, final rating,"
            " calibrated rating, rating after calibration, final performance rating,"
            " performance score, perf score, overall score, review rating, review score,"
            " appraisal rating, appraisal score, evaluation score, manager rating,"
            " performance level, performance evaluation, bewertung, gesamtbewertung,"
            " leistungsbewertung, beurteilung, gesamtbeurteilung, leistungsbeurteilung,"
            " note globale, evaluation globale, notation, calificacion, calificacion final,"
            " evaluacion de desempeno, puntuacion, nota final, avaliacao,"
            " avaliacao de desempenho, nilai kinerja, penilaian kinerja, peringkat kinerja,"
            " beoordeling, valutazione"
            " | score, performance, overall, grade given, evaluation, assessment, mark, marks,"
            " note, nota, nilai, penilaian, peringkat, evaluacion, performance group"
        ),
        Role.BEFORE: (
            "rating before calibration, rating before, before calibration, pre calibration rating,"
            " precalibration rating, uncalibrated rating, initial rating, draft rating,"
            " proposed rating, original rating, first rating, preliminary rating, raw rating,"
            " bewertung vor kalibrierung, note initiale, calificacion inicial, nota inicial,"
            " nilai awal | before, proposed"
        ),
        Role.UNIT: "rating unit, review unit, calibration group",
        Role.OCCASION: (
            "cycle, review cycle, rating cycle, performance cycle, review period, rating period,"
            " performance period, review year, performance year, rating year, occasion, wave,"
            " round, season, beurteilungszeitraum, bewertungszeitraum, periode, periodo, ciclo,"
            " periode penilaian | year, period, quarter, semester, term, jahr, annee, ano, tahun"
        ),
        Role.DATE: (
            "review date, rating date, rated on, reviewed on, date of review, date of rating,"
            " date rated, submitted on, submitted at, submission date, evaluation date,"
            " appraisal date, last performance review date, last review date,"
            " performance review date, beurteilungsdatum, bewertungsdatum, date d evaluation,"
            " fecha de evaluacion, data da avaliacao, data avaliacao, tanggal penilaian"
            " | date, datum, fecha, data, tanggal, timestamp, created at"
        ),
        Role.TEXT: (
            "comment, comments, reviewer comment, reviewer comments, manager comment,"
            " manager comments, rating comment, review text, narrative, justification, feedback,"
            " written feedback, rationale, kommentar, kommentare, begrundung, commentaire,"
            " commentaires, comentario, comentarios, komentar, catatan, opmerking, commento"
            " | text, notes, remarks, reason"
        ),
        Role.GROUP: (
            "age, age group, age band, gender identity, ethnicity group, hispanic latino, hispanic,"
            " latino, nationality, citizenship, citizen desc, religion, veteran, veteran status,"
            " sexual orientation, national origin, alter, altersgruppe, nationalitat,"
            " staatsangehorigkeit, religionszugehorigkeit, nationalite, edad, nacionalidad,"
            " idade, nacionalidade, usia, umur, agama, kewarganegaraan, minority, female,"
            " person of color | citizen, marital status, marital desc, familienstand,"
            " estado civil, part time, pregnancy, caring duties"
        ),
        Role.CONTROL: (
            "tenure, years of service, length of service, years at company, tenure years,"
            " service years, seniority, years in role, betriebszugehorigkeit, anciennete,"
            " antiguedad, tempo de casa, masa kerja, contract type, employment type, work pattern,"
            " region, business unit, division | years employed, yrs employed, years in current role"
        ),
    }
)

_BY_FIELD: Mapping[Field, Role] = MappingProxyType(
    {
        Field.NUMBER: Role.PERSON,
        Field.FULL_NAME: Role.PERSON,
        Field.EMAIL: Role.PERSON,
        Field.MANAGER_NUMBER: Role.RATER,
        Field.MANAGER_NAME: Role.RATER,
        Field.MANAGER_EMAIL: Role.RATER,
        Field.UNIT_NAME: Role.UNIT,
        Field.UNIT_CODE: Role.UNIT,
        Field.TITLE: Role.CONTROL,
        Field.GRADE: Role.CONTROL,
        Field.JOB_FAMILY: Role.CONTROL,
        Field.COUNTRY: Role.CONTROL,
        Field.HIRED_ON: Role.CONTROL,
        Field.POSITION_SINCE: Role.CONTROL,
        **dict.fromkeys(PROTECTED, Role.GROUP),
    }
)


def _index() -> dict[str, tuple[Role, int]]:
    index: dict[str, tuple[Role, int]] = {}
    for role, names in _NAMES.items():
        sure, _bar, unsure = names.partition("|")
        for words, trust in ((sure, CERTAIN), (unsure, POSSIBLE)):
            for name in filter(None, (plain(word).replace(" ", "") for word in words.split(","))):
                index.setdefault(name, (role, trust))
    return index


_INDEX = _index()
_IDS = re.compile(r"\b(?:id|ids|code|nr|no|number|num)$|^id(?=[a-z]{4})|^id\b")
_NAMES_OF = re.compile(r"\b(?:name|desc|description)$")


@lru_cache(maxsize=4096)
def role_of(name: str) -> tuple[Role, int] | None:
    """What a column of this name usually says in an audit, and how sure that is out of 100."""
    words = plain(name[:100])
    found = _INDEX.get(words.replace(" ", ""))
    if found:
        return found
    known = meaning(name)
    if known and known[0] in _BY_FIELD:
        return _BY_FIELD[known[0]], known[1]
    shorter = _NAMES_OF.sub("", _IDS.sub("", words.rstrip(" 0123456789"))).strip()
    found = _INDEX.get(shorter.replace(" ", "")) if shorter != words else None
    return (found[0], min(found[1], LIKELY)) if found else None


def is_protected(name: str) -> bool:
    """Whether a column of this name holds a protected fact, which no message repeats."""
    found = role_of(name)
    return found is not None and found[0] is Role.GROUP


def is_birth(name: str) -> bool:
    known = meaning(name)
    return known is not None and known[0] is Field.BIRTH_ON


def is_code(name: str) -> bool:
    """Whether numbers in a column of this name stand for things and cannot be averaged."""
    last = plain(name[:100]).split(" ")[-1:]
    return last[:1] in (["id"], ["code"], ["no"], ["nr"], ["number"], ["zip"], ["postcode"])


def _knows(name: str) -> bool:
    return role_of(name) is not None or meaning(name) is not None


def _is_certain(name: str) -> bool:
    return (role_of(name) or (None, 0))[1] == CERTAIN


RATINGS = Vocabulary(_knows, _is_certain, is_protected, "Employee, Manager, Rating")
