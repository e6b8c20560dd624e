"""Columns stand under one another where letters are wide, and lines end where such a line may end."""

from __future__ import annotations

import pytest
from wcwidth import wcswidth

from simforms.language.columns import table_lines, wrap

SAMPLE = "書類の種類を一覧にします。`simforms documents NAME`で、その書類を説明します（日本語）。"


@pytest.mark.parametrize("columns", range(24, 60))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(columns: int) -> None:
    lines = wrap(SAMPLE, columns)

    assert all(wcswidth(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == SAMPLE.replace(" ", "")


@pytest.mark.parametrize("columns", range(8, 60))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(columns: int) -> None:
    for line in wrap(SAMPLE, columns):
        assert line[0] not in "、。）ー"
        assert line[-1] not in "（"


def test_a_word_is_never_broken() -> None:
    assert wrap("run simforms render", 6) == ["run", "simforms", "render"]


def test_cells_begin_in_the_same_column_whatever_stands_before_them() -> None:
    rows = [("解約", "a"), ("sim", "b"), ("해지", "c")]

    assert {wcswidth(line[:-1]) for line in table_lines(rows)} == {6}


def test_what_does_not_fit_beside_a_long_cell_stands_under_it() -> None:
    assert list(table_lines([("--password-file FILE", "Its first line."), ("-h", "Help.")], 40, 10)) == [
        "--password-file FILE",
        "            Its first line.",
        "-h          Help.",
    ]
