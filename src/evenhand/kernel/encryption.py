"""Authenticated encryption of words at rest, with keys that can be rotated.

A sealed text is `v1.<key id>.<base64 of nonce and ciphertext>`: AES-256-GCM, a random 96-bit nonce,
and the name of the column as associated data, so that a text moved to another column does not open.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = "v1"
NONCE_BYTES = 12


class CannotDecrypt(Exception):
    """The stored text was sealed with a key this installation does not have, or was altered."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys by their ids; new texts are sealed with the first."""

    keys: dict[str, AESGCM]

    @property
    def primary(self) -> str:
        return next(iter(self.keys))

    def seal(self, text: str, *, place: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + self.keys[self.primary].encrypt(nonce, text.encode(), place.encode())
        return f"{VERSION}.{self.primary}.{urlsafe_b64encode(sealed).decode()}"

    def open(self, sealed: str, *, place: str) -> str:
        version, _, rest = sealed.partition(".")
        key_id, _, body = rest.partition(".")
        key = self.keys.get(key_id)
        if version != VERSION or key is None:
            message = f"No key {key_id!r} to open a text in {place}."
            raise CannotDecrypt(message)
        try:
            raw = urlsafe_b64decode(body)
            return key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode()).decode()
        except (InvalidTag, ValueError) as error:
            message = f"A text in {place} does not open with key {key_id!r}."
            raise CannotDecrypt(message) from error

    def is_current(self, sealed: str) -> bool:
        """Whether the text is sealed with the primary key, so that rotation can skip it."""
        return sealed.startswith(f"{VERSION}.{self.primary}.")


@lru_cache(maxsize=4)
def _ring(keys: tuple[tuple[str, bytes], ...]) -> KeyRing:
    return KeyRing({key_id: AESGCM(key) for key_id, key in keys})


def key_ring() -> KeyRing:
    """The keys of this installation; see FIELD_KEYS in the settings."""
    return _ring(tuple(settings.FIELD_KEYS.items()))
