import pytest

from evenhand.goals import evidence
from evenhand.goals.evidence import (
    MOST_BYTES,
    BroughtFile,
    NewEvidence,
    content_of,
    keep_evidence,
    may_bring,
    may_link,
    may_show,
)
from evenhand.goals.kinds import EvidenceKind
from tests.factories.check_ins import agreed_goal, checked_in

PDF = b"%PDF-1.7 the rest"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("report.pdf", PDF),
        ("Report.PDF", PDF),
        ("photo.jpeg", b"\xff\xd8\xff\xe0 the rest"),
        ("screen.png", b"\x89PNG\r\n\x1a\n the rest"),
        ("sheet.xlsx", b"PK\x03\x04 the rest"),
        ("figures.csv", b"month;sales\n2026-05;4"),
        ("notes.txt", "Kundentage gezählt".encode()),
    ],
)
def test_documents_pictures_and_plain_text_are_taken(name, raw):
    assert may_bring(BroughtFile(name, raw))


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg onload='alert(1)'/>"),
        ("tool.exe", b"MZ\x90"),
        ("macros.xlsm", b"PK\x03\x04"),
        ("report.pdf", b"MZ\x90 no pdf at all"),
        ("photo.png", b"<html>"),
        ("notes.txt", b"a\x00b"),
        ("no-ending", PDF),
        (".pdf", PDF),
    ],
)
def test_what_could_run_or_is_not_what_it_says_is_refused(name, raw):
    assert may_bring(BroughtFile(name, raw)).code == evidence.TYPE_NOT_TAKEN.code


def test_a_file_has_content_and_at_most_10_megabytes():
    assert may_bring(BroughtFile("a.txt", b"")).code == evidence.FILE_EMPTY.code
    assert may_bring(BroughtFile("a.txt", b"x" * MOST_BYTES))
    assert may_bring(BroughtFile("a.txt", b"x" * (MOST_BYTES + 1))).code == "file_too_large"


@pytest.mark.parametrize(
    "url", ["https://wiki.example.org/a?b=c#d", "http://intranet/x", "https://bücher.example/ü"]
)
def test_links_to_pages_are_taken(url):
    assert may_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://files.example.org/a",
        "//example.org/a",
        "https:///path",
        "https://ada:secret@example.org/",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://[broken/",
        "https://example.org/" + "a" * 500,
        "",
    ],
)
def test_links_that_lead_elsewhere_are_refused(url):
    assert may_link(url).code == evidence.LINK_NOT_TAKEN.code


def test_evidence_is_a_file_or_a_link():
    file = BroughtFile("a.pdf", PDF)

    assert may_show(NewEvidence(file=file))
    assert may_show(NewEvidence(url="https://example.org"))
    assert may_show(NewEvidence()).code == evidence.FILE_OR_LINK.code
    assert may_show(NewEvidence(url="https://example.org", file=file)).code == "file_or_link"


@pytest.mark.django_db
def test_a_kept_file_comes_back_as_it_was_under_a_plain_name():
    check_in = checked_in(agreed_goal(), 1)

    kept = keep_evidence(check_in, NewEvidence(file=BroughtFile("..\\x/May\n report.pdf", PDF)))

    kept.refresh_from_db()
    assert kept.name == "May report.pdf"
    assert kept.media_type == "application/pdf"
    assert kept.size == len(PDF)
    assert content_of(kept) == PDF


@pytest.mark.django_db
def test_a_long_name_keeps_its_ending():
    check_in = checked_in(agreed_goal(), 1)

    kept = keep_evidence(check_in, NewEvidence(file=BroughtFile("n" * 300 + ".pdf", PDF)))

    assert kept.name == "n" * 196 + ".pdf"


@pytest.mark.django_db
def test_a_link_shows_its_name_or_itself():
    check_in = checked_in(agreed_goal(), 1)
    url = "https://wiki.example.org/figures"

    named = keep_evidence(check_in, NewEvidence(name="Figures", url=url))
    plain = keep_evidence(check_in, NewEvidence(url=url))

    assert (named.kind, named.name, named.url) == (EvidenceKind.LINK, "Figures", url)
    assert plain.name == url
