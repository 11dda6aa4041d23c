import base64
import hashlib
import re

from evenhand.documents.styles import fingerprint, styles_for


def families(styles):
    return re.findall(r'@font-face \{\s*font-family: "([^"]+)"', styles)


def test_a_text_brings_the_fonts_its_letters_need_and_no_more():
    assert families(styles_for("Plain words")) == ["Inter Variable", "Source Serif 4 Variable"]
    assert len(families(styles_for("Čapek"))) == 4
    assert families(styles_for("李")) == []


def test_styles_ask_for_no_file():
    addresses = re.findall(r"url\(([^)]{0,30})", styles_for("Čapek"))

    assert addresses
    assert all(address.startswith('"data:font/woff2;base64,') for address in addresses)


def test_the_fingerprint_is_what_a_browser_computes():
    digest = base64.b64encode(hashlib.sha256(b"p{}").digest()).decode()

    assert fingerprint("p{}") == f"sha256-{digest}"
