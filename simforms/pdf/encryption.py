"""Encrypts a PDF file with a password (AES-256): good for an e-mail, not for a stolen disk.

Anyone who knows or guesses the password can read everything. Some viewers and convenience-store printers reject such a file.
The extra `[secure]` installs the library.
"""

from __future__ import annotations

import io

from simforms.errors import SimformsError
from simforms.messages import say
from simforms.pdf import native

SHORTEST_PASSWORD = 8
"""The fewest characters of a password."""


class EncryptionError(SimformsError):
    """A file cannot be encrypted: the library is missing, or the password is too short."""


def encrypt(body: bytes, password: str) -> bytes:
    """Return a PDF file, encrypted. Raises EncryptionError."""
    if len(password) < SHORTEST_PASSWORD:
        raise EncryptionError(
            say("the password is shorter than %(count)s characters; choose a longer one", count=SHORTEST_PASSWORD)
        )
    try:
        import pikepdf
    except ModuleNotFoundError:
        command = native.pip_command("pikepdf")
        raise EncryptionError(say("locking needs a library; install it: %(command)s", command=command)) from None
    encrypted = io.BytesIO()
    with pikepdf.open(io.BytesIO(body)) as document:
        lock = pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True)
        document.save(encrypted, encryption=lock)
    return encrypted.getvalue()
