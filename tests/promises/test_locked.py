"""What locks, locks: a password is refused, or opens the paper in three viewers; no paper opens without."""

from __future__ import annotations

import io
import stringprep
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pikepdf
import poppler
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from conftest import SMALL
from hypothesis import example, given
from hypothesis import strategies as st

from simforms.cli.main import main
from simforms.pdf import encryption
from simforms.pdf.encryption import EncryptionError, encrypt, usable_password

SPEAKING = {
    "ASCII": "correct horse",
    "all of the keyboard": "~!@#$%^&*()_+{}|:\"<>?`-=[]\\;',./",
    "French": "Fenêtre à l'été",
    "German": "Überflüssig",
    "Japanese": "とても長い合言葉です",
    "kana with marks": "がぎぐげござじずぜ",
    "Korean": "아주 긴 비밀번호",
    "Vietnamese": "Mật khẩu rất dài",
    "simplified Chinese": "这是很长的一个密码",
    "traditional Chinese": "這是很長的一個密碼",
    "a rare surname": "𠮷野家の合言葉です",
    "Russian": "длинный пароль",
    "Hebrew": "סיסמהארוכה",
    "Arabic": "كلمةالسرالطويلة",
    "8 characters": "12345678",
    "127 bytes": "x" * 127,
    "127 bytes in 43 characters": "あ" * 42 + "x",
}
REFUSED = {
    "empty": ("", "shorter than 8 characters"),
    "7 characters": ("1234567", "shorter than 8 characters"),
    "7 characters, decomposed": ("Ma\u0323\u0302t ma", "shorter than 8 characters"),
    "128 bytes": ("x" * 128, "longer than 127 bytes"),
    "128 bytes in 44 characters": ("あ" * 42 + "xx", "longer than 127 bytes"),
    "a space before": (" correct horse", "there is a space before or after"),
    "a space after": ("correct horse ", "there is a space before or after"),
    "emoji": ("correct horse 🐴", "of the password differently: 15;"),
    "two emoji": ("🐴 correct 🐴", "of the password differently: 1, 11;"),
    "full width": ("ｃorrect horse", "of the password differently: 1;"),
    "half-width kana": ("correct ﾎｰｽ", "of the password differently: 9, 10, 11;"),
    "a circled number": ("correct horse ①", "of the password differently: 15;"),
    "a ligature": ("correct ﬁsh", "of the password differently: 9;"),
    "a full-width space": ("correct\u3000horse", "of the password differently: 8;"),
    "a space that does not break": ("correct\u00a0horse", "of the password differently: 8;"),
    "an Ogham space": ("correct\u1680horse", "of the password differently: 8;"),
    "a tab": ("correct\thorse", "of the password differently: 8;"),
    "NUL": ("correct\0horse", "of the password differently: 8;"),
    "escape": ("correct\x1b[2Jhorse", "of the password differently: 8;"),
    "C1": ("correct\x85horse", "of the password differently: 8;"),
    "a soft hyphen": ("correct\u00adhorse", "of the password differently: 8;"),
    "a joiner": ("correct\u200dhorse", "of the password differently: 8;"),
    "a byte order mark": ("\ufeffcorrect horse", "of the password differently: 1;"),
    "half a character": ("correct\ud83dhorse", "of the password differently: 8;"),
    "an undecodable byte": ("correct\udce9horse", "of the password differently: 8;"),
    "private use": ("correct\ue000horse", "of the password differently: 8;"),
    "unassigned": ("correct\u0378horse", "of the password differently: 8;"),
    "no character": ("correct\uffffhorse", "of the password differently: 8;"),
    "younger than SASLprep": ("correct\u1e9ehorse", "of the password differently: 8;"),
    "turned": ("correct\u202ehorse", "of the password differently: 8;"),
    "both directions": ("correct שלום", "of the password differently: 9, 10, 11, 12;"),
    "right to left with a digit last": ("סיסמהארוכה1", "of the password differently: 1, 2,"),
}


def _blank() -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(saved := io.BytesIO())
    return saved.getvalue()


PAPER = _blank()
Viewer = Callable[[Path, str], bool]


def _qpdf(path: Path, password: str) -> bool:
    try:
        pikepdf.open(path, password=password).close()
    except pikepdf.PasswordError:
        return False
    return True


def _pdfium(path: Path, password: str) -> bool:
    try:
        pypdfium2.PdfDocument(path, password=password or None).close()
    except pypdfium2.PdfiumError:
        return False
    return True


@cache
def _locked(password: str) -> bytes:
    return encrypt(PAPER, password)


def _opens_alone(viewer: Viewer, password: str, path: Path) -> None:
    """Assert that a viewer opens a paper with its password, and not without or with another."""
    if viewer is poppler.opens and not poppler.library():
        pytest.skip("no paper was opened in Poppler: install gir1.2-poppler-0.18")
    path.write_bytes(_locked(password))
    assert viewer(path, unicodedata.normalize("NFC", password))
    assert not viewer(path, "")
    assert not viewer(path, "another password")


def _render(tmp_path: Path, password: bytes, *more: str) -> Result:
    (tmp_path / "case.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "password").write_bytes(password)
    line = ["render", str(tmp_path / "case.yaml"), "-d", "departure-plan", "-o", str(tmp_path / "out"), *more]
    return CliRunner().invoke(main, [*line, "--password-file", str(tmp_path / "password")])


@pytest.mark.parametrize("viewer", [_qpdf, _pdfium, poppler.opens])
@pytest.mark.parametrize("password", SPEAKING.values(), ids=SPEAKING)
def test_a_password_of_any_script_opens_the_paper_in_every_viewer(password: str, viewer: Viewer, tmp_path: Path) -> None:
    _opens_alone(viewer, password, tmp_path / "locked.pdf")


@pytest.mark.parametrize("viewer", [_qpdf, _pdfium, poppler.opens])
@pytest.mark.parametrize("name", ["French", "kana with marks", "Korean", "Vietnamese"])
def test_decomposed_letters_are_composed(name: str, viewer: Viewer, tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", SPEAKING[name])
    assert decomposed != SPEAKING[name]

    _opens_alone(viewer, decomposed, tmp_path / "locked.pdf")


@pytest.mark.parametrize(("password", "why"), REFUSED.values(), ids=REFUSED)
def test_a_password_that_viewers_read_differently_is_refused_without_being_shown(password: str, why: str) -> None:
    with pytest.raises(EncryptionError) as caught:
        encrypt(PAPER, password)

    assert why in str(caught.value)
    assert "horse" not in str(caught.value)
    assert all(ord(character) < 127 for character in str(caught.value))


def test_all_that_is_wrong_with_a_password_is_said_at_once() -> None:
    with pytest.raises(EncryptionError, match=r"shorter than 8 .*; there is a space .*; viewers read .*: 2, 4;"):
        usable_password(" \tx🐴")


def _by_saslprep(password: str) -> str | None:
    """Return what a viewer makes of a password that follows RFC 4013 to the letter; None if it refuses it."""
    mapped = "".join(
        " " if stringprep.in_table_c12(one) else one for one in password if not stringprep.in_table_b1(one) or one == " "
    )
    prepared = unicodedata.ucd_3_2_0.normalize("NFKC", mapped)
    prohibited = [getattr(stringprep, f"in_table_{name}") for name in "a1 c12 c21_c22 c3 c4 c5 c6 c7 c8 c9".split()]
    if any(found(one) for one in prepared for found in prohibited):
        return None
    right = [stringprep.in_table_d1(one) for one in prepared]
    if any(right) and (any(map(stringprep.in_table_d2, prepared)) or not (right[0] and right[-1])):
        return None
    return prepared


SCRIPTS = st.characters(
    codec="utf-8",
    categories=["Lu", "Ll", "Lo", "Mn", "Nd", "Po", "Zs"],
    max_codepoint=0xD7A3,
)


@given(st.text(min_size=1, max_size=40) | st.text(SCRIPTS, min_size=8, max_size=40) | st.text(st.characters(), min_size=8))
@example("Mật khẩu rất dài")
@example("e\u0301\u0323" * 4)
@example("\u1100\u1161\u11a8" * 8)
@example("שלוםשלום\u05b0")
def test_any_text_is_refused_or_opens_the_paper_in_every_viewer(tmp_path: Path, text: str) -> None:
    try:
        password = usable_password(text)
    except EncryptionError:
        return
    assert _by_saslprep(password) == password == unicodedata.normalize("NFC", text)
    path = tmp_path / "locked.pdf"
    path.write_bytes(encrypt(PAPER, text))
    for viewer in [_qpdf, _pdfium, *([poppler.opens] if poppler.library() else [])]:
        assert viewer(path, password)


@given(st.text("abcXYZ0189 .-_éüñçøß日本語かなカナ한국어Việtạộ", min_size=8, max_size=40))
def test_letters_that_people_type_are_never_refused(text: str) -> None:
    password = f"x{text}x"

    assert usable_password(password) == password


@pytest.mark.parametrize(
    "opens", [("_qpdf_opens", False), ("_pdfium_opens", False), ("_qpdf_opens", True), ("_pdfium_opens", True)], ids=str
)
def test_a_paper_is_refused_that_a_viewer_does_not_open_or_opens_without_a_password(
    opens: tuple[str, bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, answer = opens
    monkeypatch.setattr(encryption, name, lambda _body, _password: answer)

    result = _render(tmp_path, b"correct horse\n", "--encrypt")

    assert result.exit_code == 3
    assert "some viewers cannot open the locked paper with this password, or open it without one" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("start", [b"", b"\n", b"\r\n", b"\r", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_first_line_is_refused(start: bytes, tmp_path: Path) -> None:
    result = _render(tmp_path, start + (b"correct horse\n" if start.strip(b"\xef\xbb\xbf") else b""), "--encrypt")

    assert result.exit_code == 2
    assert result.stderr == (
        f"simforms: {tmp_path / 'password'}: the first line of the file is empty; write the password there\n"
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "body",
    [b"correct horse", b"correct horse\n", b"correct horse\r\nx", b"correct horse\rx", b"\xef\xbb\xbfcorrect horse\n\xff"],
)
def test_the_first_line_is_the_password_however_it_was_saved(body: bytes, tmp_path: Path) -> None:
    result = _render(tmp_path, body, "--encrypt")

    assert result.exit_code == 0, result.stderr
    assert _qpdf(Path(result.stdout.strip()), "correct horse")
    assert not _qpdf(Path(result.stdout.strip()), "")


@pytest.mark.parametrize("body", ["pässword long".encode("latin-1"), "correct horse".encode("utf-16"), b"correct horse\xe9"])
def test_a_file_in_another_encoding_is_named_in_one_sentence(body: bytes, tmp_path: Path) -> None:
    result = _render(tmp_path, body, "--encrypt")

    assert result.exit_code == 2
    assert f"{tmp_path / 'password'}: the file is not in UTF-8; save it again as UTF-8\n" in result.stderr


def test_a_file_of_many_bytes_is_a_long_password_and_not_one_in_another_encoding(tmp_path: Path) -> None:
    result = _render(tmp_path, ("あ" * 100_000).encode(), "--encrypt")

    assert result.exit_code == 3
    assert "choose a shorter one" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such device")
def test_a_device_without_an_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(SMALL, encoding="utf-8")

    line = ["render", str(tmp_path / "case.yaml"), "-o", str(tmp_path / "out"), "--encrypt", "--password-file", "/dev/zero"]

    result = CliRunner().invoke(main, line)
    assert result.exit_code == 3
    assert (
        result.stderr == "simforms: the password is longer than 127 bytes, which is all that viewers read; choose a shorter one\n"
    )
    assert not (tmp_path / "out").exists()


def test_a_password_file_without_encrypt_makes_no_open_paper(tmp_path: Path) -> None:
    result = _render(tmp_path, b"correct horse\n")

    assert result.exit_code == 2
    assert "`--password-file` can be used only with `--encrypt`" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_password_that_is_typed_decomposed_is_composed(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(SMALL, encoding="utf-8")
    typed = f"{unicodedata.normalize('NFD', SPEAKING['Vietnamese'])}\n" * 2

    line = ["render", str(tmp_path / "case.yaml"), "-d", "departure-plan", "-o", str(tmp_path / "out"), "--encrypt"]
    result = CliRunner().invoke(main, line, input=typed)

    assert result.exit_code == 0, result.stderr
    assert _pdfium(Path(result.stdout.strip()), SPEAKING["Vietnamese"])
