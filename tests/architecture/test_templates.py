"""Pages hold to the strict content security policy, and every word on them can be translated."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted(Path("src").rglob("*.html"))
INLINE = re.compile(
    r"""<style\b|<script(?![^>]*\bsrc=)|\sstyle=["']|\son[a-z]+=["']|\bhx-on|javascript:"""
)
TRANSLATED = re.compile(
    r"{%\s*(blocktranslate|comment)\b.*?{%\s*end\1\s*%}|{#.*?#}|<!--.*?-->|{%.*?%}|{{.*?}}", re.S
)
# What a program sends or reads is the same in every language.
CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.S)
MARKUP = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
SPOKEN = re.compile(r"""\b(?:alt|aria-label|placeholder|title)=["']([^"']*)""")
WORD = re.compile(r"[A-Za-z]{2,}")
NAME = {"Evenhand"}


def words(text):
    return [word for word in WORD.findall(text) if word not in NAME]


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_holds_nothing_inline(path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_every_word_can_be_translated(path):
    bare = CODE.sub("", re.sub(r"&\w+;", "", TRANSLATED.sub("", path.read_text())))

    assert words(MARKUP.sub("", bare)) == []
    assert words(" ".join(SPOKEN.findall(bare))) == []
