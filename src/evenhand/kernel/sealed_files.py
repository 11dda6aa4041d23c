"""Files that only the application can read, on disk under names nobody can guess.

Each is sealed with a key of its own, and that key belongs in an encrypted column of the row that
names the file: when the keys of the installation are rotated, the file can stay as it is.
"""

import os
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from secrets import token_urlsafe

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from evenhand.kernel.encryption import NONCE_BYTES, CannotDecrypt

KEY_BITS = 256


@dataclass(frozen=True, slots=True)
class SealedFile:
    """Where a file lies, and what opens it."""

    name: str
    key: str


def keep_file(raw: bytes, *, folder: str) -> SealedFile:
    """Seal the content and store it in a folder."""
    key, nonce = AESGCM.generate_key(KEY_BITS), os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, zlib.compress(raw, 1), folder.encode())
    name = default_storage.save(f"{folder}/{token_urlsafe(24)}", ContentFile(sealed))
    return SealedFile(name, b64encode(key).decode())


def file_content(file: SealedFile) -> bytes:
    """What was sealed; raises CannotDecrypt where the file or its key was altered."""
    folder = file.name.rpartition("/")[0]
    with default_storage.open(file.name) as stored:
        sealed = stored.read()
    key = AESGCM(b64decode(file.key))
    try:
        return zlib.decompress(
            key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], folder.encode())
        )
    except InvalidTag as error:
        message = f"A file in {folder} does not open."
        raise CannotDecrypt(message) from error


def remove_file(name: str) -> None:
    """Take the file away; that it has gone already is no problem."""
    if name:
        default_storage.delete(name)
