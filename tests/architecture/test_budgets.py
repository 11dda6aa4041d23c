"""Files and functions stay small enough to read in one sitting."""

import ast
from pathlib import Path

import pytest

SOURCE = [p for p in sorted(Path("src").rglob("*.py")) if "migrations" not in p.parts]
TESTS = sorted(Path("tests").rglob("*.py"))
TEMPLATES = sorted(Path("src").rglob("*.html"))


def length(path):
    return path.read_text().count("\n")


@pytest.mark.parametrize("path", SOURCE, ids=str)
def test_a_module_fits_in_400_lines(path):
    assert length(path) <= 400


@pytest.mark.parametrize("path", SOURCE, ids=str)
def test_a_function_is_shorter_than_40_lines(path):
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert [f.name for f in functions if f.end_lineno - f.lineno >= 39] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_fits_in_120_lines(path):
    assert length(path) <= 120


@pytest.mark.parametrize("path", TESTS, ids=str)
def test_a_test_module_fits_in_500_lines(path):
    assert length(path) <= 500
