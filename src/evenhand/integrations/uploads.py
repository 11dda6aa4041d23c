"""The file that somebody brought, sealed on disk under a name nobody can guess, until it ends.

It holds protected facts, so it is as unreadable as they are in the database.
"""

import zlib
from base64 import b64decode, b64encode
from secrets import token_urlsafe

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from evenhand.kernel.encryption import key_ring

FOLDER = "imports"
PLACE = "integrations.upload"


def keep(raw: bytes) -> str:
    """Seal the content and store it; says under which name."""
    packed = b64encode(zlib.compress(raw, 1)).decode()
    sealed = key_ring().seal(packed, place=PLACE).encode()
    return default_storage.save(f"{FOLDER}/{token_urlsafe(24)}", ContentFile(sealed))


def content(name: str) -> bytes:
    with default_storage.open(name) as file:
        sealed = file.read().decode()
    return zlib.decompress(b64decode(key_ring().open(sealed, place=PLACE)))


def remove(name: str) -> None:
    if name:
        default_storage.delete(name)
