"""An audit as a file, for who may read it: the same words and numbers as on the page."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from evenhand.analytics.queries import StoredAudit
from evenhand.documents.pages import page_of
from evenhand.documents.pdf import pdf_of
from evenhand.documents.workbooks import workbook_of
from evenhand.web.downloads import EXCEL

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called, and how it is made."""

    label: "StrOrPromise"
    content_type: str
    make: Callable[[StoredAudit], bytes]


def _json(stored: StoredAudit) -> bytes:
    return json.dumps(stored.numbers, ensure_ascii=False, indent=2).encode()


KINDS = {
    "xlsx": Kind(_("Excel"), EXCEL, lambda stored: workbook_of(stored.report)),
    "pdf": Kind(_("PDF"), "application/pdf", lambda stored: pdf_of(stored.report)),
    "html": Kind(
        _("Page"), "text/html; charset=utf-8", lambda stored: page_of(stored.report).encode()
    ),
    "json": Kind(_("JSON"), "application/json", _json),
}


def download(stored: StoredAudit, kind: str) -> HttpResponse:
    """The file, to be saved and never opened in our own place."""
    made = KINDS[kind]
    name = slugify(stored.report.title)[:80] or "ratings"
    response = HttpResponse(made.make(stored), content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
