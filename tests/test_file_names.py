"""One function says what a name from outside may be; names that a file system takes for one are one."""

from __future__ import annotations

import pytest
from outside_names import GOOD, HOSTILE

from simforms.file_names import MOST_BYTES, is_plain, same_file, shortened


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_leaves_its_folder_hides_or_drives_a_terminal_is_not_plain(name: str) -> None:
    assert not is_plain(name)


@pytest.mark.parametrize("name", GOOD)
def test_names_in_all_scripts_are_plain(name: str) -> None:
    assert is_plain(name)


@pytest.mark.parametrize("name", [None, 7, b"x", ["x"]])
def test_only_a_text_is_a_name(name: object) -> None:
    assert not is_plain(name)


@pytest.mark.parametrize(
    ("one", "other"), [("a.pdf", "A.PDF"), ("e\u0301.pdf", "\u00e9.pdf"), ("straße", "STRASSE"), ("Ａ-1", "a-1"), ("ﬁ", "FI")]
)
def test_names_that_some_system_takes_for_one_file_are_the_same(one: str, other: str) -> None:
    assert same_file(one) == same_file(other)


@pytest.mark.parametrize("text", ["王" * 200, "a" * 400, "\U00020bb7" * 100, "x\ud800y"])
def test_a_shortened_text_fits_and_ends_with_a_whole_character(text: str) -> None:
    short = shortened(text, MOST_BYTES)

    assert len(short.encode()) <= MOST_BYTES
    assert text.replace("\ud800", "").startswith(short)
