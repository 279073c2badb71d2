"""Where the secret keys come from: made afresh at each start, or given by whoever serves.

Knows nothing of cookies and of Flask. A key is never shown: not in a message, a repr or a log.
"""

import os
import secrets
import stat
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from checklist.errors import ChecklistError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

KEYS_SETTING = "CHECKLIST_SECRET_KEYS"
KEYS_FILE_SETTING = "CHECKLIST_SECRET_KEYS_FILE"
SHORTEST_KEY = 32
_PRIVATE_MODES = (0o600, 0o400)


class SettingError(ChecklistError):
    """Something that whoever serves the form has set cannot be used."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Secret keys, newest first: the first one seals, each of them opens.

    ``given`` tells keys that outlive the program from those that end with it.
    """

    secrets: tuple[bytes, ...] = field(repr=False)
    given: bool

    def fernet(self) -> "Fernets":
        """Return what seals and opens cookies."""
        return Fernets(self.secrets, b"checklist cookie")

    def fernet_for_files(self) -> "Fernets":
        """Return what seals the content of a file that waits on a page to be confirmed."""
        return Fernets(self.secrets, b"checklist opened file")

    def for_form_tokens(self) -> str:
        """Return the key that signs the token in every form."""
        return _derived(self.secrets[0], b"checklist form token").hex()


class Fernets:
    """Seals and opens with secret keys; made when first used, as a first page needs none."""

    def __init__(self, secrets: tuple[bytes, ...], label: bytes) -> None:
        self._secrets = secrets
        self._label = label

    @cached_property
    def _made(self) -> "MultiFernet":
        from cryptography.fernet import Fernet, MultiFernet

        derived = (_derived(secret, self._label) for secret in self._secrets)
        return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in derived])

    def encrypt(self, data: bytes) -> bytes:
        """Return ``data`` sealed with the newest key."""
        return self._made.encrypt(data)

    def decrypt(self, sealed: bytes) -> bytes:
        """Return what any of the keys sealed.

        Raises:
            InvalidToken: none of them did, or it was changed since.
        """
        return self._made.decrypt(sealed)


def fresh_keys() -> Keys:
    """Return a key that nobody else has, and that nobody has once the program ends."""
    return Keys((secrets.token_bytes(SHORTEST_KEY),), given=False)


def keys_from(environ: Mapping[str, str]) -> Keys:
    """Return the keys that ``environ`` gives, or a fresh one where it gives none.

    Keys are separated by commas or white space, and each has at least 32 characters.

    Raises:
        SettingError: a setting is there but cannot be used.
    """
    if KEYS_SETTING in environ and KEYS_FILE_SETTING in environ:
        raise SettingError(f"set {KEYS_SETTING} or {KEYS_FILE_SETTING}, not both")
    if KEYS_SETTING in environ:
        return _keys_in(environ[KEYS_SETTING], KEYS_SETTING)
    if KEYS_FILE_SETTING in environ:
        return _keys_in(_text_of(Path(environ[KEYS_FILE_SETTING])), KEYS_FILE_SETTING)
    return fresh_keys()


def _keys_in(text: str, setting: str) -> Keys:
    keys = text.replace(",", " ").split()
    if not keys:
        raise SettingError(f"{setting} holds no key")
    for number, key in enumerate(keys, start=1):
        if len(key) < SHORTEST_KEY:
            raise SettingError(
                f"{setting}: key {number} has {len(key)} characters, fewer than {SHORTEST_KEY}"
            )
    return Keys(tuple(key.encode() for key in keys), given=True)


def _text_of(file: Path) -> str:
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise SettingError(f"{KEYS_FILE_SETTING}: the file cannot be read") from error
    if os.name == "posix" and mode not in _PRIVATE_MODES:
        raise SettingError(f"{KEYS_FILE_SETTING}: others may read the file; chmod 600 it")
    return text


def _derived(secret: bytes, label: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(secret)
