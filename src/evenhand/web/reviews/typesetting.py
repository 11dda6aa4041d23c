"""From a page of HTML to a PDF, with files of our own only, whatever a text may say."""

from pathlib import Path
from threading import local
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC = Path(__file__).resolve().parent.parent / "static" / "evenhand"
TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class OwnFiles(URLFetcher):  # type: ignore[misc]  # the library has no types
    """Fetches nothing but the styles, fonts and pictures of this package."""

    def fetch(self, url: str, _headers: object = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path)).resolve()
        if parts.scheme != "file" or not path.is_relative_to(STATIC):
            message = f"A document fetches nothing from {parts.scheme}."
            raise ValueError(message)
        headers = {"Content-Type": TYPES.get(path.suffix, "application/octet-stream")}
        return URLFetcherResponse(url, path.read_bytes(), headers)


class Press(local):
    """Fonts and styles set up once and used for every document; a font map serves one thread."""

    def __init__(self) -> None:
        self.fonts = FontConfiguration()
        self.files = OwnFiles()
        self.styles = [self._style(name) for name in ("fonts", "document")]

    def _style(self, name: str) -> CSS:
        path = STATIC / "css" / f"{name}.css"
        return CSS(filename=path, font_config=self.fonts, url_fetcher=self.files)

    def print(self, page: str) -> bytes:
        document = HTML(string=page, base_url=f"{STATIC.as_uri()}/", url_fetcher=self.files)
        return bytes(document.write_pdf(font_config=self.fonts, stylesheets=self.styles))


press = Press()


def typeset(page: str) -> bytes:
    return press.print(page)
