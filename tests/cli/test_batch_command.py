"""`simforms batch` as a desk uses it: a table in, papers out, what failed mended and fed back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pexpect
import pypdfium2
import pytest
from conftest import CHECKOUT, TODAY

from simforms.batches.handout import HandoutRow, index
from simforms.cli.progress import progress
from simforms.knowledge.content import content

COMMAND = [sys.executable, "-m", "simforms", "batch"]
HEADINGS = "id,carrier,language,person.name,line.number"
PEOPLE = [
    "A-1,softbank,zh-Hans,WANG XIAOMING,090-1234-5671",
    "A-2,softbank,ko,KIM MINSU,09O-1234",
    "A-3,au,vi,NGUYEN THI,090-1234-5673",
]


def _table(folder: Path, *rows: str) -> Path:
    path = folder / "leavers.csv"
    path.write_text("\n".join([HEADINGS, *(rows or PEOPLE)]) + "\n", encoding="utf-8")
    return path


def _run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments), "-d", "call-log", "--workers", "2"]
    return subprocess.run(
        command,
        cwd=CHECKOUT,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"LC_ALL": "C"} | environment,
    )


def test_one_wrong_row_costs_only_itself_and_is_mended_and_fed_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = _run(_table(tmp_path), "-o", out)

    assert done.returncode == 1
    assert "leavers.csv:3: E: A-2: line.number:" in done.stderr
    assert "2 of 3 rows have been printed, 0 of them in an earlier run" in done.stderr
    assert done.stdout.split() == [str(out / "failed.xlsx"), str(out / "index-leavers.pdf")]
    assert sorted(path.name for path in out.glob("*.pdf")) == [
        "A-1-call-log-zh-Hans.pdf",
        "A-3-call-log-vi.pdf",
        "index-leavers.pdf",
    ]
    book = openpyxl.load_workbook(out / "failed.xlsx")
    sheet = book.worksheets[0]
    [row] = [row for row in sheet.iter_rows(min_row=2) if row[0].value == "A-2"]
    next(cell for cell in row if cell.value == "09O-1234").value = "090-1234-5672"
    book.save(mended := tmp_path / "mended.xlsx")
    again = _run(mended, "-o", out)

    assert again.returncode == 0, again.stderr
    assert (out / "A-2-call-log-ko.pdf").exists()
    assert not (out / "failed.xlsx").exists()


def test_an_id_that_stands_twice_is_said_once_before_anything_is_printed(tmp_path: Path) -> None:
    table = _table(tmp_path, PEOPLE[0], PEOPLE[2].replace("A-3", "a-1"), PEOPLE[1])

    done = _run(table, "-o", tmp_path / "out", "--yes")

    lines = [line.partition("leavers.csv:")[2] for line in done.stderr.splitlines() if "leavers.csv:" in line]
    assert lines[0].startswith("3: A: row-3: id: the ID appears twice, first in row 2")
    assert sum("the ID appears twice" in line for line in lines) == 1
    assert any(line.startswith("4: E: A-2: line.number:") for line in lines)
    assert done.returncode == 1


def test_names_of_files_hold_a_persons_name_only_if_asked(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _run(_table(tmp_path, PEOPLE[0]), "-o", out, "--names", "-q", "--packet")

    assert {path.name for path in out.glob("A-*.pdf")} == {"A-1-WANG_XIAOMING-packet-zh-Hans.pdf"}


def test_the_sheet_for_handing_out_and_the_one_file_hold_everybody_in_the_order_of_the_table(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _run(_table(tmp_path, PEOPLE[2], PEOPLE[0]), "-o", out, "--one-file")
    index, everything = (
        [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out / name)]
        for name in ("index-leavers.pdf", "all-leavers-1.pdf")
    )

    assert index[0].index("NGUYEN THI") < index[0].index("WANG XIAOMING")
    assert ["5673" in everything[0], "5671" in everything[-1]] == [True, True]


def test_the_sheet_for_handing_out_has_a_page_for_each_24_people_and_room_for_a_long_name() -> None:
    people = [
        HandoutRow(f"S-{number}", f"PERSON {number} {'LONG NAME ' * (number == 30) * 9}".strip(), 1) for number in range(60)
    ]
    sheet = pypdfium2.PdfDocument(index(content(), "vi", TODAY, people))
    texts = [page.get_textpage().get_text_range() for page in sheet]

    assert [text.split()[:3] for text in texts] == [["1", "/", "3"], ["2", "/", "3"], ["3", "/", "3"]]
    assert all(f"PERSON {number} " in f"{' '.join(texts[number // 24].split())} " for number in range(60))


def test_a_dry_run_prints_nothing_and_says_what_would_be_made(tmp_path: Path) -> None:
    done = _run(_table(tmp_path), "-o", tmp_path / "out", "--dry-run")

    assert "3 rows, 1 of them with problems" in done.stderr
    assert "1  call-log-vi" in done.stderr
    assert not (tmp_path / "out").exists()


def test_on_a_terminal_it_looks_through_first_and_asks(tmp_path: Path) -> None:
    arguments = [*COMMAND[1:], str(_table(tmp_path)), "-o", str(tmp_path / "out"), "-d", "call-log"]
    child = pexpect.spawn(sys.executable, arguments, cwd=str(CHECKOUT), encoding="utf-8", timeout=60)
    child.expect("Print them now")
    child.sendline("n")
    child.expect(pexpect.EOF)

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "the file is empty"),
        (HEADINGS.encode(), "no row is filled in"),
        (b"id,carier\nA,softbank\n", "carrier"),
        (HEADINGS.encode() + b'\nA-1,softbank,en,"WANG,090-1234-5678\nA-2,x,en,y,z\n', "2"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_and_nothing_is_made(tmp_path: Path, body: bytes, told: str) -> None:
    path = tmp_path / "leavers.csv"
    path.write_bytes(body)
    done = _run(path, "-o", tmp_path / "out")

    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_without_fonts_nothing_is_marked_as_failed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import simforms.pdf.fonts as fonts\nfonts.SIZES = dict.fromkeys(fonts.SIZES, 1)\n", encoding="utf-8"
    )
    done = _run(_table(tmp_path), "-o", out, PYTHONPATH=f"{broken}{os.pathsep}{CHECKOUT}")
    japanese = _run(_table(tmp_path), "-o", out, "--ui", "ja", PYTHONPATH=f"{broken}{os.pathsep}{CHECKOUT}")

    assert done.returncode == 3
    assert "nothing can be printed" in done.stderr
    assert "an error in simforms" not in done.stderr
    assert japanese.stderr.startswith("simforms: 書類を作れません")
    assert not (out / "batch.jsonl").exists()


def test_stopped_by_ctrl_c_it_says_how_to_go_on_and_goes_on(tmp_path: Path) -> None:
    out = tmp_path / "out"
    table = _table(
        tmp_path, *(f"R{number},softbank,en,PERSON {'ABCDEFGHIJ'[number % 10]},090-1234-{6000 + number}" for number in range(150))
    )
    command = [*COMMAND, str(table), "-o", str(out), "-d", "call-log", "-q", "--workers", "2"]
    process = subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    while not list(out.glob("R*.pdf")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)

    assert process.returncode == 130
    assert "run the same command again" in told
    made = len(list(out.glob("R*.pdf")))
    assert 0 < made < 150
    done = _run(table, "-o", out, "-q")
    assert done.returncode == 0
    assert len(list(out.glob("R*.pdf"))) == 150
    before = int(done.stderr.split("rows have been printed,")[1].split()[0])
    assert made - 4 <= before <= made
    lines = [json.loads(line) for line in (out / "batch.jsonl").read_text(encoding="utf-8").splitlines()[1:]]
    lines = [line for line in lines if "id" in line]
    assert len({line["id"] for line in lines}) == len(lines) == 150


def test_piped_progress_is_a_line_from_time_to_time_and_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    now = iter(range(0, 400, 4))
    with progress(6, clock=lambda: next(now)) as tick:
        for _ in range(6):
            tick(failed=False)
    lines = capsys.readouterr().err.splitlines()

    assert lines == ["3 of 6, 0.2 a second, 12 s left, 0 failed", "6 of 6, 0.2 a second, 0 s left, 0 failed"]
    with progress(6, quiet=True) as tick:
        tick(failed=True)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("language", ["zh-Hans", "ja", "vi"])
def test_a_template_is_filled_in_and_printed(tmp_path: Path, language: str) -> None:
    path = tmp_path / "leavers.xlsx"
    made = subprocess.run(
        [*COMMAND, "--template", path, "-d", "call-log", "--ui", language], cwd=CHECKOUT, check=True, capture_output=True
    )
    assert made.stdout.decode().strip() == str(path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    said = dict(zip(HEADINGS.split(","), PEOPLE[0].split(","), strict=True))
    for number, cell in enumerate(sheet[1], 1):
        name = str(cell.value).rpartition("(")[2].rstrip(")") or str(cell.value)
        if name in said:
            sheet.cell(row=3, column=number, value=said[name])
    book.save(path)
    done = _run(path, "-o", tmp_path / "out", "-q")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "A-1-call-log-zh-Hans.pdf").exists()


def test_a_row_costs_only_itself_whatever_it_holds(tmp_path: Path) -> None:
    def row(identity: str, **other: str) -> dict[str, str]:
        given = dict(zip(HEADINGS.split(","), PEOPLE[0].split(","), strict=True))
        return given | {"id": identity, "language": "en"} | {name.replace("__", "."): text for name, text in other.items()}

    rows = [
        row("G-1"),
        *(row(f"Y-{number}", date="9999-12-30") for number in range(6)),
        row("S-1") | {"\ud800": "x"},
        row("S-2", person__name="WANG \ud800"),
        row("L-1", person__name="W" * 160),
        row("K-1") | {f"key{number}": "x" for number in range(20_000)},
        row("G-2"),
    ]
    path, out = tmp_path / "people.jsonl", tmp_path / "out"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in rows), encoding="utf-8")
    done = _run(path, "-o", out, "-q", "--yes", "--names")
    made = {
        json.loads(line)["id"] for line in (out / "batch.jsonl").read_text(encoding="utf-8").splitlines() if '"files": {"' in line
    }

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert {"G-1", "G-2", "L-1"} <= made
    assert not {"S-1", "S-2", "K-1"} & made
    assert "it has more than 702 columns" in done.stderr
    assert openpyxl.load_workbook(out / "failed.xlsx").worksheets[0].max_column <= 710
    assert "key1" not in (out / "batch.jsonl").read_text(encoding="utf-8")
