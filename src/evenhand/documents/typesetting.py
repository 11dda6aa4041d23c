"""From a page of HTML to a PDF, with files of our own only, whatever a text may say."""

from pathlib import Path
from threading import local
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from evenhand.documents.static_files import is_own, own

FONTS = "evenhand/css/fonts.css"
TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class OwnFiles(URLFetcher):  # type: ignore[misc]  # the library has no types
    """Fetches nothing but the styles, fonts and pictures that came with the project."""

    def fetch(self, url: str, _headers: object = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path)).resolve()
        if parts.scheme != "file" or not is_own(path):
            message = f"A document fetches nothing from {parts.scheme}."
            raise ValueError(message)
        headers = {"Content-Type": TYPES.get(path.suffix, "application/octet-stream")}
        return URLFetcherResponse(url, path.read_bytes(), headers)


class Press(local):
    """Fonts and styles set up once and used for every document; a font map serves one thread."""

    def __init__(self) -> None:
        self.fonts = FontConfiguration()
        self.files = OwnFiles()
        self.styles: dict[str, CSS] = {}

    def style(self, name: str) -> CSS:
        if name not in self.styles:
            self.styles[name] = CSS(
                filename=own(name), font_config=self.fonts, url_fetcher=self.files
            )
        return self.styles[name]

    def print(self, page: str, style: str) -> bytes:
        document = HTML(string=page, base_url="nowhere:", url_fetcher=self.files)
        styles = [self.style(name) for name in (FONTS, style)]
        return bytes(document.write_pdf(font_config=self.fonts, stylesheets=styles, pdf_tags=True))


press = Press()


def typeset(page: str, style: str) -> bytes:
    """A PDF of the page, dressed by that static stylesheet."""
    return press.print(page, style)
