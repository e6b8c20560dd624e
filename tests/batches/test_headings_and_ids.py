"""A heading is a field in any of our languages, or a comment; an id can name a file, and stands once."""

from __future__ import annotations

import pytest
from tables import Write, csv, read, texts, told_of

from simforms.batches.tables.headings import meant, written
from simforms.knowledge.content import content
from simforms.knowledge.vocabulary import vocabulary
from simforms.language.catalogs import JAPANESE, companion_languages


def test_every_label_and_every_name_is_a_heading_in_every_language() -> None:
    words = vocabulary(content())
    for language in (JAPANESE, *companion_languages(content())):
        for name in ("id", *(name for name in words if "[]" not in name)):
            full = written(content(), language, name)
            wide = full.replace("(", "（").replace(")", "）").upper()
            assert meant(content(), full) == meant(content(), f" {wide} *") == meant(content(), name) == (name,)
            assert name in meant(content(), full.removesuffix(f"({name})"))


@pytest.mark.parametrize(
    ("ids", "found", "told"),
    [
        (("A", "a"), ["A", "row-3"], "the ID appears twice, first in row 2"),
        (("x", ""), ["x", "row-3"], ""),
        (("row-3", ""), ["row-3", "row-3-x"], "the ID appears twice, first in row 2"),
        (("東-1", "１２"), ["東-1", "１２"], ""),
        (("1", "１"), ["1", "row-3"], "the ID appears twice"),
        (("x", ".a"), ["x", "row-3"], "this cannot be used as a file name"),
        (("x", "-a"), ["x", "row-3"], "this cannot be used as a file name"),
        (("x", "a/b"), ["x", "row-3"], "this cannot be used as a file name"),
        (("x", "a."), ["x", "row-3"], "this cannot be used as a file name"),
        (("x", "a" * 41), ["x", "row-3"], "this cannot be used as a file name"),
        (("x", "a" * 40), ["x", "a" * 40], ""),
        (("x", "Con.1"), ["x", "row-3"], "this cannot be used as a file name"),
        (("x", "com0"), ["x", "row-3"], "this cannot be used as a file name"),
        (("x", "company"), ["x", "company"], ""),
    ],
)
def test_an_id_can_name_a_file_and_stands_once(write: Write, ids: tuple[str, str], found: list[str], told: str) -> None:
    one, other = read(write(csv(("id", "person.name"), *((own, "A") for own in ids))))

    assert [one.id, other.id] == found
    assert not one.problems
    assert [told in line and line.startswith("3:") for line in told_of(other)] == [True] * bool(told)


def test_comments_and_the_column_of_problems_are_no_fields(write: Write) -> None:
    text = "id,#problem: 需更正之处,person.name,# 備考\n1,x,A,call again\n"
    [record] = read(write(text))

    assert texts(record) == {"person.name": "A"}
    assert record.cells == {"id": "1", "person.name": "A", "# 備考": "call again"}
