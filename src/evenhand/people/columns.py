"""What files say about people, and how those of many systems and languages name it."""

import re
from enum import StrEnum
from functools import lru_cache

from evenhand.spreadsheets.words import plain, squeezed


class Field(StrEnum):
    """What a column can say about a person."""

    NUMBER = "number"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    EMAIL = "email"
    MANAGER_NUMBER = "manager_number"
    MANAGER_NAME = "manager_name"
    MANAGER_EMAIL = "manager_email"
    MATRIX_MANAGER_NUMBER = "matrix_manager_number"
    UNIT_NAME = "unit_name"
    UNIT_CODE = "unit_code"
    UNIT_PATH = "unit_path"
    UNIT_LEVEL_1 = "unit_level_1"
    UNIT_LEVEL_2 = "unit_level_2"
    UNIT_LEVEL_3 = "unit_level_3"
    UNIT_LEVEL_4 = "unit_level_4"
    TITLE = "title"
    GRADE = "grade"
    JOB_FAMILY = "job_family"
    COUNTRY = "country"
    LOCATION = "location"
    HIRED_ON = "hired_on"
    LEFT_ON = "left_on"
    POSITION_SINCE = "position_since"
    STATUS = "status"
    LEAVE_FROM = "leave_from"
    LEAVE_TO = "leave_to"
    SEX = "sex"
    RACE = "race"
    BIRTH_ON = "birth_on"
    DISABILITY = "disability"


PROTECTED = frozenset({Field.SEX, Field.RACE, Field.BIRTH_ON, Field.DISABILITY})
UNIT_LEVELS = (Field.UNIT_LEVEL_1, Field.UNIT_LEVEL_2, Field.UNIT_LEVEL_3, Field.UNIT_LEVEL_4)

CERTAIN, LIKELY, POSSIBLE = 100, 80, 60

# Surest names first; after the bar names that other columns may have a better claim to.
_NAMES: dict[Field, str] = {
    Field.NUMBER: (
        "employee id, employee number, employee no, employee code, emp id, emp no, emp number,"
        " empid, person id, person id external, personnel number, personnel no, person number,"
        " staff id, staff number, staff no, worker id, associate id, payroll number, badge number,"
        " personalnummer, personal nr, mitarbeiternummer, mitarbeiter id, pernr, matricule,"
        " matricule salarie, numero de empleado, numero empleado, id empleado, codigo empleado,"
        " nik, nip, nomor induk karyawan, nomor karyawan, id karyawan, matricula,"
        " numero do funcionario, codigo do funcionario, id do funcionario, number, user id"
        " | id, no, code, nummer, nr, numero, codigo, nomor, user name, userid"
    ),
    Field.GIVEN_NAME: (
        "first name, given name, given names, forename, legal first name, fname, vorname, prenom,"
        " nombre, nombres, primer nombre, nama depan, primeiro nome, preferred first name"
        " | preferred name"
    ),
    Field.FAMILY_NAME: (
        "last name, family name, surname, legal last name, lname, nachname, familienname,"
        " nom de famille, apellido, apellidos, nama belakang, nama keluarga, sobrenome, apelido,"
        " ultimo nome | nom"
    ),
    Field.FULL_NAME: (
        "full name, employee name, employee full name, worker, worker name, person name,"
        " display name, formal name, default full name, legal name, staff name, complete name,"
        " vollstandiger name, mitarbeitername, nom complet, nom et prenom, nom prenom,"
        " nombre completo, nombre y apellidos, nama lengkap, nama karyawan, nama pegawai,"
        " nome completo, nome do funcionario | name, nama, nome, employee, mitarbeiter,"
        " salarie, empleado, karyawan, funcionario, colaborador"
    ),
    Field.EMAIL: (
        "email, e mail, email address, work email, work email address, business email,"
        " company email, corporate email, email primary work, primary work email, mail,"
        " e mail adresse, dienstliche e mail, emailadresse, adresse email, adresse e mail,"
        " courriel, courriel professionnel, correo, correo electronico, correo corporativo,"
        " alamat email, surel, endereco de email, email corporativo"
        " | email work, user email, home email, personal email"
    ),
    Field.MANAGER_NUMBER: (
        "manager id, manager number, manager no, manager employee id, manager employee number,"
        " manager user id, manager user sys id, manager emp id, supervisor id, supervisor number,"
        " supervisor eid, supervisor employee id, reports to id, reports to number,"
        " line manager id, line manager number, boss id, vorgesetztennummer,"
        " personalnummer vorgesetzter,"
        " vorgesetzter id, personalnummer des vorgesetzten, matricule manager,"
        " matricule responsable, matricule du responsable, id del jefe, id jefe,"
        " numero de empleado del jefe, id supervisor, id gerente, nik atasan, id atasan,"
        " matricula do gestor, id do gestor, managers id, direct manager id | manager external id"
    ),
    Field.MANAGER_NAME: (
        "manager name, manager full name, managers name, line manager, line manager name,"
        " supervisor, supervisor name, reports to, reporting manager, reporting to, direct manager,"
        " direct supervisor, vorgesetzter, vorgesetzte, vorgesetzte r, name des vorgesetzten,"
        " fuhrungskraft, responsable, nom du responsable, superieur hierarchique, nom du manager,"
        " responsable hierarchique, jefe, jefe directo, nombre del jefe, superior, nombre jefe,"
        " atasan, atasan langsung, nama atasan, gestor, nome do gestor, gestor direto, chefe"
        " | manager, boss"
    ),
    Field.MANAGER_EMAIL: (
        "manager email, manager e mail, managers email, manager email address, manager work email,"
        " supervisor email, line manager email, reports to email, e mail vorgesetzter,"
        " e mail des vorgesetzten, email du responsable, email responsable, correo del jefe,"
        " email del jefe, email atasan, email do gestor"
    ),
    Field.MATRIX_MANAGER_NUMBER: (
        "matrix manager id, matrix manager number, matrix manager, dotted line manager id,"
        " dotted line manager, second manager id, functional manager id, matrix manager user id,"
        " fachvorgesetzter id | functional manager"
    ),
    Field.UNIT_NAME: (
        "department, department name, dept, dept name, unit, unit name, organizational unit,"
        " organisational unit, organization unit, org unit, org unit name, team, team name,"
        " supervisory organization, home department, business unit name, abteilung, bereich,"
        " organisationseinheit, departement, service, direction, unite, departamento, area,"
        " unidad, departemen, divisi, bagian, unit kerja, setor, unidade, lotacao"
        " | division, business unit, organization, organisation, section, group"
    ),
    Field.UNIT_CODE: (
        "department id, department code, department number, dept id, dept no, dept code, unit id,"
        " unit code, org unit id, org unit code, team id, department no, abteilungsnummer,"
        " organisationseinheit id, code departement, code service, codigo departamento,"
        " id departamento, kode departemen, kode unit, codigo do setor, supervisory organization id"
    ),
    Field.UNIT_PATH: (
        "unit path, department path, org path, organization path, organizational path,"
        " department hierarchy, organization hierarchy, org hierarchy, hierarchy"
    ),
    Field.TITLE: (
        "title, job title, position title, business title, position, job, role, job role,"
        " position name, job name, stellenbezeichnung, funktion, berufsbezeichnung, poste,"
        " intitule du poste, fonction, emploi, cargo, puesto, titulo del puesto, jabatan, posisi,"
        " funcao | stelle, designation, occupation, job profile"
    ),
    Field.GRADE: (
        "grade, job grade, pay grade, salary grade, job level, band, pay band, level, career level,"
        " global grade, entgeltgruppe, tarifgruppe, gehaltsgruppe, niveau, classification,"
        " grado, nivel salarial, nivel, golongan, pangkat, faixa salarial"
    ),
    Field.JOB_FAMILY: (
        "job family, job family group, job function, job category, function, final job family,"
        " berufsgruppe, stellenfamilie, famille professionnelle, famille de metiers,"
        " familia de puestos, rumpun jabatan, familia de cargos"
    ),
    Field.COUNTRY: (
        "country, country code, country name, work country, country region, location country,"
        " land, pays, pais, negara"
    ),
    Field.LOCATION: (
        "location, location name, work location, office, site, work site, office location, city,"
        " work city, standort, arbeitsort, dienstort, lieu, lieu de travail, site de travail,"
        " ubicacion, centro de trabajo, sede, lokasi, lokasi kerja, kantor, local, localidade,"
        " local de trabalho | state, region, ort, ville, ciudad, kota, cidade, workplace"
    ),
    Field.HIRED_ON: (
        "hire date, hired on, date of hire, hired, date hired, start date, employment start date,"
        " date of joining, joining date, join date, original hire date, company entry date,"
        " most recent hire date, entry date, onboarding date, eintrittsdatum, eintritt,"
        " einstellungsdatum, date d embauche, date embauche, date d entree, date d anciennete,"
        " fecha de ingreso, fecha de contratacion, fecha ingreso, fecha de alta, fecha alta,"
        " tanggal masuk, tanggal bergabung, tanggal mulai bekerja, tgl masuk, data de admissao,"
        " data admissao, data de contratacao"
        " | orig hire date, service date, from date, seniority date"
    ),
    Field.LEFT_ON: (
        "termination date, date of termination, left on, left, leaving date, date left, end date,"
        " employment end date, exit date, last day of work, last working day, resignation date,"
        " separation date, austrittsdatum, austritt, date de sortie, date de depart,"
        " date de fin de contrat, fecha de baja, fecha baja, fecha de salida, fecha de egreso,"
        " tanggal keluar, tanggal berhenti, tgl keluar, data de desligamento, data de demissao,"
        " data desligamento | last day, to date"
    ),
    Field.POSITION_SINCE: (
        "position since, position start date, position entry date, job entry date,"
        " in position since,"
        " job start date, date of current position, date of position, in role since,"
        " role start date, position effective date, time in position since, position seit,"
        " in position seit, in funktion seit, date de prise de poste, fecha inicio puesto,"
        " tanggal mulai jabatan, data inicio cargo"
        " | effective date, since"
    ),
    Field.STATUS: (
        "status, employment status, employee status, worker status, active status, empl status,"
        " employment state, beschaftigungsstatus, mitarbeiterstatus, statut, statut salarie,"
        " estado, estado laboral, estatus, situacion, status karyawan, status kepegawaian,"
        " situacao | active"
    ),
    Field.LEAVE_FROM: (
        "leave from, leave start, leave start date, first day of leave, loa start date,"
        " leave of absence start, abwesend ab, beurlaubt ab, debut d absence, inicio de licencia,"
        " tanggal mulai cuti, inicio da licenca, inicio do afastamento"
    ),
    Field.LEAVE_TO: (
        "leave to, leave end, leave end date, last day of leave, loa end date, leave return date,"
        " expected return date, leave of absence end, abwesend bis, beurlaubt bis,"
        " fin d absence, fin de licencia, tanggal selesai cuti, fim da licenca, fim do afastamento"
    ),
    Field.SEX: (
        "sex, gender, legal sex, legal gender, geschlecht, sexe, genre, sexo, genero,"
        " jenis kelamin, kelamin"
    ),
    Field.RACE: (
        "race, race desc, ethnicity, race ethnicity, race and ethnicity, ethnic group,"
        " ethnic origin, etnia, raza, raca, raca cor, suku"
    ),
    Field.BIRTH_ON: (
        "birth date, date of birth, dob, born on, birthdate, birthday, geburtsdatum,"
        " date de naissance, fecha de nacimiento, fecha nacimiento, tanggal lahir, tgl lahir,"
        " data de nascimento, data nascimento | geburtstag"
    ),
    Field.DISABILITY: (
        "disability, disability status, disabled, has disability, behinderung, schwerbehinderung,"
        " handicap, situation de handicap, discapacidad, disabilitas, deficiencia, pcd"
    ),
}


for _level, _said in enumerate(UNIT_LEVELS, start=1):
    _NAMES[_said] = ", ".join(
        f"{word} {_level}"
        for word in ("unit level", "org level", "organization level", "level", "ebene", "nivel")
    )


def _index() -> dict[str, tuple[Field, int]]:
    index: dict[str, tuple[Field, int]] = {}
    for said, names in _NAMES.items():
        sure, _bar, unsure = names.partition("|")
        for words, trust in ((sure, CERTAIN), (unsure, POSSIBLE)):
            for name in filter(None, (squeezed(word) for word in words.split(","))):
                index.setdefault(name, (said, trust))
    return index


_INDEX = _index()
_PREFIX = re.compile(r"^(employee|worker|emp|staff|person|personal|mitarbeiter|user|current)\s+")


@lru_cache(maxsize=4096)
def meaning(name: str) -> tuple[Field, int] | None:
    """What a column of this name usually says, and how sure that is out of 100."""
    words = plain(name[:100])
    exact = _INDEX.get(words.replace(" ", ""))
    if exact:
        return exact
    for shorter in (_PREFIX.sub("", words), re.sub(r"[\s\d]+$", "", words)):
        found = _INDEX.get(shorter.replace(" ", ""))
        if found and shorter != words:
            return found[0], min(found[1], LIKELY)
    return None
