"""Tables as people's programs save them are read as they look, or refused with the reason; nothing that is hidden is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from everyday_tables import everyday
from foreign_tables import NAMES, Foreign, corpus
from tables import Write, table_of, texts, wrong_with

from simforms.batches.tables.reader import Record
from simforms.errors import Problem, SimformsError

CORPUS = [*corpus(), *everyday()]


def test_the_corpus_holds_many_kinds_each_once() -> None:
    assert len({foreign.name for foreign in CORPUS}) == len(CORPUS) > 270


@pytest.mark.parametrize("foreign", CORPUS, ids=lambda foreign: foreign.name)
def test_a_table_of_another_program_is_read_as_it_looks(foreign: Foreign, write: Write) -> None:
    path = write(foreign.body, f"desk{Path(foreign.name).suffix}")
    if foreign.refused:
        with pytest.raises(SimformsError) as caught:
            table_of(path, **foreign.options)
        assert [words for words in foreign.refused if words not in str(caught.value)] == []
        return

    table = table_of(path, **foreign.options)

    said = "\n".join(map(str, table.notes))
    assert [words for words in foreign.said if words not in said] == []
    assert not (foreign.quiet and said)
    found = {record.number: record for record in table}
    wrong = {number: problems for number, record in found.items() if (problems := _wrong(record, foreign))}
    assert wrong.keys() == foreign.wrong.keys(), wrong
    assert all(len(problems) == 1 for problems in wrong.values()), wrong
    assert [words for number, words in foreign.wrong.items() if words not in str(wrong[number][0])] == []
    names = foreign.names or NAMES
    assert [_row(record, names) for number, record in found.items() if number not in wrong] == list(map(tuple, foreign.right))


def _wrong(record: Record, foreign: Foreign) -> list[Problem]:
    return wrong_with(record) if foreign.planned else list(record.problems)


def _row(record: Record, names: tuple[str, ...]) -> tuple[str, ...]:
    values = {"id": record.id, **texts(record)}
    return tuple(values.get(name, "").strip() for name in names)
