"""Each output has one owner: no row, table or file of somebody else is replaced or removed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from conftest import TODAY
from strange import paper

from simforms.batches import owners
from simforms.batches.job import Job
from simforms.batches.journal import NAME, Journal, journal
from simforms.batches.outcome import Made, Outcome, Refused
from simforms.batches.run import run
from simforms.batches.sheets import Sheets, corrects, sheet_names
from simforms.batches.tables.reader import Record, Table, records
from simforms.cli.main import main
from simforms.errors import CaseError, Location, Problem
from simforms.knowledge.content import content
from simforms.messages import say
from simforms.papers.manifest import SUFFIX, manifest_path
from simforms.texts import Section, Text
from simforms.write import remove_partial_files, write

JOB = Job(TODAY, ("call-log",))
LETTER = "call-log-en"


def _record(number: int, identity: str, person: str = "WANG", **said: str) -> Record:
    here = Location("people.csv", number)
    inner = Section({"name": Text(person, here)}, {"name": here}, here)
    entries: dict[str, Text | Section] = {name: Text(text, here) for name, text in said.items()} | {"person": inner}
    return Record(number, identity, Section(entries, dict.fromkeys(entries, here), here), (), {"id": identity})


def _table(records: Sequence[Record], *headings: str) -> Table:
    return Table(("id", *headings), {"id": "id"}, (), len(records), lambda: iter(records))


def _here(function: Any, *arguments: Any) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_result(function(*arguments))
    return future


def _print(_: Job, record: Record) -> Outcome:
    """Print a record, which its note makes wrong."""
    if wrong := [problem for problem in record.problems if problem.severity == "error"]:
        return Refused(tuple(wrong))
    note = record.case.entries.get("note")
    if isinstance(note, Text):
        return Refused((Problem(record.case.location, "carrier", say("this field has no value"), say("write it")),))
    person = next(text.text for name, text in record.case.leaves() if name == "person.name")
    return Made((paper(LETTER, person),))


def _printed(
    folder: Path, records: Sequence[Record], table: str = "people.csv", *, names: bool = False, corrected: bool = False
) -> dict[str, Outcome | None]:
    """Print a table of that path into a folder; return the outcomes, None where a record was printed before."""
    folder.mkdir(exist_ok=True)
    path = folder.parent / table
    with journal(folder) as opened:
        done = run(
            JOB,
            records,
            opened,
            _here,
            table=path,
            corrects=corrected,
            sheets=sheet_names(path),
            work=_print,
            name=lambda record: owners.stem_of(record, names=names),
        )
        return {record.id: outcome for record, outcome in done}


def _failed(outcome: Outcome | None) -> list[str]:
    return [str(problem.what) for problem in outcome.problems] if outcome and outcome.failed else []


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().split(b"\n", 1)[1].decode() for path in sorted(folder.glob("*.pdf"))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("A", "KIM-LEE"), ("A-KIM", "LEE")),
        (("a", "KIM"), ("A", "kim")),
        (("é", "KIM"), ("e\u0301", "KIM")),
        (("A", "Ｋim"), ("A", "KIM")),
    ],
)
def test_two_rows_whose_papers_would_have_one_name_are_two_people(one: tuple[str, str], other: tuple[str, str]) -> None:
    """With the names of persons in it, `A` and `KIM-LEE` make the name that `A-KIM` and `LEE` make."""
    records = [_record(2, one[0], one[1]), _record(3, other[0], other[1])]
    stems = [owners.stem_of(record, names=True) for record in records]
    assert owners.same_file(stems[0]) == owners.same_file(stems[1])
    found = list(owners.one_owner_each(records, lambda record: owners.stem_of(record, names=True), JOB.paper_names, {}))

    assert found[0].problems == ()
    [problem] = found[1].problems
    assert (problem.name, problem.severity, problem.what.values) == ("id", "error", {"row": 2})


def test_papers_whose_kind_begins_like_another_have_one_owner_too() -> None:
    records = [_record(2, "A"), _record(3, "A-departure"), _record(4, "B-departure"), _record(5, "B"), _record(6, "C")]
    endings = {"plan-en", "departure-plan-en"}
    found = owners.one_owner_each(records, lambda record: record.id, endings, {})

    assert [record.id for record in found if record.problems] == ["A-departure", "B"]


def test_a_row_named_like_a_sheet_of_the_batch_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    found = _printed(tmp_path / "out", [_record(2, "index"), _record(3, "all"), _record(4, "B")], f"{LETTER}.csv")

    assert [bool(_failed(found[identity])) for identity in ("index", "all", "B")] == [True, False, False]
    assert set(_texts(tmp_path / "out")) == {f"all-{LETTER}.pdf", f"B-{LETTER}.pdf"}


def test_two_tables_without_ids_never_share_the_names_of_their_rows(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _printed(out, [_record(2, "row-2", "WANG"), _record(3, "row-3", "LI")])
    before = {path: path.read_bytes() for path in out.iterdir()}
    (tmp_path / "other").mkdir()
    for table in ("students.csv", "other/people.csv"):  # also one of the same name in another folder
        with pytest.raises(CaseError) as refused:
            _printed(out, [_record(2, "row-2", "KIM"), _record(9, "row-9", "PARK")], table)
        assert [problem.what.values for problem in refused.value.problems] == [
            {"count": 1, "table": "people.csv", "row": "row-2"}
        ]
    assert {path: path.read_bytes() for path in out.glob("*.pdf*")} == {
        path: body for path, body in before.items() if ".pdf" in path.name
    }
    assert _printed(out, [_record(2, "row-2", "WANG"), _record(3, "row-3", "LI")]) == {"row-2": None, "row-3": None}


def test_an_id_in_other_letters_belongs_to_the_table_that_had_it_first(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _printed(out, [_record(2, "A-KIM", "KIM")])
    found = _printed(out, [_record(2, "a-kim", "PARK"), _record(3, "A", "KIM")], "other.csv", names=False)
    named = _printed(out, [_record(3, "A", "KIM")], "other.csv", names=True)

    assert [bool(_failed(found["a-kim"])), bool(_failed(found["A"])), bool(_failed(named["A"]))] == [True, False, True]
    assert _texts(out)[f"A-KIM-{LETTER}.pdf"] == "KIM"


def test_corrected_rows_join_the_others_and_the_old_table_does_not_take_them_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    wrong = _record(3, "B", "LI", note="wrong")
    assert _failed(_printed(out, [_record(2, "A"), wrong])["B"])
    assert _printed(out, [_record(2, "B", "LI")], "out/failed.xlsx", corrected=True)["B"]
    again = _printed(out, [_record(2, "A"), wrong])

    assert again["A"] is None
    assert _failed(again["B"])
    assert _texts(out)[f"B-{LETTER}.pdf"] == "LI"
    assert _printed(out, [_record(2, "A"), _record(3, "B", "LI MEIHUA")])["B"]
    assert _texts(out)[f"B-{LETTER}.pdf"] == "LI MEIHUA"


FOREIGN = [b"", b"my own scan", b"%PDF-1.7\nmy own", b"{}"]


@pytest.mark.parametrize("body", FOREIGN)
@pytest.mark.parametrize("name", [f"A-{LETTER}.pdf", f"A-{LETTER}.pdf{SUFFIX}"])
def test_a_file_of_somebody_else_is_never_replaced(tmp_path: Path, name: str, body: bytes) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_bytes(body)
    found = _printed(out, [_record(2, "A"), _record(3, "B")])

    assert (out / name).read_bytes() == body
    assert "exists" in _failed(found["A"])[0]
    assert (out / f"B-{LETTER}.pdf").exists()
    assert sorted(path.name for path in out.iterdir() if path.name.startswith("A-")) == [name]


def test_a_link_is_never_followed_or_replaced(tmp_path: Path) -> None:
    out, target = tmp_path / "out", tmp_path / "target"
    out.mkdir()
    target.write_bytes(b"mine")
    (out / f"A-{LETTER}.pdf").symlink_to(target)
    assert _failed(_printed(out, [_record(2, "A")])["A"])
    (out / f"A-{LETTER}.pdf").unlink()
    _printed(out, [_record(2, "A")])
    (out / f"A-{LETTER}.pdf").unlink()
    (out / f"A-{LETTER}.pdf").symlink_to(target)
    assert _failed(_printed(out, [_record(2, "A")])["A"])

    assert target.read_bytes() == b"mine"
    assert (out / f"A-{LETTER}.pdf").is_symlink()


def test_what_somebody_changed_is_not_removed_when_it_is_no_longer_made(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _printed(out, [_record(2, "A"), _record(3, "B")])
    (out / f"A-{LETTER}.pdf").write_bytes(b"%PDF-1.7\nsigned")
    _printed(out, [_record(2, "A", note="wrong"), _record(3, "B", note="wrong")])

    assert _texts(out) == {f"A-{LETTER}.pdf": "signed"}
    assert not (out / f"B-{LETTER}.pdf{SUFFIX}").exists()


def test_what_a_killed_batch_has_written_but_not_noted_is_its_own(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _printed(out, [_record(2, "A"), _record(3, "B")])
    path = out / NAME
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2]))  # the head and the table: no record
    (out / f"B-{LETTER}.pdf").unlink()  # killed between the manifest and the paper
    found = _printed(out, [_record(2, "A"), _record(3, "B")])

    assert not any(map(_failed, found.values()))
    assert set(_texts(out)) == {f"A-{LETTER}.pdf", f"B-{LETTER}.pdf"}


def _sheets(opened: Journal, table: Table, path: Path) -> Sheets:
    return Sheets(opened, table, path, "en")


def _fail(*records: Record) -> list[tuple[Record, Sequence[Problem]]]:
    return [
        (record, [Problem(record.case.location, "carrier", say("this field has no value"), say("write it"))])
        for record in records
    ]


def test_a_table_of_failed_rows_that_is_being_corrected_is_never_replaced_or_removed(tmp_path: Path) -> None:
    out, rows = tmp_path / "out", [_record(2, "A", note="wrong"), _record(3, "B", note="wrong")]
    _printed(out, rows)
    table = _table(rows)
    with journal(out) as opened:
        sheets = _sheets(opened, table, tmp_path / "people.csv")
        assert [path.name for path in sheets.write_failed(_fail(*rows))] == ["failed.xlsx"]
        assert [path.name for path in sheets.write_failed(_fail(*rows))] == ["failed.xlsx"], "it is ours, and as we wrote it"
        half = openpyxl.load_workbook(out / "failed.xlsx")
        half.save(out / "failed.xlsx")
        body = (out / "failed.xlsx").read_bytes()
        assert [path.name for path in sheets.write_failed(_fail(*rows))] == ["failed-2.xlsx"]
    _printed(out, [_record(2, "A"), _record(3, "B")])
    with journal(out) as opened:
        list(_sheets(opened, table, tmp_path / "people.csv").write_failed([]))

    assert (out / "failed.xlsx").read_bytes() == body
    assert not (out / "failed-2.xlsx").exists(), "all its rows are printed, and nobody has changed it"


@pytest.mark.parametrize("body", FOREIGN)
def test_a_foreign_table_of_failed_rows_stays(tmp_path: Path, body: bytes) -> None:
    out = tmp_path / "out"
    _printed(out, [_record(2, "A")])
    (out / "failed.xlsx").write_bytes(body)
    with journal(out) as opened:
        sheets = _sheets(opened, _table([_record(2, "A")]), tmp_path / "people.csv")
        assert list(sheets.write_failed([])) == []
        assert [path.name for path in sheets.write_failed(_fail(_record(2, "A")))] == ["failed-2.xlsx"]

    assert (out / "failed.xlsx").read_bytes() == body


def test_what_is_read_is_never_written(tmp_path: Path) -> None:
    out, rows = tmp_path / "out", [_record(2, "A", note="wrong")]
    _printed(out, rows)
    with journal(out) as opened:
        [path] = _sheets(opened, _table(rows), tmp_path / "people.csv").write_failed(_fail(*rows))
        body = path.read_bytes()
        corrected = _sheets(opened, _table(rows, "#problem"), path)
        assert [other.name for other in corrected.write_failed(_fail(*rows))] == ["failed-2.xlsx"]
    _printed(out, [_record(2, "A")], "out/failed.xlsx", corrected=True)
    with journal(out) as opened:
        list(_sheets(opened, _table(rows), path).write_failed([]))

    assert path.read_bytes() == body


@pytest.mark.parametrize("sheet", ["index-people.pdf", "all-people-1.pdf"])
def test_a_foreign_sheet_is_left_and_the_own_gets_another_name(tmp_path: Path, sheet: str) -> None:
    out, rows = tmp_path / "out", [_record(2, "A")]
    _printed(out, rows)
    (out / sheet).write_bytes(b"mine")
    with journal(out) as opened:
        opened_sheets = _sheets(opened, _table(rows), tmp_path / "people.csv")
        name = opened_sheets._free(sheet.removesuffix(".pdf"), ".pdf", lambda _: True)

    assert name == sheet.replace(".pdf", "-2.pdf")
    assert (out / sheet).read_bytes() == b"mine"


def test_a_forged_line_binds_no_foreign_file_into_the_one_for_the_printer(tmp_path: Path) -> None:
    from simforms.batches.handout import joined  # noqa: PLC0415 - only here

    paths = [tmp_path / name for name in ("A-call-log-en.pdf", "B-call-log-en.pdf")]
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"%PDF-1.7 of somebody")
    paths[0].symlink_to(outside)
    digest = hashlib.sha256(outside.read_bytes()).hexdigest()
    paths[1].write_bytes(b"%PDF-1.7 changed")
    for path in paths:
        with pytest.raises(OSError, match=r"[AB]-call-log"):
            list(joined([(path, digest)], date(2026, 11, 20)))


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"sha256": "x"}', "{" * 9, "null", '"version"'])
def test_a_manifest_of_somebody_else_makes_no_file_ours(tmp_path: Path, content: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    path = out / f"A-{LETTER}.pdf"
    path.write_bytes(b"%PDF-1.7\nmine")
    manifest_path(path).write_text(content)

    assert _failed(_printed(out, [_record(2, "A")])["A"])
    assert path.read_bytes() == b"%PDF-1.7\nmine"
    assert manifest_path(path).read_text() == content


def test_names_of_160_bytes_make_files_that_every_system_takes(tmp_path: Path) -> None:
    """A kanji beyond the first plane takes four bytes; an id and a person's name have forty each."""
    records = [_record(2, "\U00020bb7" * 30, "\U00020bb7" * 60), _record(3, "A", "王" * 60), _record(4, "B", "x" * 300)]
    found = _printed(tmp_path / "out", records, names=True)

    assert not any(map(_failed, found.values()))
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 3
    assert (tmp_path / "out" / f"B-{'x' * 40}-{LETTER}.pdf").exists(), "forty characters are enough to tell people apart"
    assert all(len(os.fsencode(path.name)) <= 255 for path in (tmp_path / "out").iterdir())


def test_what_a_running_command_writes_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, rename = tmp_path / "paper.pdf", Path.replace

    def swept(temporary: Path, target: Path) -> Path:
        remove_partial_files(tmp_path)  # another command begins in the same folder now
        return rename(temporary, target)

    monkeypatch.setattr(Path, "replace", swept)
    write(path, b"whole")

    assert path.read_bytes() == b"whole"


def test_only_leftovers_are_swept(tmp_path: Path) -> None:
    (tmp_path / ".simforms-abcd_123.part").write_bytes(b"%PDF half")
    kept = [".simforms-notes", ".simforms-a.part.bak", "x.simforms-a.part", ".simforms-a b.part"]
    for name in kept:
        (tmp_path / name).write_bytes(b"mine")
    (tmp_path / ".simforms-folder.part").mkdir()
    (tmp_path / ".simforms-link.part").symlink_to(tmp_path / kept[0])
    remove_partial_files(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*kept, ".simforms-folder.part", ".simforms-link.part"])


def test_only_a_table_with_a_column_of_problems_corrects_another() -> None:
    assert corrects(_table([], "#problem: What is wrong"))
    assert not corrects(_table([], "carrier", "problem"))


def test_unknown_names_and_values_do_not_reach_the_journal(tmp_path: Path) -> None:
    out = tmp_path / "out"
    names = ["carrier", "log[3].date", "WANG XIAOMING", "person.4111111111111111", "\ud800", "x" * 5000, "id", "log[1].secret"]

    def wrong(_: Job, record: Record) -> Outcome:
        return Refused(
            tuple(
                Problem(record.case.location, name, say("this field has no value: %(reason)s", reason=name), say("x"))
                for name in names
            )
        )

    out.mkdir()
    with journal(out) as opened:
        list(run(JOB, [_record(2, "A")], opened, _here, work=wrong))
        entry = opened.entries["A"]
    text = (out / NAME).read_text(encoding="utf-8")

    assert {field for _, field in entry.faults} == {"carrier", "log[3].date", "", "id", "person", "log[1]"}
    assert not any(value in text for value in ("WANG", "4111", "secret", "xxxx"))
    assert all(json.loads(line) for line in text.splitlines())


NAMES = ["leavers.csv", "a:b.xlsx", "x\n.csv", "王" * 80 + ".csv", "\udcff.csv", "nul.csv", ".csv", "..csv", "-.csv", " .csv"]


@pytest.mark.parametrize("name", NAMES)
def test_sheets_of_a_table_of_any_name_have_plain_names(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    _printed(out, [_record(2, "A")], name)

    assert all(owners.is_plain(sheet) for sheet in sheet_names(tmp_path / name))
    with journal(out) as opened:
        assert len(opened.tables) == 1


def test_a_record_that_shares_no_name_stays_as_it_is() -> None:
    record = _record(2, "A")
    [same] = owners.one_owner_each([record], lambda one: one.id, JOB.paper_names, {})

    assert same is record


def test_a_folder_of_cases_read_again_takes_no_manifest_for_a_case(tmp_path: Path) -> None:
    for name in ("B.json", "A.yaml", "mine.manifest.json"):
        (tmp_path / name).write_text('{"language": "en"}', encoding="utf-8")
    write(manifest_path(tmp_path / f"A-{LETTER}.pdf"), paper(LETTER, "A").manifest)

    assert [record.id for record in records(content(), tmp_path)] == ["A", "B", "mine.manifest"]


def test_a_sheet_that_a_kill_left_unwritten_or_unnoted_is_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, rows = tmp_path / "out", [_record(2, "A", note="wrong")]
    _printed(out, rows)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for location in ("simforms.batches.journal.append", "simforms.batches.sheets.write", ""):
        with monkeypatch.context() as patch, journal(out) as opened:
            sheets = _sheets(opened, _table(rows), tmp_path / "people.csv")
            if location:
                patch.setattr(location, killed)
                with pytest.raises(KeyboardInterrupt):
                    list(sheets.write_failed(_fail(*rows)))
            else:
                assert [path.name for path in sheets.write_failed(_fail(*rows))] == ["failed.xlsx"]
                assert [path.name for path in sheets.write_failed(_fail(*rows))] == ["failed.xlsx"]


def test_what_a_killed_render_left_is_swept_by_the_next_one(tmp_path: Path) -> None:
    left = tmp_path / ".simforms-abcd1234.part"
    left.write_bytes(b"%PDF half")
    result = CliRunner().invoke(main, ["render", "--blank", "-d", "call-log", "-l", "en", "-o", str(tmp_path)])

    assert result.exit_code == 0, result.output
    assert not left.exists()


def test_ids_that_stand_twice_are_said_before_the_first_paper_is_made(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,person.name\nA,WANG\nB,LI\na,KIM\n.x,TRAN\n", encoding="utf-8")
    happened: list[str] = []

    def work(_: Job, record: Record) -> Outcome:
        happened.append(f"printed {record.id}")
        return _print(_, record)

    with journal(tmp_path) as opened:
        done = run(
            JOB,
            records(content(), path),
            opened,
            _here,
            work=work,
            wrong_id=lambda record: happened.append(f"said {record.number}"),
        )
        assert happened == ["said 4", "said 5"]
        outcomes = [outcome for _, outcome in done]

    assert happened[2:4] == ["printed A", "printed B"]
    assert [bool(outcome and outcome.failed) for outcome in outcomes] == [False, False, True, True]
