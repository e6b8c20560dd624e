"""A PDF file is locked with a password (AES-256): a lock for a mail, not for a stolen disk.

Whoever knows the password, or guesses it with patience, reads everything; viewers and printers of convenience stores may refuse
such a file. The extra `[secure]` brings the library.
"""

from __future__ import annotations

import io

from simforms.errors import SimformsError
from simforms.messages import say
from simforms.pdf import native

SHORTEST_PASSWORD = 8
"""Characters of a password."""


class EncryptionError(SimformsError):
    """A file cannot be locked: the library or a good password is missing."""


def encrypt(body: bytes, password: str) -> bytes:
    """Return a PDF file locked with a password. Raises LockError."""
    if len(password) < SHORTEST_PASSWORD:
        raise EncryptionError(
            say("the password is shorter than %(count)s characters; choose a longer one", count=SHORTEST_PASSWORD)
        )
    try:
        import pikepdf  # noqa: PLC0415 - only who asks for it pays for it
    except ModuleNotFoundError:
        command = native.pip_command("pikepdf")
        raise EncryptionError(say("locking needs a library; install it: %(command)s", command=command)) from None
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(body)) as document:
        lock = pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True)
        document.save(made, encryption=lock)
    return made.getvalue()
