"""Whatever is typed, whatever the files hold, whatever the environment: a sentence and an exit code, never a traceback."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from conftest import CHECKOUT, ROUNDS, SMALL

from simforms.cli import output
from simforms.cli.commands import case as case_commands
from simforms.cli.main import main
from simforms.errors import SimformsError
from simforms.knowledge.content import content
from simforms.knowledge.vocabulary import vocabulary
from simforms.messages import visible

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What may never reach a screen; a line feed ends a line."""
HOSTILE = [
    *("", " ", "\t", "\n", "\x1b[2J", "\x9b31m", "\u202eabc", "\udcff", "\udc80", "\x7f", "\u2028", "a\nb", "é", "東京", "😀"),
    *("0", "-1", "1e9", "99999999999999999999", "1" * 5000, "null", "~", "[", "]", "{", "}", "a[b]", "..", ".", "/", "%s"),
    *("-", "--", "-x", "--x=y", "=", "a=", "=b", "a=b=c", "*", "nowhere", "/dev/null", "/proc/self/mem", "x" * 300, "{0}"),
    *("\ufeff", "%(name)s"),
]
NAMES = [
    *("a[b].c", "log", "log[1]", "log[0].date", "log[x].what", "log[1][2].what", "log[99999999999].date", "log[].date", "[1]"),
    *("]", "log[1].date.x", "person", "person.", ".name", "person..name", "person.name.x", "person[1].name", "line.number"),
    *("language", "carrier", "date", "reference", "refund.account.number", "refund.account.bank", "cancellation.date"),
    *("person.email", "line.state", "line.card", "line.services", "first_days.reason", "line.billing", "agent.relation"),
]
VALUES = [
    *("au", "softbank", "zh-Hans", "en", "esim", "2099-12-31", "1900-01-01", "090-1234-5678", "みずほ", "counter-card"),
    *("9999-12-31", "9999-01-01", "0001-01-01", "9999-12-31T23:59+00:00", "0001-01-01T00:00+23:59", "令和7981年12月31日"),
]
DAYS = [name.replace("[]", "[1]") for name in vocabulary(content()) if vocabulary(content())[name].type == "day"]
"""Days that are worked out from others, at the ends of the calendar too."""
QUICK = 2_000 * ROUNDS // 60
"""Random commands in a test; more where more rounds are asked for."""


def _files(folder: Path) -> Iterator[Path]:
    """Write files of every kind, right, wrong and strange; yield their paths."""
    deep = "[" * 300
    bodies: dict[str, bytes] = {
        "small.yaml": SMALL.encode(),
        "empty.yaml": b"",
        "latin.yaml": "person: {name: Müller}\nlanguage: ko\n".encode("latin-1"),
        "tab.yaml": b"language: ko\nline:\n\tcard: esim\n",
        "nul.yaml": b"language: ko\n\x00",
        "deep.yaml": deep.encode(),
        "keys.yaml": b"\"\\x1b[2J\": {? [1]: 2}\n\"\\ud800\": 1\n\"a\\nb\": c\nlog: {a: b}\nperson: [1, [2]]\n",
        "log.yaml": b"language: en\ncarrier: au\nlog:\n  - {date: 2099-12-31, what: applied}\n  - x\n  - [y]\n  - {what: [z]}\n",
        "halves.json": b'{"language": "ko", "carrier": "\\ud800", "\\udfff": "x", "person": {"name": "\\u001b[2J\\u202e"}}',
        "list.json": b"[1, 2]",
        "text.json": b'"x"',
        "numbers.json": b'{"carrier": 1e400, "language": true, "line": null, "date": 20261120}',
        "paper.pdf": b"%PDF-1.7 no paper",
        "paper.png": b"\x89PNG",
        "noted.pdf": b"%PDF",
        "noted.pdf.manifest.json": deep.encode(),
        "noted.png": b"x",
        "noted.png.manifest.json": b'{"sha256": [], "facts_until": "9999-99-99"}',
        "noted.txt": b"x",
        "noted.txt.manifest.json": b'\xff\xfe{"sha256": null}',
        "table.csv": b"\xff\xfe\x00",
        "rows.csv": b'id,"person.name\n',
        "table.jsonl": b'{"id": "\\ud800"}\n[]\n{',
        "table.xlsx": b"PK\x03\x04 no workbook",
        "password": b"correct horse",
        "latin": "pässword".encode("latin-1"),
        "empty": b"",
    }  # fmt: skip
    for name, body in bodies.items():
        (folder / name).write_bytes(body)
        yield folder / name
    (folder / "folder.pdf").mkdir()
    (folder / "folder.yaml").mkdir()
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "noted.html").write_bytes(b"x")
    (folder / "noted.html.manifest.json").mkdir()
    yield from (folder / name for name in ("folder.pdf", "folder.yaml", "loop.yaml", "noted.html", "nowhere.yaml", "nowhere.pdf"))
    yield folder / "odd\x1b[2J\udcff\n.yaml"


def _command_line(chance: random.Random, files: list[str]) -> list[str]:
    """Return a command with some of its options, most of them right in form; what they are given is anything."""
    name = chance.choice([one for one in main.commands if one not in {"print", "open", "completion"}])
    command = main.commands[name]
    line: list[str] = [name]
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "slug" and chance.random() < 0.2:  # that one writes into our data
            line.append(chance.choice(option.opts))
            line += [] if option.is_flag else [_value(chance, option, files)]
    for _ in range(chance.choice([0, 1, 1, 1, 2])):
        line.insert(chance.randrange(1, len(line) + 1), chance.choice(files) if chance.random() < 0.8 else chance.choice(HOSTILE))
    if name == "batch":  # a table that can be read starts helper processes: that is tried elsewhere
        line = [one for one in line if not one.endswith((".yaml", "rows.csv", "folder.pdf"))]
    return line


def _value(chance: random.Random, option: click.Option, files: list[str]) -> str:
    if option.name == "overrides" and chance.random() < 0.9:
        return f"{chance.choice([*NAMES, *DAYS, *DAYS])}={chance.choice([*HOSTILE, *VALUES])}"
    if isinstance(option.type, click.Path):
        return chance.choice([*files, *HOSTILE])
    if isinstance(option.type, click.Choice) and chance.random() < 0.8:
        return chance.choice(["html", "text"])
    return chance.choice([*HOSTILE, *VALUES])


ENVIRONMENTS: list[dict[str, str | None]] = [
    {},
    {"SIMFORMS_LANG": "ko"},
    {"SIMFORMS_LANG": "\x1b[2J"},
    {"LC_ALL": "\udcff"},
    {"LANG": "x" * 300},
    {"LC_ALL": "zh_CN.UTF-8", "COLUMNS": "1"},
    {"COLUMNS": "-5", "TERM": "\x1b"},
    {"PATH": "", "HOME": None},
    {"PATH": None, "DISPLAY": ":9"},
]


def _is_clean(result: Result) -> str:
    """Return what is wrong with how a command ended; empty if it ended as it should."""
    if result.exception and not isinstance(result.exception, SystemExit):
        return f"raised {result.exception!r}"
    if result.exit_code not in {0, 1, 2, 3}:
        return f"ended with {result.exit_code}"
    if "Traceback" in result.output or "an error in simforms" in result.output:
        return result.output
    return f"printed {found[0]!r}" if (found := CONTROL.search(result.output)) else ""


def test_no_command_line_ends_in_a_traceback_or_prints_a_control_character(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files, chance, seen = [str(path) for path in _files(tmp_path)], random.Random(20261120), set()  # noqa: S311 - the same each run
    monkeypatch.setattr("simforms.papers.files.planned_papers", lambda *_: [])  # rendering is tried elsewhere, and takes long
    monkeypatch.setattr("simforms.cli.make_papers.planned_papers", lambda *_: [])
    for _ in range(QUICK):
        line, environment = _command_line(chance, files), chance.choice(ENVIRONMENTS)
        result = CliRunner().invoke(main, line, env=environment)
        assert not _is_clean(result), (line, environment, _is_clean(result))
        seen.add((line[0], result.exit_code))

    assert {code for _, code in seen} >= {0, 1, 2}
    assert len({name for name, _ in seen}) >= 12


# The one handler.


def _fail(error: BaseException) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    "error", [KeyError("0123456"), RecursionError(), MemoryError(), AssertionError("WANG"), StopIteration("x")]
)
def test_a_fault_of_ours_is_one_sentence_with_its_kind_and_no_value(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_commands, "planned_lines", _fail(error))

    result = CliRunner().invoke(main, ["check", "x.yaml", "--ui", "en"])

    assert result.exit_code == SimformsError.exit_code
    assert result.stderr.startswith(f"simforms: an error in simforms: {type(error).__name__} (")
    assert result.stderr.count("\n") == 1
    assert "0123456" not in result.output
    assert "WANG" not in result.output


@pytest.mark.parametrize("place", ["simforms.cli.failures.translated", "simforms.cli.command.translated"])
def test_a_fault_while_a_fault_is_told_is_a_sentence_too(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, _fail(KeyError("x")))

    for line in (["check", "nowhere.yaml", "--ui", "ko"], ["--help"], ["rendre"], ["carriers", "nobody"]):
        result = CliRunner().invoke(main, line)
        assert isinstance(result.exception, SystemExit | None), result.exception
        assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["verify", "nowhere.pdf"], 2),
        (["open", "nowhere.pdf"], 2),
        (["check", "nowhere.yaml"], 1),
        (["check", "case.yaml", "--set", "a[b].c=1"], 1),
        (["render", "case.yaml", "--encrypt", "--password-file", "latin"], 2),
    ],
)
def test_a_slip_of_the_person_has_the_code_of_one(
    line: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "latin").write_bytes("pässword".encode("latin-1"))

    result = CliRunner().invoke(main, line)

    assert result.exit_code == code, result.output
    assert "an error in simforms" not in result.stderr


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b'{"sha256": 1}', b"[" * 100_000, None])
def test_a_broken_manifest_is_a_verdict(body: bytes | None, tmp_path: Path) -> None:
    paper, beside = tmp_path / "x.pdf", tmp_path / "x.pdf.manifest.json"
    paper.write_bytes(b"%PDF")
    beside.write_bytes(body) if body is not None else beside.mkdir()

    result = CliRunner().invoke(main, ["verify", str(paper)])

    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == f"{paper}: its manifest cannot be read\n"


@pytest.mark.parametrize("body", [b'{"simforms": 1, "key": 5}\n', b"\xff\n", b'{"id": "x"}\n' * 3])
def test_a_broken_journal_is_a_sentence(body: bytes, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,carrier\na,au\n")
    (tmp_path / "batch.jsonl").write_bytes(body)

    result = CliRunner().invoke(main, ["batch", str(tmp_path / "t.csv"), "-o", str(tmp_path), "--yes", "--workers", "1"])

    assert result.exit_code == SimformsError.exit_code
    assert "batch.jsonl" in result.stderr
    assert "an error in simforms" not in result.stderr


def test_a_clock_before_1980_is_no_reason_to_write_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local = time.localtime
    monkeypatch.setattr(time, "localtime", lambda _=0: local(0))

    result = CliRunner().invoke(main, ["batch", "--template", str(tmp_path / "t.xlsx")])

    assert (result.exit_code, result.stderr) == (0, "")
    assert (tmp_path / "t.xlsx").read_bytes().startswith(b"PK")


# The streams.


def _program(*line: str, shell: str = "", **settings: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHON": sys.executable}
    if shell:
        return subprocess.run(["bash", "-c", shell], capture_output=True, check=False, env=environment, **settings)
    return subprocess.run([sys.executable, "-m", "simforms", *line], check=False, env=environment, **settings)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no bash")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('"$PYTHON" -m simforms man | head -1', 0),
        ('(sleep 1; "$PYTHON" -m simforms man) | true', 0),
        ('(sleep 1; "$PYTHON" -m simforms check nowhere.yaml) 2>&1 | true', 0),
        ('(sleep 1; "$PYTHON" -m simforms --help) 2>&1 | true', 0),
        ('set -o pipefail; (sleep 1; "$PYTHON" -m simforms carriers) | true', output.OutputClosedError.exit_code),
        ('"$PYTHON" -m simforms check nowhere.yaml 2>&-', 1),
        ('"$PYTHON" -m simforms languages >&-', 0),
        ('"$PYTHON" -m simforms languages <&- >&- 2>&-', 0),
        ('"$PYTHON" -m simforms new /nowhere/x.yaml <&- 2>/dev/null', 1),
    ],
)
def test_a_stream_that_is_closed_ends_the_program_quietly(line: str, code: int, tmp_path: Path) -> None:
    done = _program(shell=line, cwd=tmp_path)

    assert done.returncode == code, done
    assert b"Traceback" not in done.stderr
    assert b"Broken" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("line", ["man", "--help", "languages", "check case.yaml --json"])
def test_a_full_disk_behind_the_output_is_told_once(line: str, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(SMALL, encoding="utf-8")

    with Path("/dev/full").open("wb") as full:
        done = _program(*line.split(), stdout=full, stderr=subprocess.PIPE, cwd=tmp_path)

    assert done.returncode == SimformsError.exit_code
    assert done.stderr == b"simforms: No space left on device\n"


@pytest.mark.parametrize("folder", ["/nowhere", "/dev/null", "/proc"])
def test_a_folder_for_temporary_files_that_is_full_or_gone_is_no_traceback(folder: str, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(SMALL, encoding="utf-8")
    shutil.copytree(CHECKOUT / "templates" / "counter-card", tmp_path / "own" / "templates" / "counter-card")
    script = (
        "import tempfile; tempfile._get_default_tempdir = lambda *_: (_ for _ in ()).throw(FileNotFoundError(2, 'gone'));"
        "from simforms.cli.main import main; main()"
    )
    for line in (
        ["doctor"],
        ["check", "case.yaml"],
        ["render", "case.yaml", "--content", "own", "-d", "counter-card", "-o", "out"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", script, *line],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "TMPDIR": folder},
        )
        assert done.returncode in {0, 1, 3}
        assert b"Traceback" not in done.stderr
        assert b"a fault of simforms" not in done.stderr


# The one exit.


def test_no_other_module_of_the_command_line_prints() -> None:
    """The only exit for text is output.py; reading what a person types is no exit."""
    exits = re.compile(r"click\.(echo|secho|style|prompt|confirm|edit)|\bprint\(|sys\.(__)?std(out|err)\b|os\.write|\bConsole\(")
    allowed = {
        "output.py": None,
        "batch_report.py": "def print(self)",
        "progress.py": "stderr=True",
        "sandbox_child.py": "the templates failed",
        "batch_print.py": "problem_report.print()",
    }
    found = []
    for path in sorted((CHECKOUT / "simforms" / "cli").rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if exits.search(line) and path.name in allowed and (allowed[path.name] is None or allowed[path.name] in line):
                continue
            if exits.search(line):
                found.append(f"{path.name}:{number}: {line.strip()}")

    assert not found


@pytest.mark.parametrize("text", [*HOSTILE, "".join(map(chr, range(0x2100))), "\U0010ffff"], ids=range(len(HOSTILE) + 2))
def test_every_control_character_is_shown_by_its_name(text: str) -> None:
    shown = visible(text)

    assert not CONTROL.search(shown)
    assert "\n" not in shown
    assert shown.encode(errors="strict") is not None
    assert shown == text or re.search("U\\+[0-9A-F]{4}", shown)


def test_json_stays_json_whatever_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "\x1b\u202e\udcff.yaml"

    result = CliRunner().invoke(main, ["check", "--json", str(path)])

    assert not CONTROL.search(result.stdout)
    assert '"file": "' in result.stdout
    assert "\\u001b\\u202e\\udcff" in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there is no lp")
def test_an_answer_of_the_printer_is_shown_without_its_control_characters(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "lp").write_text("#!/bin/sh\ncat >/dev/null; printf 'request id is \\033[2Jdesk-1 (1 file)\\n'\n")
    (tmp_path / "lp").chmod(0o700)
    line = ["print", str(tmp_path / "case.yaml"), "-d", "counter-card"]

    result = CliRunner().invoke(main, line, env={"PATH": f"{tmp_path}:{os.environ['PATH']}"})

    assert result.stdout == "U+001B[2Jdesk-1\n"
