"""A table to fill in is understood in every language, shows an example, and is printed when it is filled in."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tables import FULL, FULL_ROW, refusal, table_of, wrong_with

from simforms.batches.tables.headings import meant
from simforms.batches.tables.xlsx_writer import columns, template
from simforms.knowledge.content import content
from simforms.knowledge.documents import documents
from simforms.knowledge.vocabulary import vocabulary
from simforms.language.catalogs import companion_languages

EVERYTHING = list(documents(content()).values())


@pytest.mark.parametrize("language", [*companion_languages(content())])
def test_the_columns_to_fill_in_are_understood_in_every_language_for_every_document(language: str) -> None:
    for kinds in (*([kind] for kind in EVERYTHING), EVERYTHING[:3], EVERYTHING):
        found = columns(content(), language, kinds)
        names = [meant(content(), column.heading) for column in found]

        assert names[:3] == [("id",), ("carrier",), ("language",)]
        assert all(len(name) == 1 for name in names)
        assert len(set(names)) == len(names)
        needed = {name for (name,), column in zip(names, found, strict=True) if column.needed}
        wanted = {name for kind in kinds for name in kind.needs}
        assert needed >= {"carrier"} | (wanted if len(kinds) < len(EVERYTHING) else set())
        assert [column.needed for column in found[3:]] == sorted((column.needed for column in found[3:]), reverse=True)


@pytest.mark.parametrize(("number", "language"), list(enumerate(companion_languages(content()))))
def test_the_table_to_fill_in_is_text_marks_what_is_needed_and_shows_an_example(
    number: int, language: str, tmp_path: Path
) -> None:
    path = tmp_path / "desk.xlsx"
    for kinds in (EVERYTHING, [EVERYTHING[number]]):
        path.write_bytes(template(content(), language, kinds))
        cases = load_workbook(path)["cases"]
        found = columns(content(), language, kinds)

        assert [cell.value for cell in cases[1]] == [column.heading for column in found]
        assert [bool(cell.font.bold and cell.fill.fill_type) for cell in cases[1]] == [column.needed for column in found]
        assert [cell.value for cell in cases[2]] == [column.example for column in found]
        assert {one.number_format for one in cases.column_dimensions.values()} == {"@"}
        assert {cell.number_format for cell in cases[2]} == {"@"}
        assert "no row is filled in" in refusal(path), "the headings are known, and the example is no case"


def test_the_choices_of_the_table_to_fill_in_are_offered_from_a_hidden_sheet() -> None:
    book = load_workbook(io.BytesIO(template(content(), "ko", [documents(content())["cancellation-request"]])))
    offered = {}
    for one in book["cases"].data_validations.dataValidation:
        first, last = one.formula1.removeprefix("lists!").split(":")
        [row] = book["lists"][f"{first}:{last}"]
        [column] = one.sqref.ranges
        assert (column.min_row, column.max_row) == (2, 1001)
        offered[meant(content(), book["cases"].cell(1, column.min_col).value)[0]] = [cell.value for cell in row]

    assert book["lists"].sheet_state == "hidden"
    assert offered["line.card"] == ["sim", "esim"]
    assert offered["language"] == list(companion_languages(content()))
    assert set(offered) == {"language"} | {
        meant(content(), cell.value)[0] for cell in book["cases"][1] if _choices(meant(content(), cell.value)[0])
    }


def _choices(name: str) -> bool:
    return name in vocabulary(content()) and bool(vocabulary(content())[name].choices)


def test_a_table_that_was_filled_in_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "desk.xlsx"
    book = load_workbook(io.BytesIO(template(content(), "zh-Hans", [documents(content())["cancellation-request"]])))
    given = dict(zip(FULL, FULL_ROW, strict=True))
    columns = {meant(content(), cell.value)[0]: cell.column for cell in book["cases"][1]}
    for name, text in given.items():
        book["cases"].cell(3, columns[name], text)
    book.save(path)

    table = table_of(path)

    assert [(record.id, record.number, wrong_with(record)) for record in table] == [("a-1", 3, [])]
    assert sorted((str(note.what) for note in table.notes), reverse=True) == [
        "the example row is ignored",
        "only the sheet “cases” is read",
    ]
