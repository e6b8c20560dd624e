"""Encrypts a PDF file with a password (AES-256): good for an e-mail, not for a stolen disk.

Anyone who knows or guesses the password can read everything. Some viewers and convenience-store printers reject such a file.
The extra `[secure]` installs the library.
"""

from __future__ import annotations

import io
import stringprep
import unicodedata
from collections.abc import Iterator
from functools import reduce

from simforms.errors import SimformsError
from simforms.messages import Message, say
from simforms.pdf import native

SHORTEST_PASSWORD = 8
"""The fewest characters of a password."""
LONGEST_PASSWORD = 127
"""The most bytes of a password in UTF-8: a viewer reads no more of it (ISO 32000-2:2020, 7.6.4.3.3, algorithm 2.A)."""
_FORBIDDEN = (
    stringprep.in_table_a1,  # without a meaning in Unicode 3.2, which SASLprep goes by; emoji among them
    stringprep.in_table_b1,  # left out
    stringprep.in_table_c12,  # spaces other than U+0020
    stringprep.in_table_c21_c22,  # control characters
    stringprep.in_table_c3,  # private use
    stringprep.in_table_c4,  # not characters
    stringprep.in_table_c5,  # surrogates
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,  # these turn the direction of writing
    stringprep.in_table_c9,
)
"""The tables of SASLprep (RFC 4013) whose characters it changes or refuses. ISO 32000-2 demands it; many viewers leave it out."""


class EncryptionError(SimformsError):
    """A file cannot be encrypted: the library is missing, or viewers do not agree on the password."""


def usable_password(typed: str) -> str:
    """Return a password in the one spelling that all viewers read alike. Raises EncryptionError with all that is wrong."""
    password = unicodedata.normalize("NFC", typed)
    if problems := list(_problems(password)):
        raise EncryptionError(reduce(lambda first, then: say("%(what)s; %(suggestion)s", what=first, suggestion=then), problems))
    return password


def _problems(password: str) -> Iterator[Message]:
    """Yield what is wrong with a password. No message holds a character of it."""
    if len(password) < SHORTEST_PASSWORD:
        yield say("the password is shorter than %(count)s characters; choose a longer one", count=SHORTEST_PASSWORD)
    if password.strip(" ") != password:
        yield say("there is a space before or after the password; delete it")
    if len(password.encode("utf-8", "surrogatepass")) > LONGEST_PASSWORD:
        yield say(
            "the password is longer than %(count)s bytes, which is all that viewers read; choose a shorter one",
            count=LONGEST_PASSWORD,
        )
        return  # not a list of hundreds of characters
    indexes = [index for index, character in enumerate(password, 1) if _is_read_differently(character)]
    if indexes := indexes or _mixed_directions(password):
        yield say(
            "viewers read these characters of the password differently: %(indexes)s; replace them with plain "
            "letters, digits or punctuation marks, not emoji, full-width letters or control characters",
            indexes=", ".join(map(str, indexes)),
        )


def _is_read_differently(character: str) -> bool:
    """Return whether a viewer with SASLprep refuses a character, or reads another one than a viewer without."""
    old = unicodedata.ucd_3_2_0
    return any(found(character) for found in _FORBIDDEN) or {
        unicodedata.normalize("NFKC", character),
        old.normalize("NFKC", character),
    } != {character}


def _mixed_directions(password: str) -> list[int]:
    """Return where the letters written from right to left are, if SASLprep refuses their mixture with others."""
    right = [index for index, character in enumerate(password, 1) if stringprep.in_table_d1(character)]
    mixed = any(map(stringprep.in_table_d2, password)) or not {1, len(password)} <= set(right)
    return right if mixed else []


def encrypt(body: bytes, password: str) -> bytes:
    """Return a PDF file, encrypted; it was opened with the password, and not without. Raises EncryptionError."""
    password = usable_password(password)
    try:
        import pikepdf
    except ModuleNotFoundError:
        command = native.pip_command("pikepdf")
        raise EncryptionError(
            say("locking needs a library that is missing; install it with: %(command)s", command=command)
        ) from None
    encrypted = io.BytesIO()
    with pikepdf.open(io.BytesIO(body)) as document:
        lock = pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True)
        document.save(encrypted, encryption=lock)
    locked = encrypted.getvalue()
    for opens in (_qpdf_opens, _pdfium_opens):
        if not opens(locked, password) or opens(locked, ""):
            raise EncryptionError(
                say(
                    "some viewers cannot open the locked paper with this password, or open it without one; choose "
                    "another password"
                )
            )
    return locked


def _qpdf_opens(body: bytes, password: str) -> bool:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(body), password=password) as document:
            return len(document.pages) > 0
    except pikepdf.PasswordError:
        return False


def _pdfium_opens(body: bytes, password: str) -> bool:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(body, password=password or None) as document:
            return len(document) > 0
    except pypdfium2.PdfiumError:
        return False
