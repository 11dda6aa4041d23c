import pytest

from evenhand.documents.static_files import own
from evenhand.documents.typesetting import OwnFiles, typeset

PAGE = '<!DOCTYPE html><html lang="en"><title>A page</title><p>Words</p>{}</html>'
STYLE = "documents/paper.css"


@pytest.mark.parametrize("url", ["https://example.org/x.css", "file:///etc/hosts", "data:,x"])
def test_a_document_fetches_only_our_own_files(url):
    with pytest.raises(ValueError, match="fetches nothing"):
        OwnFiles().fetch(url)


def test_what_names_a_picture_elsewhere_is_printed_without_it(caplog):
    printed = typeset(PAGE.format('<img src="file:///etc/hosts" alt="">'), STYLE)

    assert printed.startswith(b"%PDF")
    assert "fetches nothing" in caplog.text


def test_a_style_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match="nothing"):
        own("documents/nothing.css")
